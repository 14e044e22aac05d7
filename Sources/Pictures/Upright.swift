extension Picture {
  /// Returns the picture turned and mirrored as its EXIF orientation says, so that it is upright.
  func turned(upright: Bool) -> Picture {
    guard upright, let turn = Turn(orientation: orientation, width: width, height: height) else {
      return self
    }
    return Picture(
      width: turn.width, height: turn.height, pixels: turn.applied(to: pixels, channels: 3),
      alpha: alpha.map { turn.applied(to: $0, channels: 1) },
      colorAlpha: colorAlpha.map { turn.applied(to: $0, channels: 1) },
      inks: inks.map { turn.applied(to: $0, channels: 4) }, orientation: orientation,
      notes: notes + ["turned upright (EXIF orientation \(orientation))"])
  }
}

/// The turn of a stored picture: the pixel (x, y) of the upright one lies at `start + x * right + y
/// * down`.
private struct Turn {
  let width: Int
  let height: Int
  let start: Int
  let right: Int
  let down: Int

  /// Creates the turn for an orientation of 2 to 8; from 5 on, the sides are swapped. EXIF tells
  /// where the first stored row and the first stored column are: in 6 the row is right and the
  /// column is top.
  init?(orientation: Int, width w: Int, height h: Int) {
    let last = (column: w - 1, row: (h - 1) * w)
    switch orientation {
    case 2: (start, right, down) = (last.column, -1, w)
    case 3: (start, right, down) = (last.column + last.row, -1, -w)
    case 4: (start, right, down) = (last.row, 1, -w)
    case 5: (start, right, down) = (0, w, 1)
    case 6: (start, right, down) = (last.row, -w, 1)
    case 7: (start, right, down) = (last.column + last.row, -w, -1)
    case 8: (start, right, down) = (last.column, w, -1)
    default: return nil
    }
    (width, height) = orientation < 5 ? (w, h) : (h, w)
  }

  func applied(to stored: [UInt8], channels: Int) -> [UInt8] {
    stored.withUnsafeBufferPointer { stored in
      [UInt8](unsafeUninitializedCapacity: stored.count) { turned, count in
        for y in 0..<height {
          var from = start + y * down
          for _ in 0..<width {
            for channel in 0..<channels {
              turned.initializeElement(at: count, to: stored[from * channels + channel])
              count += 1
            }
            from += right
          }
        }
      }
    }
  }
}
