import Fieldmark
import Foundation

/// A folder of a test's own, filled file by file.
struct SmallFolder {
  let path: Fieldmark.Path

  func put(_ name: String, _ text: String) throws { try put(name, Array(text.utf8)) }

  func put(_ name: String, _ bytes: [UInt8]) throws {
    let file = path / Fieldmark.Path(name)
    try file.folder.createFolder()
    // A new file each time, since the former may still be mapped; and without waiting for the disk.
    try? FileManager.default.removeItem(atPath: file.description)
    try Data(bytes).write(to: URL(fileURLWithPath: file.description))
  }

  /// A picture of one color.
  func picture(_ name: String, width: Int = 3, height: Int = 2, _ color: [UInt8] = [9, 8, 7]) throws
  {
    let pixels = (0..<width * height).flatMap { _ in color }
    try put(name, PNGSamples.rgb(pixels).png(width: width, height: height))
  }

  /// The sentence that opening the folder ends in; `no error` where it opens.
  func sentence(_ format: DatasetFormat? = nil, _ name: String? = nil) -> String {
    let place = name.map { path / Fieldmark.Path($0) } ?? path
    do {
      _ = try Dataset(place, as: format)
      return "no error"
    } catch {
      // Folders have another name on every run.
      return "\(error)".replacingOccurrences(of: path.description, with: "FOLDER")
    }
  }
}

func inSmallFolder(_ body: (SmallFolder) throws -> Void) throws {
  try inTemporaryFolder { try body(SmallFolder(path: $0)) }
}

/// What the commands of the tests' comments made.
enum DatasetReferences {
  /// A file of Tests/References/datasets.
  static func path(_ name: String) -> Fieldmark.Path {
    Fieldmark.Path(ReferenceData.shipped("datasets/\(name)").path)
  }

  static func json<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
    let data = try Data(contentsOf: URL(fileURLWithPath: path(name).description))
    return try JSONDecoder().decode(type, from: data)
  }

  /// A file or folder of the large references.
  static func large(_ name: String) -> Fieldmark.Path { ReferenceData.path(name) }

  static let hasLarge = large("data/cub-tables").kind == .folder
}
