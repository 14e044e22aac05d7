import Pictures

/// One number for each pixel: a channel of a picture, or its brightness.
///
///     let bands = picture.brightness.bands(2)
///     bands.fine[0]      // what is lost by the first blur: the finest detail
///     bands.rest         // what is left behind the last; all added up are the plane again
struct PixelPlane: Equatable, Sendable {
  let width: Int
  let height: Int
  var values: [Float]

  /// The plane taken apart into ever coarser detail: a Laplacian pyramid whose bands keep the
  /// picture's size. Each blur weighs pixels 1 4 6 4 1, twice as far apart as the one before. (Starck,
  /// Murtagh, Bijaoui 1998, "the à trous algorithm".)
  func bands(_ count: Int) -> (fine: [PixelPlane], rest: PixelPlane) {
    var (fine, rest) = ([PixelPlane](), self)
    for level in 0..<count {
      let blurred = rest.blurred(1 << level)
      fine.append(rest.less(blurred))
      rest = blurred
    }
    return (fine, rest)
  }

  private func less(_ other: PixelPlane) -> PixelPlane {
    PixelPlane(width: width, height: height, values: zip(values, other.values).map { $0 - $1 })
  }

  /// Beyond the edges the outermost pixels go on.
  private func blurred(_ step: Int) -> PixelPlane {
    let across = made { values, row, out in
      let line = values + row * width
      func edge(_ x: Int) -> Float {
        func at(_ offset: Int) -> Float { line[min(max(x + offset * step, 0), width - 1)] }
        return weighed(at(-2), at(-1), at(0), at(1), at(2))
      }
      let middle = min(2 * step, width)..<max(min(2 * step, width), width - 2 * step)
      for x in 0..<middle.lowerBound { out[x] = edge(x) }
      for x in middle {
        let place = line + x
        out[x] = weighed(
          place[-2 * step], place[-step], place[0], place[step], place[2 * step])
      }
      for x in middle.upperBound..<width { out[x] = edge(x) }
    }
    return across.made { values, row, out in
      func line(_ offset: Int) -> UnsafePointer<Float> {
        values + min(max(row + offset * step, 0), height - 1) * width
      }
      let (a, b, c, d, e) = (line(-2), line(-1), line(0), line(1), line(2))
      for x in 0..<width { out[x] = weighed(a[x], b[x], c[x], d[x], e[x]) }
    }
  }

  /// A plane of the same size, row by row.
  private func made(
    _ row: (UnsafePointer<Float>, Int, UnsafeMutablePointer<Float>) -> Void
  ) -> PixelPlane {
    let made = [Float](unsafeUninitializedCapacity: values.count) { out, count in
      values.withUnsafeBufferPointer { values in
        guard let from = values.baseAddress, let to = out.baseAddress else { return }
        for y in 0..<height { row(from, y, to + y * width) }
      }
      count = values.count
    }
    return PixelPlane(width: width, height: height, values: made)
  }
}

@inline(__always)
private func weighed(_ a: Float, _ b: Float, _ c: Float, _ d: Float, _ e: Float) -> Float {
  (a + e) * 0.0625 + (b + d) * 0.25 + c * 0.375
}

extension Picture {
  /// Red, green and blue.
  var channels: [PixelPlane] {
    (0..<3).map { channel in
      plane { Float($0[channel]) }
    }
  }

  /// 0.299 red + 0.587 green + 0.114 blue. (ITU-R BT.601)
  var brightness: PixelPlane {
    plane { 0.299 * Float($0[0]) + 0.587 * Float($0[1]) + 0.114 * Float($0[2]) }
  }

  private func plane(_ value: (UnsafePointer<UInt8>) -> Float) -> PixelPlane {
    let values = [Float](unsafeUninitializedCapacity: width * height) { values, count in
      pixels.withUnsafeBufferPointer { pixels in
        guard let first = pixels.baseAddress else { return }
        for pixel in 0..<width * height {
          values.initializeElement(at: pixel, to: value(first + 3 * pixel))
        }
      }
      count = width * height
    }
    return PixelPlane(width: width, height: height, values: values)
  }

  /// Of red, green and blue, rounded and cut off at 0 and 255.
  init(channels: [PixelPlane]) {
    let (width, height) = (channels[0].width, channels[0].height)
    var pixels = [UInt8](repeating: 0, count: 3 * width * height)
    pixels.withUnsafeMutableBufferPointer { pixels in
      for (channel, plane) in channels.enumerated() {
        plane.values.withUnsafeBufferPointer { values in
          for pixel in values.indices { pixels[3 * pixel + channel] = byte(values[pixel]) }
        }
      }
    }
    self.init(width: width, height: height, pixels: pixels)
  }

  /// The picture with each byte of a channel become another.
  func mapped(_ value: (_ channel: Int, _ byte: Float) -> Float) -> Picture {
    let answers = (0..<3).flatMap { channel in (0..<256).map { byte(value(channel, Float($0))) } }
    let mapped = [UInt8](unsafeUninitializedCapacity: pixels.count) { mapped, count in
      pixels.withUnsafeBufferPointer { pixels in
        answers.withUnsafeBufferPointer { answers in
          for pixel in 0..<width * height {
            for channel in 0..<3 {
              let place = 3 * pixel + channel
              mapped.initializeElement(
                at: place, to: answers[256 * channel + Int(pixels[place])])
            }
          }
        }
      }
      count = pixels.count
    }
    return Picture(width: width, height: height, pixels: mapped)
  }
}

@inline(__always)
private func byte(_ value: Float) -> UInt8 { UInt8(min(max(value, 0), 255).rounded()) }
