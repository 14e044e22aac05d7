import Glibc

/// The folders that a recursive walk has entered, told apart by device and inode. A link can lead
/// to a folder that the walk is already in, so that it would never end, or to the same folder a
/// second time, so that its pictures would count twice.
///
/// ```swift
/// var entered = EnteredFolders()
/// entered.enter("photos")            // true
/// entered.enter("photos/again")      // false, where that is a link to photos
/// ```
public struct EnteredFolders: Sendable {
  private struct Place: Hashable {
    let device: UInt
    let number: UInt
  }

  private var places: Set<Place> = []

  public init() {}

  /// Returns whether the folder is entered for the first time. The answer is also true if the
  /// system tells nothing about the folder; reading it will then say why.
  public mutating func enter(_ folder: Path) -> Bool {
    var status = stat()
    guard folder.withCString({ stat($0, &status) }) == 0 else { return true }
    return places.insert(Place(device: UInt(status.st_dev), number: UInt(status.st_ino))).inserted
  }
}

extension Path {
  /// The names in a folder, with links to folders after all others. A walk then finds what lies in
  /// a folder under its own name and not under that of a link.
  public func namesLinksLast() throws -> [Path] {
    let names = try names()
    let areLinks = names.map { (self / $0).isLink && (self / $0).kind == .folder }
    return zip(names, areLinks).filter { !$0.1 }.map(\.0)
      + zip(names, areLinks).filter(\.1).map(\.0)
  }

  private var isLink: Bool {
    var status = stat()
    return withCString { lstat($0, &status) } == 0 && status.st_mode & S_IFMT == S_IFLNK
  }
}
