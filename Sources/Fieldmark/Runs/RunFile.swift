import Encoders

/// A run over many pictures as one file: what was asked, and of each picture all that came of it.
/// Tables, pages and plots are made from it.
///
///     let run = try RunFile("birds.run", settings)        // new, or one with the same settings
///     try run.add(record)                                 // kept for good once this returns
///     run.done.contains(17)                               // need not be looked at again
///
/// A picture is written as a whole or not at all, so a run may be stopped at any time in any way, and
/// the same words go on where it was.
public final class RunFile: Sendable {
  public let path: Path
  public let settings: RunSettings
  let tables: Tables

  static let version = "2"

  /// Opens a run to go on with it, or begins one. A run that was begun with other settings is refused,
  /// with those that differ.
  public init(_ path: Path, _ settings: RunSettings) throws {
    self.path = path
    self.settings = settings
    tables = try Tables(path, .write)
    try tables.together {
      // What somebody else wrote is left as it is.
      guard try tables.rows("SELECT name FROM sqlite_master").isEmpty else {
        return try settings.check(
          same: RunFile.settings(RunFile.about(tables, path), path), as: path)
      }
      try tables.run(RunFile.layout)
      let about = [("format", RunFile.version), ("fieldmark", fieldmarkVersion)]
      for (name, value) in about
        + settings.members.map({ ("setting \($0.key)", $0.value.written()) })
      {
        try tables.add("INSERT INTO about VALUES (?, ?)", [.text(name), .text(value)])
      }
    }
  }

  /// Opens a run to read it.
  public init(reading path: Path) throws {
    self.path = path
    tables = try Tables(path, .read)
    settings = try RunFile.settings(RunFile.about(tables, path), path)
  }

  /// Floats in blobs are little-endian: those of a grid are 16-bit shares of its largest number, row by
  /// row, others 32-bit.
  private static let layout = """
    CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    CREATE TABLE pictures (
      number INTEGER PRIMARY KEY, path TEXT NOT NULL, class INTEGER, predicted INTEGER,
      failure TEXT, width INTEGER, height INTEGER, region_x REAL, region_y REAL,
      region_width REAL, region_height REAL);
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

  /// Throws where these are not all there.
  private static func check(_ names: [String], _ tables: Tables, _ path: Path) throws {
    // Views of other tables may never end, and a run has none.
    let list = names.map { "'\($0)'" }.joined(separator: ", ")
    let found = try tables.rows(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND "
        + "name IN (\(list))")
    guard found.count == names.count else {
      throw InputError(path.description, expected: "a run", found: "other tables")
    }
  }

  /// What it says of itself, once it is known to be a run of this version.
  private static func about(_ tables: Tables, _ path: Path) throws -> [(String, String)] {
    try check(["about"], tables, path)
    let known = try tables.rows("SELECT name, value FROM about ORDER BY rowid").compactMap { row in
      if case (.text(let name), .text(let value)) = (row[0], row[1]) { (name, value) } else { nil }
    }
    let found = known.first { $0.0 == "format" }?.1 ?? "none"
    guard found == version else {
      throw InputError(
        "\(path), its format", expected: version, found: printable(found.utf8.prefix(100)),
        hint: "another version of Fieldmark wrote it")
    }
    try check(["pictures", "maps", "numbers", "curves"], tables, path)
    return known
  }

  private static func settings(_ known: [(String, String)], _ path: Path) throws -> RunSettings {
    RunSettings(
      try known.compactMap { name, value in
        guard name.hasPrefix("setting ") else { return nil }
        return JSON.Member(
          String(name.dropFirst("setting ".count)),
          try JSON(parsing: Array(value.utf8), place: "\(path), its \(name)"))
      })
  }
}
