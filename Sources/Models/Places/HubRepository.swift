import Ground

/// A model's repository, as huggingface_hub stores it on disk:
///
///     models--org--name/
///       refs/main                    the commit that `main` stands for, 40 hexadecimal digits
///       snapshots/<commit>/<file>    a link to ../../blobs/<etag>
///       blobs/<etag>                 the bytes
///
/// ```swift
/// HubRepository("openai/clip-vit-base-patch16", in: hub)?.snapshot("main")
/// ```
public struct HubRepository: Equatable, Sendable {
  /// `org/name`; old repositories have no `org`.
  public let name: String
  /// huggingface_hub's cache, in which the repository lies.
  public let root: Path

  /// Creates the repository of a name; nil if the hub allows no such name (huggingface_hub 2.4,
  /// `validate_repo_id`).
  public init?(_ name: String, in root: Path) {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let isAllowed = parts.allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy(Self.isLetter)
        && !"-.".contains(part.first ?? "-") && !"-.".contains(part.last ?? "-")
    }
    guard isAllowed, parts.count <= 2, name.utf8.count <= 96, !name.contains("--"),
      !name.contains("..")
    else { return nil }
    self.name = name
    self.root = root
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// Every repository of models in a cache.
  public static func all(in root: Path) -> [HubRepository] {
    root.namesIfAny.compactMap { entry in
      let parts = entry.description.split(separator: "--", omittingEmptySubsequences: false)
      guard parts.first == "models", parts.count == 2 || parts.count == 3 else { return nil }
      return HubRepository(parts.dropFirst().joined(separator: "/"), in: root)
    }
  }

  public var folder: Path {
    root / Path("models--" + name.split(separator: "/").joined(separator: "--"))
  }

  /// Returns the commit that a branch, a tag or a commit stands for in this cache.
  public func commit(_ revision: String) -> String? {
    if Self.isCommit(revision) { return revision }
    guard Self.isPlainName(revision) else { return nil }
    let text = (try? (folder / "refs" / Path(revision)).read(limit: 100)) ?? []
    let commit = String(decoding: text.prefix(40), as: UTF8.self)
    return Self.isCommit(commit) ? commit : nil
  }

  /// Returns the folder with the files of a revision.
  public func snapshot(_ revision: String) -> Path? {
    guard let commit = commit(revision) else { return nil }
    let snapshot = folder / "snapshots" / Path(commit)
    return snapshot.isFolder ? snapshot : nil
  }

  /// Returns a file of a snapshot; nil if it is absent. Throws if its link leads anywhere but to
  /// the blobs of this repository, to the blobs that the cache shares among repositories, or into
  /// the snapshot.
  public func file(_ name: Path, in snapshot: Path) throws -> Path? {
    let link = snapshot / name
    guard let target = link.resolved else { return nil }
    let places = [folder / "blobs", root / "blobs", snapshot]
    guard places.contains(where: { target.lies(below: $0) }) else {
      throw InputError(
        "file '\(link)'", expected: "a link into the blobs of '\(self.name)'",
        found: "one to '\(target)'")
    }
    return link.isFile ? link : nil
  }

  static func isCommit(_ text: String) -> Bool {
    text.utf8.count == 40 && text.utf8.allSatisfy(isHexadecimal)
  }

  /// Whether a byte is a hexadecimal digit in lower case, as digests are written.
  static func isHexadecimal(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }

  /// Whether a name of a file or a revision stays below the folder that it is put into.
  static func isPlainName(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return name.utf8.count <= 255 && !name.utf8.contains(0) && !name.utf8.contains(0x5c)
      && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
  }
}
