import Fieldmark
import Foundation

/// Caches with files of a few bytes in them, as other programs leave them behind.
struct CacheFixture {
  let home: Fieldmark.Path
  var caches: Caches { Caches(Environment(["HOME": home.description])) }
  var hub: Fieldmark.Path { home / ".cache/huggingface/hub" }

  static let commit = "0123456789abcdef0123456789abcdef01234567"

  /// A file, its folders made as needed.
  func add(_ name: String, _ text: String = "x") throws {
    let file = home / Path(name)
    try file.folder.createFolder()
    try write(Array(text.utf8), to: file)
  }

  /// A repository with one snapshot, whose files are links to blobs, as huggingface_hub makes them.
  func addRepository(
    _ name: String, _ files: [String], commit: String = commit, ref: String? = "main"
  ) throws {
    let folder = ".cache/huggingface/hub/models--" + name.replacing("/", with: "--")
    for (index, file) in files.enumerated() {
      try add("\(folder)/blobs/\(index)")
      try link("\(folder)/snapshots/\(commit)/\(file)", to: "../../blobs/\(index)")
    }
    if let ref { try add("\(folder)/refs/\(ref)", commit) }
  }

  func link(_ name: String, to target: String) throws {
    let file = home / Path(name)
    try file.folder.createFolder()
    try FileManager.default.createSymbolicLink(
      atPath: file.description, withDestinationPath: target)
  }
}

/// Runs a test in a home of its own.
func inHome(_ body: (CacheFixture) throws -> Void) throws {
  try inTemporaryFolder { try body(CacheFixture(home: $0.resolved ?? $0)) }
}
