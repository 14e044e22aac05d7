import Glibc

/// The kind of thing that a name in the file system stands for.
///
/// ```swift
/// Path("/dev/null").kind      // .device, which messages call "a device"
/// ```
public enum FileKind: String, Sendable, CustomStringConvertible {
  case file = "a file"
  case folder = "a folder"
  case pipe = "a pipe"
  case socket = "a socket"
  case device = "a device"
  case brokenLink = "a link to nothing"

  public var description: String { rawValue }

  init?(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .folder
    case S_IFIFO: self = .pipe
    case S_IFSOCK: self = .socket
    case S_IFCHR, S_IFBLK: self = .device
    case S_IFLNK: self = .brokenLink
    default: return nil
    }
  }
}

extension Path {
  /// The kind of thing that the name stands for, with links followed. It is nil if there is
  /// nothing, or nothing that this user may know of.
  public var kind: FileKind? {
    var status = stat()
    guard !bytes.contains(0) else { return nil }
    if withCString({ stat($0, &status) }) == 0 { return FileKind(status) }
    return withCString { lstat($0, &status) } == 0 ? FileKind(status) : nil
  }
}

extension InputError {
  /// Returns the error for a system call that failed. For less common codes it has the system's own
  /// words, beginning in lowercase.
  package static func system(_ path: Path, expected: String, code: Int32, kind: Kind) -> InputError
  {
    let found: String =
      switch code {
      case ENOENT: "nothing there"
      case EACCES, EPERM: "no permission"
      case ENOSPC: "no space left on the disk"
      case EDQUOT: "the disk quota used up"
      case EROFS: "a read-only file system"
      case EISDIR: "a folder"
      case EEXIST: "something of that name"
      default: lowercasedFirst(String(cString: strerror(code)))
      }
    return InputError(path.description, expected: expected, found: found, kind: kind)
  }
}

private func lowercasedFirst(_ text: String) -> String {
  text.prefix(1).lowercased() + text.dropFirst()
}
