/// A zip archive of stored entries, or of deflated ones that claim to unpack to `deflated` bytes.
func zipped(_ entries: [(name: String, bytes: [UInt8])], deflated: Int? = nil) -> [UInt8] {
  func u16(_ value: Int) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8 & 255)] }
  func u32(_ value: Int) -> [UInt8] { u16(value & 0xffff) + u16(value >> 16 & 0xffff) }
  let method = u16(deflated == nil ? 0 : 8)
  var file: [UInt8] = []
  var directory: [UInt8] = []
  for (name, bytes) in entries {
    // method, time, date, checksum, packed and plain size, length of name
    let common =
      method + u16(0) + u16(0) + u32(0) + u32(bytes.count) + u32(deflated ?? bytes.count)
      + u16(name.utf8.count)
    directory += Array("PK\u{1}\u{2}".utf8) + u16(20) + u16(20) + u16(0) + common + u16(0)
    directory += u16(0) + u16(0) + u16(0) + u32(0) + u32(file.count) + name.utf8
    file += Array("PK\u{3}\u{4}".utf8) + u16(20) + u16(0) + common + u16(0) + name.utf8 + bytes
  }
  let end =
    Array("PK\u{5}\u{6}".utf8) + u16(0) + u16(0) + u16(entries.count) + u16(entries.count)
    + u32(directory.count) + u32(file.count) + u16(0)
  return file + directory + end
}
