import CFieldmark

/// Unpacks zlib or gzip data into at most so many bytes. The result is nil if the data is damaged
/// or ends too early. Unpacking stops at the limit, so that a decompression bomb costs no more than
/// that.
package func inflated(_ packed: UnsafeRawBufferPointer, limit: Int) -> [UInt8]? {
  guard let source = packed.baseAddress, limit > 0 else { return nil }
  var isSound = false
  let bytes = [UInt8](unsafeUninitializedCapacity: limit) { out, count in
    guard let target = out.baseAddress else { return }
    let written = fm_inflate(
      source.assumingMemoryBound(to: UInt8.self), packed.count, 0, target, limit)
    isSound = written >= 0
    count = max(0, written)
  }
  return isSound ? bytes : nil
}
