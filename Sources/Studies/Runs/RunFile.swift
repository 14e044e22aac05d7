import Ground

/// A run over many pictures in one file: the settings, and all results of each picture. Tables,
/// pages and plots are made from it.
///
/// ```swift
/// let run = try RunFile("birds.run", settings)        // new, or one with the same settings
/// try run.add(record)                                 // kept for good once this returns
/// try run.done().contains(17)                         // need not be looked at again
/// ```
///
/// A picture is written completely or not at all, so a run may be stopped at any time in any way,
/// and the same command continues it. The settings and each picture have digests, so that bytes
/// that change on the disk are never taken for measured numbers.
public final class RunFile: Sendable {
  public let path: Path
  public let settings: RunSettings
  /// Whether an older version of Fieldmark wrote the run, without digests.
  public let isOld: Bool
  package let tables: Tables
  /// Whether the tables lack the columns for digests.
  let isPlain: Bool
  /// The problem that SQLite finds in the file.
  let complaint: String?

  /// Opens a run to continue it, or begins a new one. If the run was begun with other settings, an
  /// error names those that differ. A run without digests gets them.
  public init(_ path: Path, _ settings: RunSettings) throws {
    self.path = path
    self.settings = settings
    let tables = try Tables(path, .write)
    self.tables = tables
    var isOld = false
    try tables.together {
      // A database that is not empty and is no run of these settings is left unchanged.
      guard try tables.rows("SELECT name FROM sqlite_master").isEmpty else {
        let about = try RunAbout(tables, path)
        try about.needSound()
        try settings.check(same: try about.settings(), as: path)
        isOld = about.isOld
        if isOld { try RunDigests.add(to: tables) }
        return
      }
      try tables.run(RunLayout.tables + RunDigests.layout)
      let about = [("format", RunLayout.version), ("fieldmark", fieldmarkVersion)]
      for (name, value) in about
        + settings.members.map({ ("setting \($0.key)", $0.value.written()) })
      {
        try tables.add("INSERT INTO about VALUES (?, ?)", [.text(name), .text(value)])
      }
      try RunDigests.seal(tables)
    }
    self.isOld = isOld
    isPlain = false
    complaint = nil
  }

  /// Opens a run for reading. With `damaged`, a damaged file is opened too, so that its intact
  /// pictures can be read.
  public init(reading path: Path, damaged: Bool = false) throws {
    self.path = path
    tables = try Tables(path, .read)
    let about = try RunAbout(tables, path)
    try damaged ? about.needSealed() : about.needSound()
    complaint = about.complaint
    settings = try about.settings()
    isOld = about.isOld
    isPlain = isOld
  }

  /// A note on runs without digests; nil for others.
  public var remark: String? {
    isOld
      ? "\(path): an older version of Fieldmark wrote it without digests, so whether its numbers are as "
        + "they were written cannot be told." : nil
  }
}

extension RunFile {
  /// An entry of the run's information about itself.
  func about(_ name: String) throws -> String? {
    try RunLayout.about(tables).first { $0.name == name }?.value
  }

  /// Changes entries of the run's information about itself; nil deletes an entry.
  func say(_ changes: [(name: String, value: String?)]) throws {
    let known = try RunLayout.about(tables)
    let new = changes.filter { change in
      known.first { $0.name == change.name }?.value != change.value
    }
    guard !new.isEmpty else { return }
    try tables.together {
      for (name, value) in new {
        if let value {
          try tables.add("INSERT OR REPLACE INTO about VALUES (?, ?)", [.text(name), .text(value)])
        } else {
          try tables.add("DELETE FROM about WHERE name = ?", [.text(name)])
        }
      }
      try RunDigests.seal(tables)
    }
  }
}
