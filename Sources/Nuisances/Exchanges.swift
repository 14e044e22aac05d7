import Pictures

/// What takes pixels over from another picture. Both are called with a donor of the same class and
/// with one of the rival, so that what seams and filled places do to a score cancels.
extension LocatedPicture {
  /// Everything outside of the thing from the donor, whose own thing is filled in from around it. Nil
  /// where one of the things is not known, where this one covers everything, or where next to nothing
  /// is seen beside the donor's.
  func withBackground(of donor: LocatedPicture) -> Picture? {
    guard let thing, thing.pixels.contains(false), let scenery = donor.scenery else { return nil }
    return taking(scenery, where: { !thing.pixels[$0] })
  }

  /// The frame and the corners from the donor, but nothing that lies on the thing. Nil where the thing
  /// covers all of them.
  func withFrame(of donor: LocatedPicture) -> Picture? {
    let frame = picture.frame
    let taken = frame.indices.map { frame[$0] && !(thing?.pixels[$0] ?? false) }
    guard taken.contains(true) else { return nil }
    // Where the donor's thing reaches into the frame, what is behind it is taken.
    let donorFrame = donor.picture.frame
    let isTouched =
      donor.thing.map { zip($0.pixels, donorFrame).contains { $0 && $1 } } ?? false
    guard let scenery = isTouched ? donor.scenery : donor.picture else { return nil }
    return taking(scenery, where: { taken[$0] })
  }

  /// A donor of another size is made to fit.
  private func taking(_ donor: Picture, where isTaken: (Int) -> Bool) -> Picture {
    let fitted = donor.resized(width: picture.width, height: picture.height).pixels
    var pixels = picture.pixels
    for pixel in 0..<picture.width * picture.height where isTaken(pixel) {
      for place in 3 * pixel..<3 * pixel + 3 { pixels[place] = fitted[place] }
    }
    return Picture(width: picture.width, height: picture.height, pixels: pixels)
  }
}

extension Picture {
  /// The outer 6 % of the shorter side, and squares of 12.5 % of it in the corners, where dates and
  /// the marks of agencies are.
  fileprivate var frame: [Bool] {
    let shorter = Double(min(width, height))
    let edge = Int((0.06 * shorter).rounded(.up))
    let corner = Int((0.125 * shorter).rounded(.up))
    return (0..<width * height).map { pixel in
      let across = min(pixel % width, width - 1 - pixel % width)
      let down = min(pixel / width, height - 1 - pixel / width)
      return min(across, down) < edge || max(across, down) < corner
    }
  }
}
