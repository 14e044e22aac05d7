import Ground

/// What a run says of itself, of a version that is read, and whether its file is sound.
///
///     let about = try RunAbout(tables, "birds.run")
///     try about.needSound()
///     try about.settings()
///
/// All rows are read in their order, never one by its name: an index may be damaged too.
struct RunAbout {
  /// Whether it was written without digests.
  let isOld: Bool
  /// The first thing that SQLite finds wrong with the file. What the numbers are it does not know.
  let complaint: String?
  /// Whether what it says of itself is as it was written, as far as can be known.
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
    // One flipped bit makes a 2 of a 3.
    isOld = try found == RunLayout.oldVersion && !RunAbout.has("checks", tables)
    if !isOld { try RunAbout.check(["checks"], tables, path) }
    complaint = try RunAbout.complaint(tables)
    isSealed = try isOld || RunDigests.isSealed(tables)
  }

  /// Throws where the file is damaged. A run whose settings are whole may have whole pictures still.
  func needSound() throws {
    if let complaint {
      throw InputError(
        path.description, expected: "a whole run", found: "a damaged file (\(complaint))",
        hint:
          "'fieldmark check' tells what of it is whole, and 'fieldmark merge' can save that"
      )
    }
    try needSealed()
  }

  func needSealed() throws {
    guard !isSealed else { return }
    throw InputError(
      path.description, expected: "the settings that the run was written with",
      found: "damaged ones",
      hint: "its numbers cannot be relied on; another file takes a new run")
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
}
