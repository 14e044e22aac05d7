import Glibc
import Ground

/// A folder that only this user can read, which is gone when the work in it is done.
enum ScratchFolder {
  /// The bytes of a file that the body writes.
  static func bytes(
    named name: String, in environment: Environment = .process, _ body: (Path) throws -> Void
  ) throws -> [UInt8] {
    let parent = environment.path("TMPDIR") ?? "/tmp"
    var template = (parent / "fieldmark-XXXXXX").bytes.map { CChar(bitPattern: $0) } + [0]
    guard mkdtemp(&template) != nil else {
      throw InputError(
        parent.description, expected: "a folder for temporary files", found: "one that takes none",
        kind: .output)
    }
    let folder = Path(
      bytes: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) })
    let file = folder / Path(name)
    defer {
      _ = file.withCString { unlink($0) }
      _ = folder.withCString { rmdir($0) }
    }
    try body(file)
    return try file.read(limit: 1 << 30)
  }
}
