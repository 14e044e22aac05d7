import Glibc
import Ground
import Pictures

/// A way of resizing a table of positions from one grid of patches to another.
///
/// ```swift
/// try encoder.with(Preprocessing.openAI(336), positions: .openCLIP)
/// ```
///
/// The ways differ by up to a third of the resized values; the default is each model's own.
public struct PositionResizing: Named {
  public static let kind = "a resizing of positions"

  public let name: String
  public let summary: String
  /// Returns the weights of the `count` old places for each of the new ones.
  let weights: @Sendable (_ count: Int, _ new: Int) -> [[Double]]

  /// open_clip's `resize_pos_embed`, which timm and DINOv2 with registers share: bicubic with
  /// a = -0.5. When it shrinks, it covers every old place, as Pillow does with pictures.
  public static let openCLIP = PositionResizing(
    name: "open_clip", summary: "bicubic, antialiased"
  ) { count, new in
    let scale = Double(count) / Double(new)
    let widening = max(1, scale)
    return (0..<new).map { place in
      let center = scale * (Double(place) + 0.5)
      let first = max(0, Int(center - 2 * widening + 0.5))
      let end = min(count, Int(center + 2 * widening + 0.5))
      var weights = [Double](repeating: 0, count: count)
      for old in first..<end {
        weights[old] = cubic((Double(old) - center + 0.5) / widening, a: -0.5)
      }
      let sum = weights.reduce(0, +)
      return weights.map { $0 / sum }
    }
  }

  /// transformers' `interpolate_pos_encoding` of CLIP, and of DINOv2 without registers: bicubic
  /// with a = -0.75 over four places, even when it shrinks.
  public static let huggingFace = PositionResizing(
    name: "huggingface", summary: "bicubic, not antialiased"
  ) { count, new in
    cubicWeights(count, new, scale: Double(count) / Double(new))
  }

  /// The way of DINOv2's authors without registers: the same, except that a tenth of a patch is
  /// added to the new size before the scale is computed, which moves every place a little.
  public static let dinoV2 = PositionResizing(
    name: "dinov2", summary: "bicubic, not antialiased, stretched by a tenth of a patch more"
  ) { count, new in
    cubicWeights(count, new, scale: 1 / ((Double(new) + 0.1) / Double(count)))
  }

  /// The way of CLIP-ES and others: linear interpolation between neighbors.
  public static let bilinear = PositionResizing(
    name: "bilinear", summary: "bilinear, not antialiased"
  ) { count, new in
    (0..<new).map { place in
      let source = max(0, Double(count) / Double(new) * (Double(place) + 0.5) - 0.5)
      let first = min(count - 1, Int(source))
      var weights = [Double](repeating: 0, count: count)
      weights[first] += 1 - (source - Double(first))
      weights[min(count - 1, first + 1)] += source - Double(first)
      return weights
    }
  }

  public static let all = [openCLIP, huggingFace, dinoV2, bilinear]

  /// Returns a table of the old grid, row by row, resized to another grid.
  func resized(_ table: Matrix, from old: Grid, rows: Int, columns: Int) -> Matrix {
    if rows == old.height && columns == old.width { return table }
    let down = Matrix(weights(old.height, rows).map { $0.map { Float($0) } })
    let across = Matrix(weights(old.width, columns).map { $0.map { Float($0) } })
    // Each old row is resized to the new width, then all of them to the new height.
    let wide = (0..<old.height).map {
      across * table.rows($0 * old.width..<($0 + 1) * old.width)
    }
    let flat = Matrix(
      rows: old.height, columns: columns * table.columns, wide.flatMap(\.elements))
    return Matrix(rows: rows * columns, columns: table.columns, (down * flat).elements)
  }

  private static func cubicWeights(_ count: Int, _ new: Int, scale: Double) -> [[Double]] {
    (0..<new).map { place in
      let source = scale * (Double(place) + 0.5) - 0.5
      let first = Int(floor(source))
      var weights = [Double](repeating: 0, count: count)
      for old in first - 1...first + 2 {
        weights[min(count - 1, max(0, old))] += cubic(source - Double(old), a: -0.75)
      }
      return weights
    }
  }
}

/// Keys' cubic kernel. (R. Keys 1981, equation 4 with a left free.)
private func cubic(_ x: Double, a: Double) -> Double {
  let x = abs(x)
  if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
  if x < 2 { return ((a * x - 5 * a) * x + 8 * a) * x - 4 * a }
  return 0
}
