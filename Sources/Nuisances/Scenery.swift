import Pictures

extension LocatedPicture {
  /// Of a picture, less is not enough to fill the rest in.
  private static let leastScenery = 0.05

  /// The picture without its thing: a little more than the thing is filled in, since masks and boxes
  /// leave a rim of it. Nil where no thing is known, or where next to nothing is seen beside it.
  var scenery: Picture? {
    guard let thing else { return nil }
    let rim = max(1, (min(picture.width, picture.height) + 50) / 100)
    let hole = thing.grown(by: rim)
    guard Double(hole.count) <= (1 - Self.leastScenery) * Double(hole.pixels.count) else {
      return nil
    }
    return picture.filled(in: hole)
  }
}

extension Mask {
  /// With every pixel that is no more than so many steps away, straight or diagonal.
  func grown(by steps: Int) -> Mask {
    var across = [Bool](repeating: false, count: pixels.count)
    var grown = across
    for pixel in pixels.indices where pixels[pixel] {
      let (x, line) = (pixel % width, pixel - pixel % width)
      for other in max(0, x - steps)...min(width - 1, x + steps) { across[line + other] = true }
    }
    for pixel in across.indices where across[pixel] {
      let (x, y) = (pixel % width, pixel / width)
      for other in max(0, y - steps)...min(height - 1, y + steps) {
        grown[other * width + x] = true
      }
    }
    return Mask(width: width, height: height, grown)
  }
}
