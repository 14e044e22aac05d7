import Pictures

extension LocatedPicture {
  /// The thing made as much larger or smaller as those of the two classes differ, between half and
  /// twice. To make it larger, the picture is enlarged and cut around the thing. To make it smaller, the
  /// picture is shrunk, and goes on beyond its edges as the mirror image of what surrounds the thing,
  /// so that no second thing is seen there. Less than 3 % leaves it as it is. Nil where the size of the
  /// things is not known, or where a thing that is to shrink has next to no surroundings.
  func withScale(from: ClassAppearance, to: ClassAppearance) -> Picture? {
    guard let thing, let factor = from.scale(to: to) else { return nil }
    guard abs(factor - 1) >= 0.03 else { return picture }
    guard let surroundings = factor > 1 ? picture : scenery else { return nil }
    let (width, height) = (picture.width, picture.height)
    let across = ScaledSide(
      width, by: factor, thing: thing.extent { pixel in pixel % width })
    let down = ScaledSide(
      height, by: factor, thing: thing.extent { pixel in pixel / width })
    func scaled(_ picture: Picture) -> [UInt8] {
      picture.resized(
        width: across.scaled, height: down.scaled, columns: across.window, rows: down.window,
        .bicubic
      ).pixels
    }
    let (inside, outside) = (scaled(picture), scaled(surroundings))
    var pixels: [UInt8] = []
    pixels.reserveCapacity(picture.pixels.count)
    for y in down.places {
      for x in across.places {
        let place = 3 * (y.place * across.window.count + x.place)
        pixels += (x.isInside && y.isInside ? inside : outside)[place..<place + 3]
      }
    }
    return Picture(width: width, height: height, pixels: pixels)
  }
}

/// One side of a picture that is scaled and then seen through a window of the old size.
private struct ScaledSide {
  /// The new length of the side.
  let scaled: Int
  /// What is seen of it.
  let window: Range<Int>
  /// Where in the window each of the old side's pixels comes from, and whether it lies there itself
  /// or is the mirror image of what does.
  let places: [(place: Int, isInside: Bool)]

  /// The middle of the thing stays where it is, and moves only to keep all of the thing in sight.
  init(_ side: Int, by factor: Double, thing: ClosedRange<Int>) {
    let scaled = max(1, Int((Double(side) * factor).rounded()))
    let ratio = Double(scaled) / Double(side)
    let (first, end) = (
      Double(thing.lowerBound) * ratio, Double(thing.upperBound + 1) * ratio
    )
    let middle = (first + end) / 2
    var start = middle - middle / ratio
    if scaled > side, end - first <= Double(side) {
      start = min(max(start, end - Double(side)), first)
    }
    let offset = Int(start.rounded())
    let limits = min(0, scaled - side)...max(0, scaled - side)
    let begin = min(max(offset, limits.lowerBound), limits.upperBound)
    self.scaled = scaled
    window = max(0, begin)..<min(scaled, begin + side)
    let length = window.count
    let lost = max(0, begin) - begin
    // ... 1 0 | 0 1 ... length - 1 | length - 1 ...
    places = (0..<side).map { place in
      let turn = ((place - lost) % (2 * length) + 2 * length) % (2 * length)
      return (min(turn, 2 * length - 1 - turn), (0..<length).contains(place - lost))
    }
  }
}

extension Mask {
  /// From the first to the last column or row with a pixel of it; there is at least one.
  fileprivate func extent(_ line: (Int) -> Int) -> ClosedRange<Int> {
    var (first, last) = (Int.max, 0)
    for pixel in pixels.indices where pixels[pixel] {
      first = min(first, line(pixel))
      last = max(last, line(pixel))
    }
    return min(first, last)...last
  }
}
