import Ground

/// `aviary.json`, which says how many pictures were asked for (`count`) and how many the tables list
/// (`written`, 0 while any of them is being written).
enum AviarySettings {
  static let name: Path = "aviary.json"

  /// Refuses an aviary whose writing was killed. Its tables are missing, or are those of fewer pictures,
  /// or some are older than others. Worlds of Fieldmark 0.1 do not say how far they got: their tables
  /// must be there and list as many pictures as were asked for.
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

  /// How many pictures the tables list, where the last of them agrees with the first.
  private static func listed(_ folder: Path) throws -> Int? {
    var (images, labels) = (0, 0)
    try TextRows(folder, "images.txt").eachRow { _ in images += 1 }
    try TextRows(folder, "image_class_labels.txt").eachRow { _ in labels += 1 }
    return images == labels ? images : nil
  }
}
