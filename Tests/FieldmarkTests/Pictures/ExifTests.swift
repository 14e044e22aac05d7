import Fieldmark
import Foundation
import Testing

/// The number as two or four bytes, first the greatest or the least.
private func bytes(_ value: Int, _ count: Int, big: Bool) -> [UInt8] {
  let bytes = (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  return big ? bytes.reversed() : bytes
}

/// A TIFF header, the place of the directory, its number of entries, and one entry of it.
private func tiff(
  big: Bool = true, directory: Int = 8, entries: Int = 1, tag: Int = 0x0112, type: Int = 3,
  count: Int = 1, value: Int
) -> [UInt8] {
  let mark: [UInt8] = big ? [0x4d, 0x4d, 0, 0x2a] : [0x49, 0x49, 0x2a, 0]
  let number =
    type == 3 ? bytes(value, 2, big: big) + [0, 0] : bytes(value, 4, big: big)
  return mark + bytes(directory, 4, big: big) + bytes(entries, 2, big: big)
    + bytes(tag, 2, big: big) + bytes(type, 2, big: big) + bytes(count, 4, big: big) + number
}

private let blocks: [(block: [UInt8], orientation: Int)] = [
  (tiff(value: 6), 6),
  (tiff(big: false, value: 3), 3),
  (tiff(type: 4, value: 8), 8),
  (tiff(value: 0), 1),
  (tiff(value: 9), 1),
  (tiff(count: 2, value: 6), 1),
  (tiff(type: 2, value: 6), 1),
  (tiff(tag: 0x0110, value: 6), 1),
  (tiff(entries: 65_535, tag: 0x0110, value: 6), 1),
  (tiff(entries: 0, value: 6), 1),
  (tiff(directory: 0xffff_ffff, value: 6), 1),
  (tiff(directory: 9, value: 6), 1),
  (Array(tiff(value: 6).dropLast(3)), 1),
  (Array(tiff(value: 6).prefix(7)), 1),
  (Array("II*".utf8), 1),
  ([], 1),
]

@Test(arguments: blocks)
func anOrientationIsReadWhereTheBlockHoldsTogether(
  _ block: [UInt8], _ orientation: Int
) throws {
  let file = [UInt8](PictureReference.named("4:4:4.jpg").bytes)
  let content = Array("Exif\0\0".utf8) + block
  let marker: [UInt8] = [0xff, 0xe1] + bytes(content.count + 2, 2, big: true) + content
  let picture = try Picture(bytes: Array(file[..<2]) + marker + file[2...], name: "x.jpg")
  #expect(picture.orientation == orientation)
}
