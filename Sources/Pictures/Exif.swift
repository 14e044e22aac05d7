/// EXIF data, of which one number matters here: how the camera was held.
///
///     Exif.orientation(block)      // 6: the left side of what is stored is up
///
/// The block is a small TIFF file, and is often damaged. Whatever does not hold together counts as
/// absent.
enum Exif {
  /// The orientation, 1 to 8, of the picture that a block belongs to.
  static func orientation(_ block: UnsafeRawBufferPointer) -> Int? {
    // The blocks of JPEG files come without this introduction, those of WebP files sometimes with
    // it.
    let introduction = Array("Exif\0\0".utf8)
    let start = block.starts(with: introduction) ? introduction.count : 0
    return TIFF(bytes: UnsafeRawBufferPointer(rebasing: block.dropFirst(start)))?.orientation
  }
}

/// The part of TIFF that EXIF needs: a byte order, and a first directory of twelve-byte entries.
/// (TIFF 6.0, section 2.)
private struct TIFF {
  let bytes: UnsafeRawBufferPointer
  let isBigEndian: Bool

  init?(bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    if bytes.starts(with: [0x49, 0x49, 0x2a, 0]) {
      isBigEndian = false
    } else if bytes.starts(with: [0x4d, 0x4d, 0, 0x2a]) {
      isBigEndian = true
    } else {
      return nil
    }
  }

  var orientation: Int? {
    guard let directory = number(at: 4, bytes: 4), let count = number(at: directory, bytes: 2)
    else { return nil }
    for index in 0..<count {
      let entry = directory + 2 + index * 12
      guard let tag = number(at: entry, bytes: 2) else { return nil }
      if tag == 0x0112 { return value(ofEntryAt: entry) }
    }
    return nil
  }

  /// The value of an entry with a single short or long number, if it is an orientation.
  private func value(ofEntryAt entry: Int) -> Int? {
    guard let type = number(at: entry + 2, bytes: 2), number(at: entry + 4, bytes: 4) == 1,
      let value = type == 3
        ? number(at: entry + 8, bytes: 2)
        : type == 4 ? number(at: entry + 8, bytes: 4) : nil
    else { return nil }
    return (1...8).contains(value) ? value : nil
  }

  /// An unsigned number of up to four bytes; nil if the block ends before it.
  private func number(at place: Int, bytes count: Int) -> Int? {
    guard place >= 0, place <= bytes.count - count else { return nil }
    let digits = bytes[place..<place + count]
    return isBigEndian
      ? digits.reduce(0) { $0 << 8 | Int($1) } : digits.reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
