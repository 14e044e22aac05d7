import Ground

/// Timings of an image encoder on pictures that are already prepared.
package struct EncoderBench: Sendable {
  private let encoder: ImageEncoder
  private let planes: Matrix

  package init(_ encoder: ImageEncoder) {
    self.encoder = encoder
    let (width, height) = (encoder.preprocessing.width, encoder.preprocessing.height)
    var state: UInt32 = 1
    planes = Matrix(rows: 3, columns: width * height).mapped { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return Float(state >> 8) / Float(1 << 23) - 1
    }
  }

  /// Returns the pictures per second if they run one after another, each on all cores.
  package func singly(_ count: Int) -> Double {
    rate(count) { for _ in 0..<count { _ = encoder.layers(planes) } }
  }

  /// Returns the pictures per second if each core runs its own picture.
  package func batched(_ count: Int) throws -> Double {
    let seconds = try ContinuousClock().measure {
      _ = try concurrently(count) { [encoder, planes] _ in encoder.layers(planes) }
    }
    return Double(count) / (seconds / .seconds(1))
  }

  /// Returns the speed of a plain large product of 32-bit floats on all cores, in 10^9 operations
  /// per second.
  package func peak() -> Double {
    let (rows, width) = (1536, 1536)
    let layer = EncoderBench.large
    let x = Matrix(rows: rows, columns: width, repeating: 0.5)
    _ = layer(x)
    return 2e-9 * Double(rows * width * width) * rate(8) { for _ in 0..<8 { _ = layer(x) } }
  }

  private static let large = Linear([Float](repeating: 0.5, count: 1536 * 1536), inputs: 1536)

  private func rate(_ count: Int, _ body: () -> Void) -> Double {
    Double(count) / (ContinuousClock().measure(body) / .seconds(1))
  }
}
