import Glibc

/// A resampling filter: how the pixels around a place are weighed to give a new pixel there.
///
/// ```swift
/// bird.resized(width: 224, height: 149, .lanczos)
/// ```
///
/// The formulas are Pillow's, in its order of operations, since models were trained on its results
/// to the last bit. When a picture shrinks, filters widen to cover every stored pixel.
public struct Filter: Sendable {
  public let name: String
  /// How far from its center a filter reaches, in pixels.
  let support: Double
  /// The weight at a distance from the center.
  let weight: @Sendable (Double) -> Double
}

extension Filter {
  /// The mean of the pixels that a new pixel covers.
  public static let box = Filter(name: "box", support: 0.5) { x in
    x > -0.5 && x <= 0.5 ? 1 : 0
  }

  /// Linear interpolation between neighbors.
  public static let bilinear = Filter(name: "bilinear", support: 1) { x in
    max(0, 1 - abs(x))
  }

  /// Keys' cubic with a = -0.5. (R. Keys 1981, equation 15.)
  public static let bicubic = Filter(name: "bicubic", support: 2) { x in
    let a = -0.5
    let x = abs(x)
    if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
    if x < 2 { return (((x - 5) * x + 8) * x - 4) * a }
    return 0
  }

  /// sinc(x) sinc(x / 3).
  public static let lanczos = Filter(name: "lanczos", support: 3) { x in
    -3 <= x && x < 3 ? sinc(x) * sinc(x / 3) : 0
  }

  public static let all = [box, bilinear, bicubic, lanczos]
}

extension Filter: Equatable {
  /// Comparing names is enough, since only this file makes filters.
  public static func == (a: Filter, b: Filter) -> Bool { a.name == b.name }
}

private func sinc(_ x: Double) -> Double { x == 0 ? 1 : sin(x * .pi) / (x * .pi) }
