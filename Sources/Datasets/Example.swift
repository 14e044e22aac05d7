import Ground
import Pictures

/// A picture of a dataset with what is told about it. Its bytes are read when they are asked for.
///
/// ```swift
/// let bird = dataset.examples[17]
/// bird.label                       // 9, of dataset.classes
/// let picture = try bird.picture()
/// bird.box?.within(picture)        // boxes of CUB-200-2011 reach beyond the edges
/// ```
public struct Example: Sendable {
  /// What a picture is meant for.
  public enum Use: UInt8, Sendable, CaseIterable {
    case training = 1
    case validation, test
  }

  /// Its place among the dataset's examples, from 0.
  public let number: Int
  /// Its name below the folder of pictures, in its archive, or as a user's own table has it.
  public let name: Path
  /// Its class, from 0; nil where nobody says.
  public let label: Int?
  public let use: Use?
  /// Where the thing is, in the pixels of the picture as stored, from its upper left corner; as in
  /// the table, which may reach beyond the picture's edges.
  public let box: Region?
  /// Rows at the bottom that are no part of the picture, and are cut off.
  public let banner: Int
  public let source: Source

  /// Where the bytes of a picture lie.
  public enum Source: Sendable, Equatable {
    case file(Path)
    /// So many bytes of an archive, which had so many when it was looked through.
    case member(archive: Path, bytes: Range<Int>, archiveSize: Int)
  }

  public var isTraining: Bool { use == .training }

  /// The picture, without its banner.
  public func picture(_ reading: Reading = Reading()) throws -> Picture {
    let whole =
      switch source {
      case .file(let path): try Picture(path, reading)
      case .member: try Picture(bytes: bytes(), name: description, reading)
      }
    return banner > 0 ? whole.without(banner: banner) : whole
  }

  /// The picture's file as it is, banner and all.
  public func bytes() throws -> [UInt8] {
    switch source {
    case .file(let path): return try path.pictureBytes()
    case .member(let archive, let range, let size):
      // Opened each time: thousands of archives kept open would run into the system's limit.
      let file = try MappedFile(archive)
      guard file.count == size else {
        throw InputError(
          archive.description, expected: "the archive of \(size) bytes that was looked through",
          found: "one of \(file.count)")
      }
      return file.withBytes { Array($0[range]) }
    }
  }
}

extension Example {
  /// Whether it was drawn by Fieldmark, and is no photograph.
  package var isDrawnBird: Bool {
    switch source {
    case .file(let path): return path.isDrawnBird
    case .member:
      let bytes = (try? bytes()) ?? []
      let beginning = Array(bytes.prefix(OwnFile.length))
      return OwnFile(beginning: beginning, formats: OwnFile.formats)?.kind == .drawing
    }
  }
}

extension Example: CustomStringConvertible {
  /// What messages call the picture.
  public var description: String {
    switch source {
    case .file(let path): path.description
    case .member(let archive, _, _): "\(archive) member '\(name)'"
    }
  }
}

extension Region {
  /// What of it lies on a picture; nil where nothing does.
  public func within(_ picture: Picture) -> Region? {
    let right = min(x + width, Double(picture.width))
    let bottom = min(y + height, Double(picture.height))
    let (left, top) = (max(0, x), max(0, y))
    guard right > left, bottom > top else { return nil }
    return Region(x: left, y: top, width: right - left, height: bottom - top)
  }

  /// Whether it can be a box: no side below 0, and no number that no picture reaches, which 32 bits
  /// would round to infinity.
  var isBox: Bool {
    width >= 0 && height >= 0 && [x, y, width, height].allSatisfy { abs($0) <= Region.farthest }
  }

  /// Farther from the corner than any pixel of any picture.
  static let farthest = 1e9

  /// A box by its first and last pixels, both in it and counted from 1, as MATLAB's users have
  /// them: pixel 1 covers 0...1.
  init(firstX: Double, firstY: Double, lastX: Double, lastY: Double) {
    self.init(x: firstX - 1, y: firstY - 1, width: lastX - firstX + 1, height: lastY - firstY + 1)
  }
}

extension Picture {
  /// The picture without its last rows, which its notes say; all of it where nothing would be left.
  fileprivate func without(banner: Int) -> Picture {
    guard height > banner else { return self }
    return first(
      height - banner, note: "the banner of \(banner) rows at the bottom is cut off")
  }
}
