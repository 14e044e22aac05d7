import Ground

/// A run over many pictures as one file: what was asked, and of each picture all that came of it.
/// Tables, pages and plots are made from it.
///
/// ```swift
/// let run = try RunFile("birds.run", settings)        // new, or one with the same settings
/// try run.add(record)                                 // kept for good once this returns
/// try run.done().contains(17)                         // need not be looked at again
/// ```
///
/// A picture is written as a whole or not at all, so a run may be stopped at any time in any way, and
/// the same words go on where it was. What it says of itself and of each picture has a digest, so that
/// bytes that change on the disk are never taken for numbers that were measured.
public final class RunFile: Sendable {
  public let path: Path
  public let settings: RunSettings
  /// Whether an older version of Fieldmark wrote it, without digests.
  public let isOld: Bool
  package let tables: Tables
  /// Whether its tables lack the columns of digests.
  let isPlain: Bool
  /// What SQLite finds wrong with the file.
  let complaint: String?

  /// Opens a run to go on with it, or begins one. A run that was begun with other settings is refused,
  /// with those that differ. One without digests gets them.
  public init(_ path: Path, _ settings: RunSettings) throws {
    self.path = path
    self.settings = settings
    let tables = try Tables(path, .write)
    self.tables = tables
    var isOld = false
    try tables.together {
      // What somebody else wrote is left as it is.
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

  /// Opens a run to read it; with `damaged` even where its file is, for what is whole of it.
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

  /// Of a run without digests, what that means.
  public var remark: String? {
    isOld
      ? "\(path): an older version of Fieldmark wrote it, without digests: whether its numbers are as "
        + "they were written cannot be told." : nil
  }
}

extension RunFile {
  /// One thing that it says of itself.
  func about(_ name: String) throws -> String? {
    try RunLayout.about(tables).first { $0.name == name }?.value
  }

  /// Says other things; what is nil goes.
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
