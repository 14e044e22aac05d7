import Fieldmark
import Foundation

/// The large reference data that this project is held against but does not ship.
///
///     @Test(.enabled(if: ReferenceData.present, "needs FIELDMARK_REFERENCES"))
///     func everyPublishedPromptGetsItsNumbers() throws {
///       let cases = try ReferenceData.json([Case].self, "data/clip_bpe_published.json")
///
/// They lie in the folder that FIELDMARK_REFERENCES names, else in `shared` beside the package.
/// What everybody's `make test` needs is small, ours, and lies in Tests/References.
enum ReferenceData {
  /// Whether the folder is there; tests that need it skip themselves where it is not.
  static let present = FileManager.default.fileExists(
    atPath: folder.appendingPathComponent("data").path)

  /// The file or folder of this name among the large references.
  static func url(_ name: String) -> URL { folder.appendingPathComponent(name) }

  /// The same, as the library names files.
  static func path(_ name: String) -> Fieldmark.Path { Fieldmark.Path(url(name).path) }

  static func bytes(_ name: String) throws -> [UInt8] { try [UInt8](Data(contentsOf: url(name))) }

  static func json<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(contentsOf: url(name)))
  }

  /// Every regular file below a folder among the large references, in the order of their names.
  static func files(below name: String) -> [URL] {
    let found = FileManager.default.enumerator(
      at: url(name), includingPropertiesForKeys: [.isRegularFileKey])
    let files = (found?.allObjects as? [URL] ?? []).filter { file in
      (try? file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true
    }
    return files.sorted { $0.path < $1.path }
  }

  /// A file of Tests/References, which every checkout has.
  static func shipped(_ name: String) -> URL {
    tests.appendingPathComponent("References").appendingPathComponent(name)
  }

  static func shipped<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(contentsOf: shipped(name)))
  }

  private static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()

  private static let folder: URL = {
    if let named = ProcessInfo.processInfo.environment["FIELDMARK_REFERENCES"], !named.isEmpty {
      return URL(fileURLWithPath: named, isDirectory: true)
    }
    return tests.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("shared", isDirectory: true)
  }()
}
