import Fieldmark
import Foundation

/// Small pictures whose every pixel is known, and what is done with them in tests of nuisances.
enum Sketch {
  static func picture(
    _ width: Int, _ height: Int, _ color: (_ x: Int, _ y: Int) -> [UInt8]
  ) -> Picture {
    Picture(
      width: width, height: height,
      pixels: (0..<width * height).flatMap { color($0 % width, $0 / width) })
  }

  static func flat(_ width: Int, _ height: Int, _ color: [UInt8]) -> Picture {
    picture(width, height) { _, _ in color }
  }

  static func box(_ width: Int, _ height: Int, _ columns: Range<Int>, _ rows: Range<Int>) -> Mask {
    Mask(
      width: width, height: height,
      (0..<width * height).map { columns.contains($0 % width) && rows.contains($0 / width) })
  }

  /// Hills of brightness with grain, differently for each seed; all bytes lie between 40 and 180.
  static func textured(_ width: Int, _ height: Int, seed: UInt64) -> Picture {
    let grain = numbers(width * height, seed: seed &+ 1)
    let phase = Double(seed % 97)
    return picture(width, height) { x, y in
      let hill = sin(Double(x) / 9 + phase) * cos(Double(y) / 7 + 2 * phase)
      let value = 110 + 45 * hill + 20 * Double(grain[y * width + x])
      return [UInt8(value), UInt8(value * 0.9), UInt8(value * 0.8)]
    }
  }

  /// Every pixel changed, or those in a mask or out of it.
  static func changed(
    _ picture: Picture, where isChanged: (Int) -> Bool = { _ in true },
    _ value: (_ channel: Int, _ byte: Double) -> Double
  ) -> Picture {
    var pixels = picture.pixels
    for pixel in 0..<picture.width * picture.height where isChanged(pixel) {
      for channel in 0..<3 {
        let new = value(channel, Double(pixels[3 * pixel + channel]))
        pixels[3 * pixel + channel] = UInt8(min(max(new, 0), 255).rounded())
      }
    }
    return Picture(width: picture.width, height: picture.height, pixels: pixels)
  }

  /// White, gray or black where a mask is.
  static func painted(_ picture: Picture, _ mask: Mask, _ byte: Double) -> Picture {
    changed(picture, where: { mask.pixels[$0] }, { _, _ in byte })
  }

  /// A class of five textured pictures with a box in the middle.
  static func pictures(
    seed: UInt64 = 0, _ change: (Picture, Mask) -> Picture = { picture, _ in picture }
  )
    throws -> [LocatedPicture]
  {
    let thing = box(64, 48, 16..<48, 12..<36)
    return try (0..<5).map {
      let picture = textured(64, 48, seed: seed &+ UInt64($0))
      return try LocatedPicture(change(picture, thing), thing: thing, shortest: 224)
    }
  }

  static func appearance(_ pictures: [LocatedPicture]) throws -> ClassAppearance {
    guard let found = ClassAppearance(pictures.map(\.appearance)) else {
      throw InputError("a class", expected: "pictures", found: "none")
    }
    return found
  }

  /// The mean distance of their bytes.
  static func distance(_ a: Picture, _ b: Picture) -> Double {
    let sum = zip(a.pixels, b.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    return Double(sum) / Double(a.pixels.count)
  }
}

extension Picture {
  func color(_ x: Int, _ y: Int) -> [UInt8] {
    Array(pixels[3 * (y * width + x)..<3 * (y * width + x) + 3])
  }
}

extension Nuisance {
  /// The change of whatever kind.
  func changed(
    _ picture: LocatedPicture, _ donor: LocatedPicture, _ from: ClassAppearance,
    _ to: ClassAppearance
  ) -> Picture? {
    switch change {
    case .exchange(let change): change(picture, donor)
    case .shift(let change): change(picture, from, to)
    case .single(let change): change(picture)
    }
  }

  func exchanged(_ picture: LocatedPicture, _ donor: LocatedPicture) -> Picture? {
    guard case .exchange(let change) = change else { return nil }
    return change(picture, donor)
  }

  func shifted(
    _ picture: LocatedPicture, from: ClassAppearance, to: ClassAppearance
  ) -> Picture? {
    guard case .shift(let change) = change else { return nil }
    return change(picture, from, to)
  }
}
