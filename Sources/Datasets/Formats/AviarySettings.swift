import Ground

/// `aviary.json`, which holds the number of pictures that were asked for (`count`) and the number
/// that the tables list (`written`, which is 0 while any table is being written).
enum AviarySettings {
  static let name: Path = "aviary.json"

  /// Throws if writing the aviary was interrupted. In that case its tables are missing, list fewer
  /// pictures, or were not all written at the same time. Fieldmark 0.1 did not write `written`: the
  /// tables of its aviaries must exist and list as many pictures as were asked for.
  static func check(_ folder: Path, hasTables: Bool) throws {
    let file = folder / name
    guard file.isFile else { return }
    let settings = try JSON(parsing: file.read(limit: 1 << 24), place: file.description)
    let (count, written) = (settings["count"]?.integer, settings["written"]?.integer)
    let isWhole =
      if let written { written > 0 && hasTables } else {
        try hasTables && count.map { try listed(folder) == $0 } ?? true
      }
    guard isWhole else {
      throw InputError(
        folder.description, expected: "an aviary that was written to its end",
        found: "one whose writing was stopped before its tables were whole",
        hint: "the same 'fieldmark aviary' command again goes on from there")
    }
  }

  /// The number of pictures that the tables list; nil if the last table written disagrees with the
  /// first.
  private static func listed(_ folder: Path) throws -> Int? {
    var (images, labels) = (0, 0)
    try TextRows(folder, "images.txt").eachRow { _ in images += 1 }
    try TextRows(folder, "image_class_labels.txt").eachRow { _ in labels += 1 }
    return images == labels ? images : nil
  }
}
