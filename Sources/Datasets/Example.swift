import Ground
import Pictures

/// A picture of a dataset with what is known about it. Its bytes are read when they are asked for.
///
/// ```swift
/// let bird = dataset.examples[17]
/// bird.label                       // 9, of dataset.classes
/// let picture = try bird.picture()
/// bird.box?.within(picture)        // boxes of CUB-200-2011 reach beyond the edges
/// ```
public struct Example: Sendable {
  /// The split that a picture belongs to.
  public enum Use: UInt8, Sendable, CaseIterable {
    case training = 1
    case validation, test
  }

  /// The index of the picture among the dataset's examples, from 0.
  public let number: Int
  /// The picture's name: below the folder of pictures, in its archive, or as the user's own table
  /// has it.
  public let name: Path
  /// The picture's class, from 0; nil if it is not known.
  public let label: Int?
  public let use: Use?
  /// The box of the thing that the picture shows, in the pixels of the picture as stored, from the
  /// upper left corner. It is as in the table, and may reach beyond the picture's edges.
  public let box: Region?
  /// The number of rows at the bottom that do not belong to the picture and are cut off.
  public let banner: Int
  public let source: Source

  /// Where the bytes of a picture are stored.
  public enum Source: Sendable, Equatable {
    case file(Path)
    /// A range of bytes in an archive, and the archive's size when it was indexed.
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

  /// The picture's file unchanged, including the banner.
  public func bytes() throws -> [UInt8] {
    switch source {
    case .file(let path): return try path.pictureBytes()
    case .member(let archive, let range, let size):
      // The archive is opened each time: keeping thousands open would exceed the system's limit.
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
  /// Whether Fieldmark drew the picture, so that it is no photograph.
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
  /// The picture's name in messages.
  public var description: String {
    switch source {
    case .file(let path): path.description
    case .member(let archive, _, _): "\(archive) member '\(name)'"
    }
  }
}

extension Region {
  /// The part of the region that lies on a picture; nil if there is none.
  public func within(_ picture: Picture) -> Region? {
    let right = min(x + width, Double(picture.width))
    let bottom = min(y + height, Double(picture.height))
    let (left, top) = (max(0, x), max(0, y))
    guard right > left, bottom > top else { return nil }
    return Region(x: left, y: top, width: right - left, height: bottom - top)
  }

  /// Whether the region can be a box: no side is negative, and no number is beyond every picture,
  /// where a 32-bit float might become infinite.
  var isBox: Bool {
    width >= 0 && height >= 0 && [x, y, width, height].allSatisfy { abs($0) <= Region.farthest }
  }

  /// A distance from the corner, in pixels, that no picture reaches.
  static let farthest = 1e9

  /// A box given by its first and last pixels, both inclusive and counted from 1 as in MATLAB:
  /// pixel 1 covers 0...1.
  init(firstX: Double, firstY: Double, lastX: Double, lastY: Double) {
    self.init(x: firstX - 1, y: firstY - 1, width: lastX - firstX + 1, height: lastY - firstY + 1)
  }
}

extension Picture {
  /// The picture without its last rows, as its notes then say; the whole picture if nothing would
  /// be left.
  fileprivate func without(banner: Int) -> Picture {
    guard height > banner else { return self }
    return first(
      height - banner, note: "the banner of \(banner) rows at the bottom is cut off")
  }
}
