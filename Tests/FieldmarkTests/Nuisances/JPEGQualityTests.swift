import Fieldmark
import Testing

private let picture = Sketch.textured(24, 16, seed: 1)

/// The program writes with libjpeg's own tables.
@Test func everyQualityIsKnownAgain() throws {
  for quality in 1...100 {
    #expect(jpegQuality(of: try picture.jpeg(quality: quality)) == Double(quality))
  }
}

@Test func otherFilesHaveNoQuality() throws {
  #expect(jpegQuality(of: []) == nil)
  #expect(jpegQuality(of: [0xff, 0xd8, 0xff, 0xd9]) == nil)
  #expect(jpegQuality(of: Array("a text".utf8)) == nil)
  #expect(jpegQuality(of: [0xff, 0xd8, 0xff, 0xdb, 0, 1, 0]) == nil)
  #expect(jpegQuality(of: [0xff, 0xd8] + [UInt8](repeating: 0xff, count: 50)) == nil)
}

@Test func aFileThatEndsAnywhereIsNoDanger() throws {
  let file = try picture.jpeg(quality: 60)
  for count in 0..<file.count {
    let found = jpegQuality(of: Array(file.prefix(count)))
    #expect(found == nil || found == 60)
  }
}

/// Photoshop and cameras write tables with numbers of 16 bits, and several tables in one segment.
@Test func tablesMayBeWideAndLieBehindEachOther() throws {
  let file = try picture.jpeg(quality: 37)
  let start = try #require(
    file.indices.first { file[$0] == 0xff && file[$0 + 1] == 0xdb && file[$0 + 4] == 0 })
  let table = Array(file[start + 5..<start + 69])
  let wide: [UInt8] = [0x10] + table.flatMap { step -> [UInt8] in [0, step] }
  let other: [UInt8] = [0x01] + [UInt8](repeating: 1, count: 64)
  let length = 2 + wide.count + other.count
  let head: [UInt8] = [0xff, 0xd8, 0xff, 0xff, 0xdb, UInt8(length >> 8), UInt8(length & 255)]
  #expect(jpegQuality(of: head + other + wide) == 37)
}
