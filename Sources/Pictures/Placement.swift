/// Where a resized picture lies under the window through which a model sees it.
struct Placement: Equatable {
  /// The size of the resized picture.
  var width: Int
  var height: Int
  /// The window's upper left corner in the resized picture; negative if the window is larger.
  var x: Int
  var y: Int

  /// The columns of the resized picture that a window of this width shows.
  func columns(_ window: Int) -> Range<Int> { max(0, x)..<min(width, x + window) }
  func rows(_ window: Int) -> Range<Int> { max(0, y)..<min(height, y + window) }
}

/// A rectangle in a picture's own pixels, whose sides may be fractions of pixels.
public struct Region: Equatable, Sendable {
  public var x: Double
  public var y: Double
  public var width: Double
  public var height: Double

  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }
}

extension Preprocessing {
  /// Returns the part of an upright picture that the model sees. If the picture is padded, that
  /// part reaches beyond its edges.
  ///
  /// ```swift
  /// Preprocessing.openAI(224).region(of: bird)      // of 500 x 375: x 62, width 376
  /// ```
  public func region(of picture: Picture) -> Region {
    let placement = placement(width: picture.width, height: picture.height)
    func stored(_ place: Int, _ side: Int, _ newSide: Int) -> Double {
      Double(place * side) / Double(newSide)
    }
    return Region(
      x: stored(placement.x, picture.width, placement.width),
      y: stored(placement.y, picture.height, placement.height),
      width: stored(width, picture.width, placement.width),
      height: stored(height, picture.height, placement.height))
  }

  func placement(width: Int, height: Int) -> Placement {
    let (newWidth, newHeight) = resizedSides(width, height)
    return Placement(
      width: newWidth, height: newHeight, x: offset(newWidth, self.width),
      y: offset(newHeight, self.height))
  }

  private func resizedSides(_ width: Int, _ height: Int) -> (Int, Int) {
    let ratios = [Double(width) / Double(self.width), Double(height) / Double(self.height)]
    func scaled(by ratio: Double) -> (Int, Int) {
      // This rounds as Python's `round` does. A side of no pixels, at which other libraries fail,
      // becomes one.
      func side(_ length: Int) -> Int {
        max(1, Int((Double(length) / ratio).rounded(.toNearestOrEven)))
      }
      return (side(width), side(height))
    }
    switch fit {
    case .squash, .native: return (self.width, self.height)
    case .crop(let shortest):
      // Like torchvision, this cuts off the fraction of the longer side.
      return width <= height
        ? (shortest, shortest * height / width) : (shortest * width / height, shortest)
    case .cover: return scaled(by: ratios.min() ?? 1)
    case .pad: return scaled(by: ratios.max() ?? 1)
    }
  }

  /// The offset of a window that lies in the middle of a line.
  private func offset(_ line: Int, _ window: Int) -> Int {
    switch rounding {
    case .down: return (line - window) >> 1
    // torchvision pads a line that is too short, with less before it than after it; otherwise it
    // rounds half to even.
    case .halfToEven where line < window: return -((window - line) / 2)
    case .halfToEven: return Int((Double(line - window) / 2).rounded(.toNearestOrEven))
    }
  }
}
