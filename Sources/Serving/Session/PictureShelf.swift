import Ground
import Pictures
import Reports
import Synchronization

/// The pictures that can be asked: the birds that are built in, those of the command line, and
/// uploads, which are kept in memory.
///
/// ```swift
/// let shelf = PictureShelf(files: ["photos/blackbird.jpg"])
/// try shelf.picture("f1").name                       // blackbird.jpg
/// try shelf.add(bytes, called: "holiday.jpg").id     // the beginning of the bytes' SHA-256
/// ```
package final class PictureShelf: Sendable {
  private let standing: [ShelfPicture]
  private let places: [String: Int]
  private let uploads: Mutex<Uploads>
  private let limits: SessionLimits
  private let decoded: Bounded<String, Picture>
  private let shown: Bounded<Shown, [UInt8]>

  private struct Uploads {
    var all: [ShelfPicture] = []
    var bytes = 0
  }

  private struct Shown: Hashable {
    let id: String
    let side: Int?
  }

  package init(files: [Path] = [], _ limits: SessionLimits = SessionLimits()) {
    standing = ShelfPicture.birds + ShelfPicture.files(files)
    places = Dictionary(
      standing.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.limits = limits
    uploads = Mutex(Uploads())
    decoded = Bounded(most: limits.decoded)
    shown = Bounded(most: limits.encoded)
  }

  /// All pictures: uploads, the last one first, then those of the command line, then the birds.
  package var all: [ShelfPicture] {
    uploads.withLock { $0.all.reversed() } + standing.filter { $0.origin == .folder }
      + standing.filter { $0.origin == .builtIn }
  }

  package func picture(_ id: String) throws -> ShelfPicture {
    if let place = places[id] { return standing[place] }
    if let upload = uploads.withLock({ $0.all.first { $0.id == id } }) { return upload }
    throw Refusal(404, "There is no picture '\(printable(id.utf8.prefix(60)))' here.")
  }

  /// Takes an upload in. What cannot be read as a picture is refused. The same bytes are kept once.
  package func add(_ bytes: [UInt8], called name: String) throws -> ShelfPicture {
    let new = ShelfPicture.upload(bytes, called: name)
    if let known = uploads.withLock({ $0.all.first { $0.id == new.id } }) { return known }
    do { _ = try pixels(of: new) } catch let error as InputError { throw Refusal(415, error) }
    let gone = uploads.withLock { uploads -> [ShelfPicture] in
      guard !uploads.all.contains(where: { $0.id == new.id }) else { return [] }
      uploads.all.append(new)
      uploads.bytes += bytes.count
      var gone: [ShelfPicture] = []
      while uploads.bytes > limits.uploads, uploads.all.count > 1 {
        let oldest = uploads.all.removeFirst()
        uploads.bytes -= oldest.size
        gone.append(oldest)
      }
      return gone
    }
    for picture in gone { forgetPixels(of: picture) }
    return new
  }

  /// Forgets an upload.
  package func remove(_ id: String) throws {
    let picture = try picture(id)
    guard picture.origin == .upload else {
      throw Refusal(
        422, "Only uploaded pictures can be forgotten, and '\(picture.name)' is not one.")
    }
    uploads.withLock { uploads in
      guard let place = uploads.all.firstIndex(where: { $0.id == id }) else { return }
      uploads.bytes -= uploads.all.remove(at: place).size
    }
    forgetPixels(of: picture)
  }

  private func forgetPixels(of picture: ShelfPicture) {
    decoded.forget(picture.id)
    for key in shown.keys where key.id == picture.id { shown.forget(key) }
  }

  /// The picture itself.
  package func pixels(of picture: ShelfPicture) throws -> Picture {
    try decoded.value(of: picture.id, cost: \.pixels.count) {
      var reading = Reading()
      reading.maxPixels = limits.pixels
      return try picture.decoded(reading)
    }
  }

  /// The picture's size and notes if it was read already, or if they are known without reading it.
  func known(_ picture: ShelfPicture) -> (width: Int, height: Int, notes: [String])? {
    if picture.origin == .builtIn { return (ShelfPicture.birdSize, ShelfPicture.birdSize, []) }
    return decoded.known(picture.id).map { ($0.width, $0.height, $0.notes) }
  }

  /// The picture as PNG, encoded again from its pixels, with what is transparent laid on white, and
  /// shrunk so that its longer side is at most `side`.
  package func png(of picture: ShelfPicture, side: Int? = nil) throws -> [UInt8] {
    try shown.value(of: Shown(id: picture.id, side: side), cost: \.count) {
      let whole = try pixels(of: picture)
      let plain = Preprocessing.openAI(224).converting(.firstOn(.white)).converted(whole)
      let seen = try side.map { try plain.shrunk(longest: $0) } ?? plain
      return Picture(width: seen.width, height: seen.height, pixels: seen.pixels).png(
        text: picture.isDrawnBird ? [("Software", OwnFile.artist)] : [])
    }
  }
}

extension ShelfPicture {
  /// The bytes that an upload takes.
  fileprivate var size: Int { if case .bytes(let bytes) = source { bytes.count } else { 0 } }
}
