import Glibc

/// The name of a file, as the bytes that the system keeps: any bytes but NUL, whether UTF-8 or not.
///
/// ```swift
/// Path("photos") / "blackbird.jpg"      // photos/blackbird.jpg
/// ```
///
/// The description is for people. Characters that cannot be shown are escaped in it, so that a name
/// with a line break or a change of writing direction cannot disguise a message.
public struct Path: Hashable, Sendable {
  public let bytes: [UInt8]

  public init(bytes: [UInt8]) { self.bytes = bytes }
  public init(_ text: String) { bytes = Array(text.utf8) }

  /// What follows the last `/`.
  public var lastComponent: Path {
    Path(bytes: bytes.lastIndex(of: UInt8(ascii: "/")).map { Array(bytes[($0 + 1)...]) } ?? bytes)
  }

  /// What stands before the last `/`, or `.` if there is none.
  public var folder: Path {
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == 0 ? "/" : Path(bytes: Array(bytes[..<slash]))
  }

  public func hasSuffix(_ text: String) -> Bool {
    bytes.suffix(text.utf8.count) == Array(text.utf8)[...]
  }

  public static func / (folder: Path, name: Path) -> Path {
    let slash: [UInt8] = folder.bytes.last == UInt8(ascii: "/") ? [] : [UInt8(ascii: "/")]
    return Path(bytes: folder.bytes + slash + name.bytes)
  }

  /// Calls the closure with the name as a C string. No file can have a name with NUL in it, and C
  /// would cut it there; callers that take names from outside refuse such a name first.
  package func withCString<Result>(_ body: (UnsafePointer<CChar>) throws -> Result) rethrows
    -> Result
  {
    try (bytes + [0]).withUnsafeBytes {
      try body($0.assumingMemoryBound(to: CChar.self).baseAddress!)
    }
  }

  /// The arguments that the program was started with, without its own name.
  public static var commandLine: [[UInt8]] {
    (1..<max(1, Int(CommandLine.argc))).compactMap { index in
      CommandLine.unsafeArgv[index].map { word in
        Array(UnsafeBufferPointer(start: word, count: strlen(word)).map { UInt8(bitPattern: $0) })
      }
    }
  }
}

extension Path: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) { self.init(text) }
}

extension Path: CustomStringConvertible {
  public var description: String { printable(bytes) }
}
