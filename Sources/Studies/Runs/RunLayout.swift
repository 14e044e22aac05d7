import Ground

/// The tables of a run's file, and their versions.
enum RunLayout {
  static let version = "3"
  /// The version without digests.
  static let oldVersion = "2"

  /// Floats in blobs are little-endian. Those of a grid are 16-bit shares of its largest magnitude,
  /// row by row; others have 32 bits. `file` and `stamp` identify the bytes that a picture had, and
  /// `digest` is that of the picture's rows.
  static let tables = """
    CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    CREATE TABLE pictures (
      number INTEGER PRIMARY KEY, path TEXT NOT NULL, class INTEGER, predicted INTEGER,
      failure TEXT, width INTEGER, height INTEGER, region_x REAL, region_y REAL,
      region_width REAL, region_height REAL, file BLOB, stamp TEXT, digest BLOB);
    CREATE TABLE maps (
      picture INTEGER NOT NULL, name TEXT NOT NULL, rows INTEGER NOT NULL, columns INTEGER NOT NULL,
      largest REAL NOT NULL, grid BLOB NOT NULL, PRIMARY KEY (picture, name));
    CREATE TABLE numbers (
      picture INTEGER NOT NULL, map TEXT NOT NULL, measure TEXT NOT NULL, value REAL, reason TEXT,
      counts BLOB, PRIMARY KEY (picture, map, measure)) WITHOUT ROWID;
    CREATE TABLE curves (
      picture INTEGER NOT NULL, map TEXT NOT NULL, measure TEXT NOT NULL, shares BLOB NOT NULL,
      target BLOB NOT NULL, rival BLOB NOT NULL, PRIMARY KEY (picture, map, measure));
    """

  /// The tables that have rows about pictures.
  static let parts = ["maps", "numbers", "curves"]

  /// All columns except the digest of the picture's rows.
  static let pictureColumns = oldPictureColumns + ", file, stamp"

  static let oldPictureColumns =
    "number, path, class, predicted, failure, width, height, region_x, region_y, region_width, "
    + "region_height"

  /// The run's information about itself, in order.
  static func about(_ tables: Tables) throws -> [(name: String, value: String)] {
    try tables.rows("SELECT name, value FROM about NOT INDEXED ORDER BY rowid").compactMap { row in
      if case (.text(let name), .text(let value)) = (row[0], row[1]) { (name, value) } else { nil }
    }
  }
}
