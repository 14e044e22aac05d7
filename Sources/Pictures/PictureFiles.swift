import Ground

/// The pictures that a command line names: files, and folders with everything below them.
///
/// ```swift
/// try PictureFiles(["photos", "bird.jpg"]).paths      // photos/a.jpg, photos/more/b.png, ...
/// ```
///
/// A file that is named is taken whatever it is called. Of the files in a folder, those with a
/// picture's ending are taken. They may include maps that Fieldmark drew in an earlier run, which
/// are left out. Birds that it drew are pictures like any others.
public struct PictureFiles: Sendable {
  public private(set) var paths: [Path] = []
  /// The number of files in folders that are not pictures and were left out.
  public private(set) var others = 0
  /// The number of maps in folders, which were left out.
  public private(set) var maps = 0
  /// The number of folders of results, which were left out.
  public private(set) var folders = 0
  /// The number of links to folders that had been entered already, which were left out.
  public private(set) var links = 0

  public static let endings = [".jpg", ".jpeg", ".png", ".webp"]

  public init(_ named: [Path]) throws {
    for path in named {
      guard path.kind == .folder else {
        paths.append(path)
        continue
      }
      let before = paths.count
      var entered = EnteredFolders()
      _ = entered.enter(path)
      try add(below: path, depth: 0, &entered)
      if paths.count == before {
        throw InputError(
          path.description, expected: "a folder with pictures",
          found: maps + folders > 0
            ? "one with Fieldmark's own maps only"
            : others == 0 ? "an empty one" : "one with other files only",
          hint: "pictures end in \(PictureFiles.endings.joined(separator: ", "))")
      }
    }
  }

  /// A sentence about what was left out, for anyone who relies on the number of results.
  public var note: String? {
    var parts: [String] = []
    if others > 0 {
      parts.append(
        counted(
          others, "file whose name is not that of a picture",
          "files whose names are not those of pictures"
        ))
    }
    if maps > 0 {
      parts.append(counted(maps, "map that Fieldmark drew", "maps that Fieldmark drew"))
    }
    if folders > 0 {
      parts.append(
        counted(folders, "folder named \(OwnFile.folder)", "folders named \(OwnFile.folder)"))
    }
    if links > 0 {
      parts.append(
        counted(
          links, "link to a folder that is looked at already",
          "links to folders that are looked at already"))
    }
    guard let last = parts.popLast() else { return nil }
    let all = parts.isEmpty ? last : parts.joined(separator: ", ") + " and " + last
    return all + (others + maps + folders + links == 1 ? " is left out." : " are left out.")
  }

  private mutating func add(
    below folder: Path, depth: Int, _ entered: inout EnteredFolders
  ) throws {
    guard depth < 64 else {
      throw InputError(
        folder.description, expected: "at most 64 folders inside each other", found: "more")
    }
    for name in try folder.namesLinksLast() {
      let path = folder / name
      switch path.kind {
      case .folder where name == OwnFile.folder: folders += 1
      case .folder where !entered.enter(path): links += 1
      case .folder: try add(below: path, depth: depth + 1, &entered)
      case .file where PictureFiles.endings.contains { name.lowercased.hasSuffix($0) }:
        if OwnFile(path)?.kind == .map { maps += 1 } else { paths.append(path) }
      default: others += 1
      }
    }
  }
}

extension Path {
  /// The name with its ASCII letters in lowercase.
  fileprivate var lowercased: Path {
    Path(bytes: bytes.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 + 32 : $0 })
  }
}
