import Glibc

/// The settings that a program is started with: `HOME`, `HF_HOME`, ...
///
/// ```swift
/// Environment(["HOME": "/home/ada", "HF_HOME": "~/hub"]).path("HF_HOME")      // /home/ada/hub
/// ```
///
/// Whatever depends on them takes one of these, so that tests bring their own.
public struct Environment: Sendable {
  private let value: @Sendable (String) -> [UInt8]?

  /// The settings of this process.
  public static let process = Environment { name in
    getenv(name).map { text in
      UnsafeBufferPointer(start: text, count: strlen(text)).map { UInt8(bitPattern: $0) }
    }
  }

  private init(value: @escaping @Sendable (String) -> [UInt8]?) { self.value = value }

  public init(_ values: [String: String]) {
    self.init { name in values[name].map { Array($0.utf8) } }
  }

  /// A setting as text; one that is empty counts as absent.
  public func text(_ name: String) -> String? {
    value(name).flatMap { $0.isEmpty ? nil : String(decoding: $0, as: UTF8.self) }
  }

  /// A setting as a file's name, `~` standing for the home folder.
  public func path(_ name: String) -> Path? {
    guard let bytes = value(name), !bytes.isEmpty else { return nil }
    guard bytes.first == UInt8(ascii: "~"), let home = value("HOME") else {
      return Path(bytes: bytes)
    }
    let rest = bytes.dropFirst()
    if rest.isEmpty { return Path(bytes: home) }
    return rest.first == UInt8(ascii: "/") ? Path(bytes: home + rest) : Path(bytes: bytes)
  }

  /// Where this user's programs keep what they can make again. A relative XDG_CACHE_HOME is ignored, as
  /// the XDG Base Directory Specification says; nil where nothing says where.
  package var caches: Path? {
    let named = path("XDG_CACHE_HOME").flatMap { $0.bytes.first == UInt8(ascii: "/") ? $0 : nil }
    return named ?? path("HOME").map { $0 / ".cache" }
  }

  /// Whether a setting says yes, in the words that huggingface_hub takes for it.
  public func isOn(_ name: String) -> Bool {
    ["1", "on", "yes", "true"].contains(text(name)?.lowercased() ?? "")
  }
}
