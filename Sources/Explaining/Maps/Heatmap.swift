import Encoders
import Pictures

/// A map that tells where a score comes from: a signed, raw number for each place of a grid over a
/// rectangle of the picture.
///
/// ```swift
/// map.peak                          // (x: 212, y: 140), in the picture's own pixels
/// map.clipped().scaledToUnit()      // steps that whoever draws or measures takes in the open
/// ```
public struct Heatmap: Equatable, Sendable {
  /// Rows and columns of the grid.
  public let values: Matrix
  /// The part of the upright picture that the grid covers, in the picture's own pixels.
  public let region: Region
  /// The size of the upright picture.
  public let width: Int
  public let height: Int

  public init(_ values: Matrix, region: Region, width: Int, height: Int) {
    self.values = values
    self.region = region
    self.width = width
    self.height = height
  }

  /// Returns a map with another grid over the same part of the picture.
  public func with(_ values: Matrix) -> Heatmap {
    Heatmap(values, region: region, width: width, height: height)
  }

  /// Sets the values that speak against the target to 0.
  public func clipped() -> Heatmap { with(values.mapped { max(0, $0) }) }

  /// Scales the values to 0 for the least and 1 for the largest. If all are equal, all become 0.
  public func scaledToUnit() -> Heatmap {
    let least = values.elements.min() ?? 0
    let size = (values.elements.max() ?? 0) - least
    return with(values.mapped { size > 0 ? ($0 - least) / size : 0 })
  }

  /// Clips the values and scales them to 0...1: from the least to the largest, or from 0 to `top` where
  /// several maps are to be compared by their colors.
  public func inUnit(_ top: Float?) -> Heatmap {
    guard let top else { return clipped().scaledToUnit() }
    return with(values.mapped { top > 0 ? min(1, max(0, $0) / top) : 0 })
  }

  /// The middle of the cell with the largest value (the first if several have it), in the picture's
  /// pixels.
  public var peak: (x: Double, y: Double) {
    let best = values.elements.indices.max {
      (values.elements[$0], -$0) < (values.elements[$1], -$1)
    }
    let (row, column) = (best ?? 0).quotientAndRemainder(dividingBy: max(1, values.columns))
    return (
      region.x + (Double(column) + 0.5) * region.width / Double(max(1, values.columns)),
      region.y + (Double(row) + 0.5) * region.height / Double(max(1, values.rows))
    )
  }
}
