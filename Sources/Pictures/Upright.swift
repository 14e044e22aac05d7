extension Picture {
  /// The picture turned, and mirrored, so that it stands as its EXIF orientation says.
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

/// Where each pixel of an upright picture lies among those stored: `start + x * right + y * down`.
private struct Turn {
  let width: Int
  let height: Int
  let start: Int
  let right: Int
  let down: Int

  /// The turn for an orientation of 2 to 8; those of 5 and more swap the sides. EXIF names where
  /// the first stored row and the first stored column are: 6 is row right, column top.
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
