import Fieldmark
import Foundation

/// Runs a test in a folder of its own, which is gone afterwards.
func inTemporaryFolder(_ body: (Path) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("fieldmark-test-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(Path(folder.path))
}

/// The sentence that an error prints as; `no error` where there is none.
func sentence(_ body: () throws -> Void) -> String {
  do {
    try body()
    return "no error"
  } catch {
    return "\(error)"
  }
}
