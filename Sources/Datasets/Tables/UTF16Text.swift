import Ground

extension MappedFile {
  /// The file's text in UTF-8 if it begins with the byte order mark of UTF-16, as Excel's "Unicode
  /// text" does.
  var inUTF8: MappedFile {
    withBytes { bytes in
      let isBigEndian = bytes.starts(with: [0xfe, 0xff])
      guard isBigEndian || bytes.starts(with: [0xff, 0xfe]) else { return self }
      let units = (1..<bytes.count / 2).map { unit in
        let (first, second) = (UInt16(bytes[2 * unit]), UInt16(bytes[2 * unit + 1]))
        return isBigEndian ? first << 8 | second : second << 8 | first
      }
      return MappedFile(Array(String(decoding: units, as: UTF16.self).utf8), named: path)
    }
  }
}
