import Ground

/// Which parts of a run are intact.
///
/// ```swift
/// let check = try RunFile(reading: "birds.run").check()
/// check.isWhole
/// check.text      // birds.run: all 40 pictures are as they were written, and so are its settings.
/// ```
public struct RunCheck: Sendable {
  public struct Damaged: Equatable, Sendable {
    public let number: Int
    /// The path that the run has for the picture, which may be damaged itself.
    public let path: String
  }

  public let path: Path
  /// The problem that SQLite finds in the file; nil if there is none.
  public let complaint: String?
  /// The number of pictures, including damaged ones.
  public let pictures: Int
  public let damaged: [Damaged]
  /// Whether a picture that was written is missing.
  public let lacksPictures: Bool
  /// The number of rows that belong to no picture.
  public let strays: Int
  /// Whether the run has digests to compare its rows with.
  public let hasDigests: Bool

  public var isWhole: Bool { complaint == nil && damaged.isEmpty && !lacksPictures && strays == 0 }

  /// A description of the damage; nil if the run is whole.
  public var damage: String? {
    guard !isWhole else { return nil }
    var all = complaint.map { ["the file is damaged (\($0))"] } ?? []
    if !damaged.isEmpty {
      let names = damaged.prefix(3).map {
        "\($0.number) ('\(printable($0.path.utf8.prefix(200)))')"
      }
      let more = damaged.count > 3 ? " and \(damaged.count - 3) more" : ""
      all.append(
        "\(damaged.count) of \(counted(pictures, "picture")) damaged: "
          + names.joined(separator: ", ") + more)
    }
    if lacksPictures { all.append("pictures that it had are missing") }
    if strays > 0 {
      all.append(counted(strays, "row that belongs", "rows that belong") + " to no picture")
    }
    return all.joined(separator: "; ")
  }

  public var text: String {
    if let damage { return "\(path): its settings are whole; \(damage)." }
    return hasDigests
      ? "\(path): "
        + (pictures == 1
          ? "its picture is as it was written, and so are its settings."
          : "all \(pictures) pictures are as they were written, and so are its settings.")
      : "\(path): its tables are sound; whether the numbers of its \(counted(pictures, "picture")) "
        + "are as they were written cannot be told, since an older version of Fieldmark wrote it "
        + "without digests."
  }

  public var json: JSON {
    [
      "run": .string(path.description), "whole": .bool(isWhole),
      "problem": complaint.map { .string($0) } ?? .null, "digests": .bool(hasDigests),
      "pictures": .integer(pictures),
      "damaged": .array(
        damaged.map { ["number": .integer($0.number), "picture": .string($0.path)] }),
      "missing": .bool(lacksPictures), "strays": .integer(strays),
    ]
  }
}

extension RunFile {
  /// Reads the whole run and compares it with its digests.
  public func check() throws -> RunCheck {
    let numbers = try done().sorted()
    var (damaged, rows) = ([RunCheck.Damaged](), 0)
    for number in numbers where !isPlain {
      do {
        let (digest, count) = try RunDigests.digest(of: number, tables)
        // One of the rows is the picture's own row.
        rows += count - 1
        if try RunDigests.kept(of: number, tables) == digest { continue }
      } catch  where complaint != nil {
        // A damaged part may not even be readable.
      }
      damaged.append(.init(number: number, path: (try? picture(number))??.path ?? "?"))
    }
    if let complaint {
      return RunCheck(
        path: path, complaint: complaint, pictures: numbers.count, damaged: damaged,
        lacksPictures: (try? RunDigests.isGathered(tables)) == false, strays: 0,
        hasDigests: !isPlain)
    }
    // The rows are counted in the tables themselves, not in their indexes.
    let all = try RunLayout.parts.reduce(0) {
      try $0 + (tables.rows("SELECT COUNT(*) FROM \($1) NOT INDEXED").first?[0].integer ?? 0)
    }
    return RunCheck(
      path: path, complaint: nil, pictures: numbers.count, damaged: damaged,
      lacksPictures: try !isPlain && !RunDigests.isGathered(tables),
      strays: isPlain ? 0 : all - rows, hasDigests: !isPlain)
  }

  /// Throws if the run is not as it was written, since damaged numbers must not be used.
  package func needWhole() throws {
    guard let damage = try check().damage else { return }
    throw InputError(
      path.description, expected: "a run that is as it was written", found: damage,
      hint: "the command that made the run measures these pictures again")
  }

  /// Deletes what is damaged, so that it is measured again.
  public func drop(_ check: RunCheck) throws {
    guard !check.isWhole else { return }
    try tables.together {
      for picture in check.damaged { try remove(picture.number) }
      for table in RunLayout.parts {
        try tables.run("DELETE FROM \(table) WHERE picture NOT IN (SELECT number FROM pictures)")
      }
      try RunDigests.gather(tables)
    }
  }
}
