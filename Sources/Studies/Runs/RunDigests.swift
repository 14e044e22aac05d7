import Ground

/// The digests that show whether a run is as it was written. There is one of its information about
/// itself, one of all rows of each picture, and one of all pictures together, so that a missing
/// picture is noticed.
///
/// The last digest is the exclusive or of the pictures' digests. A picture can therefore be added
/// or removed without reading the others, in any order.
enum RunDigests {
  static let layout = """
    CREATE TABLE checks (name TEXT PRIMARY KEY, digest BLOB NOT NULL) WITHOUT ROWID;
    """

  private static let about = "about"
  private static let pictures = "pictures"
  private static let none = [UInt8](repeating: 0, count: 32)

  /// Adds digests of the present content to a run of an older version.
  static func add(to tables: Tables) throws {
    for column in ["file BLOB", "stamp TEXT", "digest BLOB"] {
      try tables.run("ALTER TABLE pictures ADD COLUMN \(column)")
    }
    try tables.run(layout)
    try tables.add(
      "UPDATE about SET value = ? WHERE name = 'format'", [.text(RunLayout.version)])
    for number in try numbers(tables) {
      try keep(digest(of: number, tables).digest, of: number, tables)
    }
    try seal(tables)
    try gather(tables)
  }

  /// Stores the digest of the run's information about itself.
  static func seal(_ tables: Tables) throws { try set(about, digest(ofAbout: tables), tables) }

  static func isSealed(_ tables: Tables) throws -> Bool {
    try kept(about, tables) == digest(ofAbout: tables)
  }

  /// Stores the digest of a picture whose rows are complete.
  static func seal(picture number: Int, replacing former: [UInt8]?, _ tables: Tables) throws {
    let digest = try digest(of: number, tables).digest
    try keep(digest, of: number, tables)
    var all = try kept(pictures, tables) ?? none
    for place in all.indices { all[place] ^= digest[place] ^ (former.map { $0[place] } ?? 0) }
    try set(pictures, all, tables)
  }

  /// Stores the combined digest of all pictures that are there.
  static func gather(_ tables: Tables) throws { try set(pictures, together(tables), tables) }

  static func isGathered(_ tables: Tables) throws -> Bool {
    try kept(pictures, tables) ?? none == together(tables)
  }

  private static func together(_ tables: Tables) throws -> [UInt8] {
    var all = none
    for number in try numbers(tables) {
      guard let digest = try kept(of: number, tables) else { continue }
      for place in all.indices { all[place] ^= digest[place] }
    }
    return all
  }

  /// The digest that is stored with a picture; nil if there is none.
  static func kept(of number: Int, _ tables: Tables) throws -> [UInt8]? {
    let rows = try tables.rows(
      "SELECT digest FROM pictures WHERE number = ?", [.integer(number)])
    return rows.first?[0].bytes.flatMap { $0.count == none.count ? $0 : nil }
  }

  /// The digest of a picture's rows in all tables, and the number of these rows.
  static func digest(
    of number: Int, _ tables: Tables
  ) throws -> (digest: [UInt8], rows: Int) {
    var (content, rows) = ([UInt8](), 0)
    for statement in statements {
      try tables.each(statement, [.integer(number)]) { row in
        for value in row { write(value, to: &content) }
        content.append(UInt8(ascii: "\n"))
        rows += 1
      }
      content.append(UInt8(ascii: ";"))
    }
    var digest = Digest.sha256
    digest.add(content)
    return (digest.bytes, rows)
  }

  /// These statements read the same columns in the same way as those from which tables and pages
  /// are made.
  private static let statements = [
    "SELECT \(RunLayout.pictureColumns) FROM pictures WHERE number = ?",
    "SELECT name, rows, columns, largest, grid FROM maps WHERE picture = ? ORDER BY rowid",
    "SELECT map, measure, value, reason, counts FROM numbers WHERE picture = ?",
    "SELECT map, measure, shares, target, rival FROM curves WHERE picture = ? ORDER BY rowid",
  ]

  private static func numbers(_ tables: Tables) throws -> [Int] {
    try tables.rows("SELECT number FROM pictures").compactMap { $0[0].integer }
  }

  private static func digest(ofAbout tables: Tables) throws -> [UInt8] {
    Digest.sha256(of: try RunLayout.about(tables).flatMap { [$0.name, $0.value] }).bytes
  }

  private static func keep(_ digest: [UInt8], of number: Int, _ tables: Tables) throws {
    try tables.add(
      "UPDATE pictures SET digest = ? WHERE number = ?", [.bytes(digest), .integer(number)])
  }

  private static func set(_ name: String, _ digest: [UInt8], _ tables: Tables) throws {
    try tables.add(
      "INSERT OR REPLACE INTO checks VALUES (?, ?)", [.text(name), .bytes(digest)])
  }

  private static func kept(_ name: String, _ tables: Tables) throws -> [UInt8]? {
    let digest = try tables.rows("SELECT digest FROM checks WHERE name = ?", [.text(name)])
      .first?[0].bytes
    return digest.flatMap { $0.count == none.count ? $0 : nil }
  }

  /// Writes a value with its type and length, so that different rows never give the same bytes.
  private static func write(_ value: Tables.Value, to content: inout [UInt8]) {
    func append(_ kind: UInt8, _ number: UInt64) {
      content.append(kind)
      withUnsafeBytes(of: number.littleEndian) { content.append(contentsOf: $0) }
    }
    switch value {
    case .nothing: content.append(0)
    case .integer(let number): append(1, UInt64(bitPattern: Int64(number)))
    case .number(let number): append(2, number.bitPattern)
    case .text(let text):
      append(3, UInt64(text.utf8.count))
      content.append(contentsOf: text.utf8)
    case .bytes(let bytes):
      append(4, UInt64(bytes.count))
      content.append(contentsOf: bytes)
    }
  }
}
