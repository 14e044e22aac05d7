import Explaining
import Pictures

extension Heatmap {
  /// Draws the map over the picture. Where the map is 0, the picture is unchanged; where it is
  /// highest, the map's color has the share `blend` of what is seen.
  ///
  /// ```swift
  /// try map.overlaid(on: bird).write(to: "epaulets.png")
  /// ```
  ///
  /// Negative values are clipped, and the others are scaled to 0...1, or from 0 to `scale` where several
  /// maps share one. The color's opacity is the
  /// square root of this. With a proportional opacity, medium values hardly showed; with a constant
  /// opacity, as in many papers, the picture is hidden most where the map has least to say. What
  /// the model did not see is dimmed: nothing is known about it, which is different from a map of
  /// 0.
  ///
  /// The alpha of a picture is ignored: the model saw the picture without it.
  public func overlaid(
    on picture: Picture, colors: ColorMap = .turbo, blend: Float = 0.6, scale top: Float? = nil
  ) -> Picture {
    precondition(
      picture.width == width && picture.height == height,
      "A map is drawn over the picture that it is of.")
    let steps = steps(top)
    let glazes = Heatmap.glazes(colors, blend) + [.unseen]
    let pixels = glazes.withUnsafeBufferPointer { glazes in
      picture.pixels.withUnsafeBufferPointer { pixels in
        [UInt8](unsafeUninitializedCapacity: pixels.count) { out, count in
          for (place, step) in steps.enumerated() {
            for channel in 0..<3 {
              let mixed = glazes[Int(step)].over(pixels[3 * place + channel], channel)
              out.initializeElement(at: 3 * place + channel, to: mixed)
            }
          }
          count = pixels.count
        }
      }
    }
    return Picture(
      width: width, height: height, pixels: pixels, orientation: picture.orientation,
      notes: picture.notes)
  }

  /// The map alone, with alpha. Laid over the picture it looks as in `overlaid`, so a page with
  /// many maps of one picture needs to contain the picture only once.
  public func glaze(colors: ColorMap = .turbo, blend: Float = 0.6) -> Picture {
    let steps = steps(nil)
    let glazes = Heatmap.glazes(colors, blend) + [.unseen]
    return Picture(
      width: width, height: height,
      pixels: steps.flatMap { step -> [UInt8] in
        let color = glazes[Int(step)].own
        return [color.red, color.green, color.blue]
      },
      alpha: steps.map { UInt8((glazes[Int($0)].cover * 255).rounded()) })
  }

  /// Steps from 0 to 255 for what the model saw, and 256 for what it did not see.
  private func steps(_ top: Float?) -> [UInt16] {
    inUnit(top).resized().spread(beyond: 256) { UInt16(($0.withinUnit * 255).rounded()) }
  }

  /// The glaze of each step from 0 to 255.
  static func glazes(_ colors: ColorMap, _ blend: Float = 0.6) -> [Glaze] {
    colors.colors.enumerated().map { step, color in
      Glaze(color, cover: blend.withinUnit * (Float(step) / 255).squareRoot())
    }
  }
}

/// A color that partly covers what is below it.
struct Glaze {
  /// The glaze over what the model did not see.
  static let unseen = Glaze(.black, cover: 0.4)

  let own: Color
  let cover: Float
  /// Red, green and blue, multiplied by the opacity.
  let color: SIMD3<Float>
  /// The share of what is below that remains visible.
  let rest: Float

  init(_ color: Color, cover: Float) {
    (own, self.cover) = (color, cover)
    self.color = cover * [Float(color.red), Float(color.green), Float(color.blue)]
    rest = 1 - cover
  }

  func over(_ below: UInt8, _ channel: Int) -> UInt8 {
    UInt8((rest * Float(below) + color[channel]).rounded())
  }

  func over(_ below: Color) -> Color {
    Color(red: over(below.red, 0), green: over(below.green, 1), blue: over(below.blue, 2))
  }
}
