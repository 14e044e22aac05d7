import Encoders
import Foundation

/// Runs a test in a folder of its own, which is gone afterwards.
func inTemporaryFolder(_ body: (Encoders.Path) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("fieldmark-test-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(Encoders.Path(folder.path))
}
