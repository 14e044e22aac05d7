/// The columns of a table of pictures, recognized by the names that people commonly give them.
package struct ManifestColumns {
  let path: Int
  let label: Int?
  let split: Int?
  let box: [Int]?
  let mask: Int?
  /// Says which column was used where several were possible.
  private(set) var notes: [String] = []

  static let pathNames = [
    "path", "file_path", "filepath", "image_path", "img_path", "filename", "file_name", "file",
    "image", "picture", "img", "image_name", "filepaths",
  ]
  package static let classNames = [
    "class", "label", "species", "class_name", "category", "target", "labels",
  ]
  static let splitNames = ["split", "subset", "partition", "data_set"]
  static let boxNames = ["x", "y", "width", "height"]

  init(_ table: CSVRows) throws {
    path = try table.column(anyOf: ManifestColumns.pathNames)
    let labels = table.find(anyOf: ManifestColumns.classNames)
    label = labels.first
    split = table.find(anyOf: ManifestColumns.splitNames).first
    mask = table.find(anyOf: ["mask", "mask_path"]).first
    let found = ManifestColumns.boxNames.compactMap(table.find)
    // An incomplete box is refused, since it would otherwise be ignored silently. Width and height
    // without x and y are allowed: they may be the picture's size.
    box =
      try Set(found).isSubset(of: Set(["width", "height"].compactMap(table.find)))
      ? nil : ManifestColumns.boxNames.map(table.column)
    for (columns, what) in [
      (table.find(anyOf: ManifestColumns.pathNames), "pictures"), (labels, "classes"),
    ] where columns.count > 1 {
      let others = columns.dropFirst().map { "'\(table.columns[$0])'" }.joined(separator: ", ")
      notes.append(
        "\(what) are those of column '\(table.columns[columns[0]])' of \(table.name), not of \(others)"
      )
    }
  }
}
