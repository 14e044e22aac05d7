import Explaining
import Pictures

extension Heatmap {
  /// The picture with the map over it: where the map has nothing, the picture is as it was; where it
  /// has most, `blend` of what is seen is its color.
  ///
  /// ```swift
  /// try map.overlaid(on: bird).write(to: "epaulets.png")
  /// ```
  ///
  /// What speaks against is clipped, the rest scaled from 0 to 1. Color covers by the square root
  /// of that: in proportion, what is middling hardly showed; one cover for all, as many papers have
  /// it, hides the picture most where there is least to say. What the model did not see is dimmed:
  /// nothing is known there, which is something else than that nothing was found.
  ///
  /// A picture with alpha is drawn without, as the model saw it.
  public func overlaid(
    on picture: Picture, colors: ColorMap = .turbo, blend: Float = 0.6
  ) -> Picture {
    precondition(
      picture.width == width && picture.height == height,
      "A map is drawn over the picture that it is of.")
    let steps = steps
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

  /// The map alone, with alpha: laid over the picture it gives what `overlaid` does. A page with many
  /// maps of one picture holds the picture once.
  public func glaze(colors: ColorMap = .turbo, blend: Float = 0.6) -> Picture {
    let steps = steps
    let glazes = Heatmap.glazes(colors, blend) + [.unseen]
    return Picture(
      width: width, height: height,
      pixels: steps.flatMap { step -> [UInt8] in
        let color = glazes[Int(step)].own
        return [color.red, color.green, color.blue]
      },
      alpha: steps.map { UInt8((glazes[Int($0)].cover * 255).rounded()) })
  }

  /// 0 to 255 for what the model saw, 256 for what it did not.
  private var steps: [UInt16] {
    clipped().scaledToUnit().resized()
      .spread(beyond: 256) { UInt16(($0.withinUnit * 255).rounded()) }
  }

  /// One for each step from 0 to 255.
  static func glazes(_ colors: ColorMap, _ blend: Float = 0.6) -> [Glaze] {
    colors.colors.enumerated().map { step, color in
      Glaze(color, cover: blend.withinUnit * (Float(step) / 255).squareRoot())
    }
  }
}

/// A color that covers part of what is below it.
struct Glaze {
  /// Over what the model did not see.
  static let unseen = Glaze(.black, cover: 0.4)

  let own: Color
  let cover: Float
  /// Red, green, blue times the cover.
  let color: SIMD3<Float>
  /// How much of what is below shows.
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
