import Aviary
import Ground
import Pictures

/// A picture that can be asked, wherever it comes from.
package struct ShelfPicture: Sendable {
  /// Where a picture comes from, as the interface calls it.
  package enum Origin: String, Sendable {
    case builtIn = "built-in"
    case folder, upload
  }

  package let id: String
  /// The name that people see. An uploaded picture's name is whatever its sender called it.
  package let name: String
  package let origin: Origin
  let source: Source

  enum Source: Sendable {
    /// A drawn bird of a species, as one of its sightings.
    case bird(String, sighting: Int)
    case file(Path)
    case bytes([UInt8])
  }

  /// The file by which a command line finds the picture: that of the user, or one of the shown name,
  /// as the picture is called when it is saved from the page.
  package var path: Path { if case .file(let path) = source { path } else { Path(name) } }

  /// Reads or draws the picture.
  func decoded(_ reading: Reading) throws -> Picture {
    switch source {
    case .bird(let species, let sighting):
      World(seed: 4, size: ShelfPicture.birdSize).draw(try Species.find(species), sighting).picture
    case .file(let path): try Picture(bytes: path.pictureBytes(), name: name, reading)
    case .bytes(let bytes): try Picture(bytes: bytes, name: name, reading)
    }
  }

  /// Whether Fieldmark drew it, so that the built-in model knows what is in it.
  var isDrawnBird: Bool {
    switch source {
    case .bird: true
    case .file(let path): path.isDrawnBird
    case .bytes(let bytes):
      OwnFile(beginning: Array(bytes.prefix(OwnFile.length)), formats: OwnFile.formats)?.kind
        == .drawing
    }
  }
}

extension ShelfPicture {
  /// The side of the birds that are built in, in pixels.
  static let birdSize = 448

  /// The birds that are built in. The first is that of `fieldmark demo`.
  static let birds: [ShelfPicture] = [
    "Redshouldered Brackle", "Goldshouldered Brackle", "Whitewinged Brackle", "Scarlet Pipling",
    "Rustycapped Pipling", "Blackcapped Thornet", "Greenheaded Murling", "Rubythroat Hoverling",
  ].enumerated().map { index, species in
    ShelfPicture(
      id: "b\(index + 1)",
      name: species.lowercased().replacing(" ", with: "-") + ".png", origin: .builtIn,
      source: .bird(species, sighting: 4 + index))
  }

  /// The pictures of files, which are read when they are asked for.
  static func files(_ paths: [Path]) -> [ShelfPicture] {
    paths.enumerated().map { index, path in
      ShelfPicture(
        id: "f\(index + 1)", name: path.lastComponent.description, origin: .folder,
        source: .file(path))
    }
  }

  /// An uploaded picture. Its name is shown and never opened: what it says of folders is dropped, and
  /// so is what cannot be read.
  static func upload(_ bytes: [UInt8], called name: String) -> ShelfPicture {
    var digest = Digest.sha256
    digest.add(bytes)
    let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
    let shown = String(printable(last.utf8).prefix(100))
    return ShelfPicture(
      id: String(digest.hexadecimal.prefix(16)), name: shown.isEmpty ? "picture" : shown,
      origin: .upload, source: .bytes(bytes))
  }
}
