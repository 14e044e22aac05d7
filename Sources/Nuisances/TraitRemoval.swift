import Encoders
import Ground
import Measures
import Pictures

/// Takes what lies in a region out of a picture, or as much of the same thing from elsewhere, to
/// compare with.
///
/// ```swift
/// let bird = try LocatedPicture(picture, thing: mask, shortest: 224)
/// let bare = try TraitRemoval().without(mask, in: bird)
/// let control = try TraitRemoval().elsewhere(mask, in: bird, seed: 1)
///   .map { try TraitRemoval().without($0, in: bird) }
/// ```
public struct TraitRemoval: Sendable {
  public init() {}

  /// The picture with the region filled in from around it, by the equations of ROAD: each pixel is the
  /// mean of its neighbors. No noise is added. Where the region is everything, all becomes the mean
  /// color of the picture.
  public func without(_ region: Mask, in picture: LocatedPicture) throws -> Picture {
    let hole = try picture.region(region)
    let picture = picture.picture
    guard hole.pixels.contains(true) else { return picture }
    guard hole.pixels.contains(false) else { return picture.ofMeanColor }
    // Equations that are not met to ten digits still have the smooth answer that is near to theirs.
    return picture.imputed(hole) ?? picture.filled(in: hole) ?? picture.ofMeanColor
  }

  /// The shape of the region at another place: on the thing as far as can be, else close around it (or on
  /// the picture, where no thing is known), and off the region. Pieces that do not touch each other are
  /// moved one by one, the largest first. What would still lie on the region is left out, so that none of
  /// it is ever taken away with the control.
  ///
  /// Nil where less than two thirds of it can lie there. Among places that are equally good the seed
  /// decides.
  public func elsewhere(
    _ region: Mask, in picture: LocatedPicture, seed: UInt64
  ) throws -> Mask? {
    let region = try picture.region(region)
    return MovedShape(region, on: picture.thing, seed: seed).mask
  }
}

extension Picture {
  /// Only the rows and columns around the hole take part in the equations, which leaves them as they
  /// are: each knows its neighbors only.
  fileprivate func imputed(_ hole: Mask) -> Picture? {
    let places = hole.pixels.indices.filter { hole.pixels[$0] }
    guard let first = places.first, let last = places.last else { return self }
    let (left, right) = places.reduce((width, 0)) {
      (min($0.0, $1 % width), max($0.1, $1 % width))
    }
    let columns = max(0, left - 1)...min(width - 1, right + 1)
    let rows = max(0, first / width - 1)...min(height - 1, last / width + 1)
    let grid = Grid(width: columns.count, height: rows.count)
    func place(_ pixel: Int) -> Int {
      (pixel / width - rows.lowerBound) * grid.width + pixel % width - columns.lowerBound
    }
    guard places.count < grid.pixels else { return nil }
    var planes = Matrix(rows: 3, columns: grid.pixels)
    for y in rows {
      for x in columns {
        let pixel = y * width + x
        for channel in 0..<3 { planes[channel, place(pixel)] = Float(pixels[3 * pixel + channel]) }
      }
    }
    let missing = places.map(place)
    guard let filled = try? LinearImputation(grid, missing: missing).filled(planes) else {
      return nil
    }
    var imputed = pixels
    for (pixel, place) in zip(places, missing) {
      for channel in 0..<3 {
        imputed[3 * pixel + channel] = UInt8(min(max(filled[channel, place], 0), 255).rounded())
      }
    }
    return Picture(width: width, height: height, pixels: imputed)
  }

  fileprivate var ofMeanColor: Picture {
    var sums = [0, 0, 0]
    for (place, byte) in pixels.enumerated() { sums[place % 3] += Int(byte) }
    let count = width * height
    let mean = sums.map { UInt8((Double($0) / Double(count)).rounded()) }
    return Picture(
      width: width, height: height, pixels: (0..<3 * count).map { mean[$0 % 3] })
  }
}
