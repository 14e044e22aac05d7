import CFieldmark

/// A mapped zip archive: its entries, and where their bytes begin.
///
/// ```swift
/// let archive = try ZipArchive(MappedFile("ViT-B-16.pt"))
/// archive["archive/data.pkl"]?.count      // 93_514
/// ```
///
/// Only the central directory counts, since PyTorch writes its local headers without sizes. A file
/// that readers understand differently can smuggle content past a check, so everything ambiguous is
/// refused: entries that overlap, that share a name, that are encrypted, that lie on several disks,
/// that are packed otherwise than by deflate, or whose local header has another name. ZIP64 is
/// read. The checksums of entries are not compared, since that would read all of their bytes.
package struct ZipArchive: Sendable {
  package typealias Entry = ZipEntry

  package let file: MappedFile
  package let entries: [Entry]
  private let places: [String: Int]

  package init(_ file: MappedFile) throws {
    let place = file.path.description
    let entries = try file.withBytes { bytes in
      var directory = try ZipDirectory(ZipBytes(bytes: bytes, place: place))
      return try directory.entries()
    }
    self.file = file
    self.entries = entries
    places = try Dictionary(entries.enumerated().map { ($1.name, $0) }) { _, index in
      throw InputError(
        place, expected: "each entry once",
        found: "'\(printable(entries[index].name.utf8))' twice")
    }
  }

  package subscript(name: String) -> Entry? { places[name].map { entries[$0] } }

  /// Returns the bytes of an entry, unpacked. An entry is refused if it claims more bytes than the
  /// limit, or more than 256 MiB and more than 100 times its stored size.
  package func contents(of entry: Entry, limit: Int) throws -> [UInt8] {
    let place = "\(file.path) entry '\(printable(entry.name.utf8))'"
    let isBomb = entry.count > 1 << 28 && entry.count / 100 > entry.stored.count
    guard entry.count <= limit, !isBomb else {
      throw InputError(
        place, expected: "at most \(min(limit, 1 << 28)) bytes", found: "\(entry.count)")
    }
    return try file.withBytes { bytes in
      let stored = UnsafeRawBufferPointer(rebasing: bytes[entry.stored])
      guard entry.isDeflated else { return Array(stored) }
      let contents = [UInt8](unsafeUninitializedCapacity: entry.count + 1) { out, count in
        guard let source = stored.bindMemory(to: UInt8.self).baseAddress,
          let target = out.baseAddress
        else { return }
        count = max(0, fm_inflate(source, stored.count, 1, target, entry.count + 1))
      }
      guard contents.count == entry.count else {
        throw InputError(
          place, expected: "\(entry.count) bytes once unpacked", found: "damaged data")
      }
      return contents
    }
  }
}
