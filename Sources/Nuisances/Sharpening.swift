import Glibc
import Pictures

extension LocatedPicture {
  /// The two finest bands made as much weaker or stronger as the two classes differ in sharpness. Blur
  /// can be met. What blur took is gone: what is left of it is made stronger by the difference, five
  /// times at the most, which goes only some of the way back.
  func withSharpness(from: ClassAppearance, to: ClassAppearance) -> Picture? {
    let move = from.move(to: to).sharpness
    guard move != .zero else { return picture }
    let factors = picture.brightness.factors(moving: move)
    return Picture(channels: picture.channels.map { $0.changed($0.bands(2).fine, by: factors) })
  }
}

extension PixelPlane {
  private static let rounds = 5
  /// Of the factors' logarithms.
  private static let limits = (least: -4.0, most: log(5.0))

  /// What the bands are multiplied by so that the sharpness moves so far. Bands overlap: a band that is
  /// halved is still seen in its neighbor and measured with it. So what came of a factor is measured, and
  /// what is missing is added to its logarithm. A picture that becomes sharper is not treated so: forced
  /// to the energy that a sharp one has, it would have halos instead of edges.
  fileprivate func factors(moving move: SIMD2<Double>) -> [Float] {
    var logs = PixelPlane.limited(move)
    func factors() -> [Float] { [Float(exp(logs[0])), Float(exp(logs[1]))] }
    guard move[0] < 0 else { return factors() }
    let fine = bands(3).fine
    let all = Array(values.indices)
    let goal = sharpness(of: fine, all) + move
    for _ in 1..<Self.rounds {
      let reached = sharpness(of: changed(fine, by: factors()).bands(3).fine, all)
      logs = PixelPlane.limited(logs + goal - reached)
    }
    return factors()
  }

  private static func limited(_ logs: SIMD2<Double>) -> SIMD2<Double> {
    logs.clamped(
      lowerBound: SIMD2(repeating: limits.least), upperBound: SIMD2(repeating: limits.most))
  }

  /// The plane with its finest bands multiplied, each by its factor.
  fileprivate func changed(_ bands: [PixelPlane], by factors: [Float]) -> PixelPlane {
    var changed = self
    changed.values.withUnsafeMutableBufferPointer { values in
      for (band, factor) in zip(bands, factors) {
        band.values.withUnsafeBufferPointer { band in
          for place in band.indices { values[place] += (factor - 1) * band[place] }
        }
      }
    }
    return changed
  }
}
