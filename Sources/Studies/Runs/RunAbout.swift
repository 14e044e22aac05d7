import Ground

/// A run's information about itself, in a version that can be read, and whether its file is intact.
///
///     let about = try RunAbout(tables, "birds.run")
///     try about.needSound()
///     try about.settings()
///
/// All rows are read in order instead of being looked up by name, because an index may be damaged
/// too.
struct RunAbout {
  /// Whether the run was written without digests.
  let isOld: Bool
  /// The first problem that SQLite finds in the file. SQLite cannot notice wrong numbers.
  let complaint: String?
  /// Whether this information is as it was written, as far as can be known.
  let isSealed: Bool
  private let path: Path
  private let rows: [(name: String, value: String)]

  init(_ tables: Tables, _ path: Path) throws {
    self.path = path
    try RunAbout.check(["about"], tables, path)
    rows = try RunLayout.about(tables)
    let found = rows.first { $0.name == "format" }?.value ?? "none"
    guard [RunLayout.version, RunLayout.oldVersion].contains(found) else {
      throw InputError(
        "\(path), its format", expected: RunLayout.version,
        found: printable(found.utf8.prefix(100)), hint: "another version of Fieldmark wrote it")
    }
    try RunAbout.check(["pictures"] + RunLayout.parts, tables, path)
    // A single flipped bit turns version 3 into 2, so the table of digests must be missing too.
    isOld = try found == RunLayout.oldVersion && !RunAbout.has("checks", tables)
    if !isOld { try RunAbout.check(["checks"], tables, path) }
    complaint = try RunAbout.complaint(tables)
    isSealed = try isOld || RunDigests.isSealed(tables)
  }

  /// Throws if the file is damaged. If its settings are intact, the hint says how to save the
  /// pictures that are whole.
  func needSound() throws {
    if let complaint {
      throw InputError(
        path.description, expected: "a whole run", found: "a damaged file (\(complaint))",
        hint:
          "'fieldmark check' tells which pictures are whole, and 'fieldmark merge' can save them"
      )
    }
    try needSealed()
  }

  func needSealed() throws {
    guard !isSealed else { return }
    throw InputError(
      path.description, expected: "the settings that the run was written with",
      found: "damaged ones",
      hint: "its numbers cannot be relied on; start a new run in another file")
  }

  func settings() throws -> RunSettings {
    RunSettings(
      try rows.compactMap { name, value in
        guard name.hasPrefix("setting ") else { return nil }
        return JSON.Member(
          String(name.dropFirst("setting ".count)),
          try JSON(parsing: Array(value.utf8), place: "\(path), its \(name)"))
      })
  }

  private static func complaint(_ tables: Tables) throws -> String? {
    for question in ["PRAGMA quick_check(1)", "PRAGMA integrity_check(about)"] {
      let answer = try tables.rows(question).first?.first?.text ?? "no answer"
      if answer != "ok" { return printable(answer.replacing("\n", with: " ").utf8.prefix(200)) }
    }
    return nil
  }

  private static func has(_ name: String, _ tables: Tables) throws -> Bool {
    try !tables.rows("SELECT name FROM sqlite_master WHERE name = ?", [.text(name)]).isEmpty
  }

  /// Throws if some of these tables are missing.
  private static func check(_ names: [String], _ tables: Tables, _ path: Path) throws {
    // Views and virtual tables do not count: reading them may never end, and a run has none.
    let list = names.map { "'\($0)'" }.joined(separator: ", ")
    let found = try tables.rows(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND "
        + "name IN (\(list))")
    guard found.count == names.count else {
      throw InputError(path.description, expected: "the tables of a run", found: "others")
    }
  }
}
