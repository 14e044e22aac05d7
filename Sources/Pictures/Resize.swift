import CFieldmark

extension Picture {
  /// Returns the picture at another size. Each byte is the one that Pillow's `resize` gives.
  ///
  /// ```swift
  /// bird.resized(width: 224, height: 149)
  /// ```
  public func resized(width: Int, height: Int, _ filter: Filter = .bicubic) -> Picture {
    resized(width: width, height: height, columns: 0..<width, rows: 0..<height, filter)
  }

  /// Returns a window of the picture at another size. Only what the window needs is computed, and
  /// its bytes are the same as in the whole resized picture. So a picture of 1 x 10,000 pixels, of
  /// which a model sees a square, never becomes 224 x 2,240,000.
  package func resized(
    width: Int, height: Int, columns: Range<Int>, rows: Range<Int>, _ filter: Filter,
    way: fm_way = fm_way_fastest
  ) -> Picture {
    precondition(
      !columns.isEmpty && !rows.isEmpty && columns.lowerBound >= 0 && rows.lowerBound >= 0
        && columns.upperBound <= width && rows.upperBound <= height,
      "The window lies within the resized picture.")
    let across =
      width == self.width
      ? nil : FilterWeights(from: self.width, to: width, window: columns, filter: filter)
    let down =
      height == self.height
      ? nil : FilterWeights(from: self.height, to: height, window: rows, filter: filter)
    // Pillow chooses the order so from version 13 on. Earlier versions always began with the
    // columns, and their bytes can differ by one.
    let rowsFirst =
      height < self.height && self.height - height > (self.width - width) * 2
    func plane(_ bytes: [UInt8], _ channels: Int) -> [UInt8] {
      let stored = Plane(bytes: bytes, width: self.width, channels: channels)
      switch (across, down) {
      case (nil, nil): return stored.cropped(columns: columns, rows: rows).bytes
      case (let across?, nil): return stored.resampledAcross(across, rows: rows, way).bytes
      case (nil, let down?): return stored.resampledDown(down, columns: columns, way).bytes
      case (let across?, let down?) where rowsFirst:
        let needed = across.range
        return stored.resampledDown(down, columns: needed, way)
          .resampledAcross(across.dropping(needed.lowerBound), rows: 0..<rows.count, way).bytes
      case (let across?, let down?):
        let needed = down.range
        return stored.resampledAcross(across, rows: needed, way)
          .resampledDown(down.dropping(needed.lowerBound), columns: 0..<columns.count, way).bytes
      }
    }
    func result(_ pixels: [UInt8], _ alpha: [UInt8]?) -> Picture {
      Picture(
        width: columns.count, height: rows.count, pixels: pixels, alpha: alpha,
        orientation: orientation, notes: notes)
    }
    if let inks {
      return Picture(
        width: columns.count, height: rows.count, inks: plane(inks, 4), orientation: orientation,
        notes: notes)
    }
    guard let alpha else { return result(plane(pixels, 3), nil) }
    if across == nil && down == nil { return result(plane(pixels, 3), plane(alpha, 1)) }
    // Colors of transparent pixels must not bleed into those of visible ones.
    let newAlpha = plane(alpha, 1)
    let weighed = plane(weighedByAlpha(pixels, alpha), 3)
    return result(unweighedByAlpha(weighed, newAlpha), newAlpha)
  }
}

/// Rows of bytes, with one, three or four bytes per pixel.
private struct Plane {
  var bytes: [UInt8]
  var width: Int
  let channels: Int

  private var pitch: Int { width * channels }

  /// Makes new columns from those in a range of rows.
  func resampledAcross(_ taps: FilterWeights, rows: Range<Int>, _ way: fm_way) -> Plane {
    let line = taps.count * channels
    let first = rows.lowerBound * pitch
    return made(width: taps.count, rows: rows.count) { bytes, out in
      taps.withC {
        fm_resample_across(
          $0, bytes + first, pitch, self.bytes.count - first, Int32(channels),
          Int32(rows.count), out, line, way)
      }
    }
  }

  /// Makes new rows from those in a range of columns.
  func resampledDown(_ taps: FilterWeights, columns: Range<Int>, _ way: fm_way) -> Plane {
    let line = columns.count * channels
    return made(width: columns.count, rows: taps.count) { bytes, out in
      taps.withC {
        fm_resample_down(
          $0, bytes + columns.lowerBound * channels, pitch, line, out, line, way)
      }
    }
  }

  func cropped(columns: Range<Int>, rows: Range<Int>) -> Plane {
    let line = columns.count * channels
    return made(width: columns.count, rows: rows.count) { bytes, out in
      for (new, old) in rows.enumerated() {
        let first = old * pitch + columns.lowerBound * channels
        (out + new * line).update(from: bytes + first, count: line)
      }
    }
  }

  private func made(
    width: Int, rows: Int,
    _ fill: (UnsafePointer<UInt8>, UnsafeMutablePointer<UInt8>) -> Void
  ) -> Plane {
    let size = width * rows * channels
    let made = [UInt8](unsafeUninitializedCapacity: size) { out, count in
      bytes.withUnsafeBufferPointer { bytes in
        if let from = bytes.baseAddress, let to = out.baseAddress { fill(from, to) }
      }
      count = size
    }
    return Plane(bytes: made, width: width, channels: channels)
  }
}

/// color x alpha / 255, rounded as Pillow does.
private func weighedByAlpha(_ pixels: [UInt8], _ alpha: [UInt8]) -> [UInt8] {
  [UInt8](unsafeUninitializedCapacity: pixels.count) { out, count in
    for (pixel, cover) in alpha.enumerated() {
      for place in pixel * 3..<pixel * 3 + 3 {
        let product = Int(pixels[place]) * Int(cover) + 128
        out.initializeElement(at: place, to: UInt8((product + product >> 8) >> 8))
      }
    }
    count = pixels.count
  }
}

/// The inverse: color x 255 / alpha, cut off at 255 and rounded down. A color that shows completely
/// or not at all stays as it is.
private func unweighedByAlpha(_ pixels: [UInt8], _ alpha: [UInt8]) -> [UInt8] {
  [UInt8](unsafeUninitializedCapacity: pixels.count) { out, count in
    for (pixel, cover) in alpha.enumerated() {
      for place in pixel * 3..<pixel * 3 + 3 {
        let color =
          cover == 0 || cover == 255
          ? pixels[place] : UInt8(min(255, 255 * Int(pixels[place]) / Int(cover)))
        out.initializeElement(at: place, to: color)
      }
    }
    count = pixels.count
  }
}
