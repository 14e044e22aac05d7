import Glibc

/// The environment variables of a program: `HOME`, `HF_HOME`, ...
///
/// ```swift
/// Environment(["HOME": "/home/ada", "HF_HOME": "~/hub"]).path("HF_HOME")      // /home/ada/hub
/// ```
///
/// Code that depends on environment variables takes a value of this type, so that tests can supply
/// their own.
public struct Environment: Sendable {
  private let value: @Sendable (String) -> [UInt8]?

  /// The environment variables of this process.
  public static let process = Environment { name in
    getenv(name).map { text in
      UnsafeBufferPointer(start: text, count: strlen(text)).map { UInt8(bitPattern: $0) }
    }
  }

  private init(value: @escaping @Sendable (String) -> [UInt8]?) { self.value = value }

  public init(_ values: [String: String]) {
    self.init { name in values[name].map { Array($0.utf8) } }
  }

  /// The value of a variable as text; an empty value counts as absent.
  public func text(_ name: String) -> String? {
    value(name).flatMap { $0.isEmpty ? nil : String(decoding: $0, as: UTF8.self) }
  }

  /// The value of a variable as a file name, in which `~` stands for the home folder.
  public func path(_ name: String) -> Path? {
    guard let bytes = value(name), !bytes.isEmpty else { return nil }
    guard bytes.first == UInt8(ascii: "~"), let home = value("HOME") else {
      return Path(bytes: bytes)
    }
    let rest = bytes.dropFirst()
    if rest.isEmpty { return Path(bytes: home) }
    return rest.first == UInt8(ascii: "/") ? Path(bytes: home + rest) : Path(bytes: bytes)
  }

  /// The folder where this user's programs keep files that they can make again: XDG_CACHE_HOME, or
  /// else `.cache` in HOME. A relative XDG_CACHE_HOME is ignored, as the XDG Base Directory
  /// Specification says.
  package var caches: Path? {
    let named = path("XDG_CACHE_HOME").flatMap { $0.bytes.first == UInt8(ascii: "/") ? $0 : nil }
    return named ?? path("HOME").map { $0 / ".cache" }
  }

  /// Whether the value of a variable is one of the words that huggingface_hub takes for yes.
  public func isOn(_ name: String) -> Bool {
    ["1", "on", "yes", "true"].contains(text(name)?.lowercased() ?? "")
  }
}
