import Fieldmark
import Foundation
import Testing

private func resNet(_ precision: Precision = .fp32) throws -> ImageEncoder {
  let path = Fieldmark.Path(ReferenceData.shipped("models/resnet").path)
  return try ImageEncoder(Model(path, in: Caches(Environment([:]))), precision: precision)
}

@Test func theFastWayThroughAResNetIsThePlainOne() throws {
  let encoder = try resNet()
  let sized = try encoder.with(encoder.preprocessing.resized(width: 96, height: 32))
  for (encoder, columns) in [(encoder, 64 * 64), (sized, 96 * 32)] {
    let planes = matrix(3, columns, seed: 1)
    expectClose(
      encoder.layers(planes), encoder.layers.traced(planes).value, within: 1e-5, "\(columns)")
  }
}

@Test func everyTapOfAResNetGoesOnToItsEmbedding() throws {
  let encoder = try resNet()
  let planes = matrix(3, 64 * 64, seed: 2)
  let embedding = encoder.layers(planes)
  #expect(encoder.blocks == 5)
  let shapes = (0..<encoder.blocks).map { block in
    let tap = encoder.tap(planes, block: block)
    expectClose(tap.rest(tap.activation), embedding, within: 1e-5, "tap \(block)")
    return [tap.activation.rows, tap.activation.columns]
  }
  #expect(shapes == [[256, 8], [64, 16], [64, 16], [16, 32], [4, 64]])
}

@Test func severalPicturesAtOnceGetWhatEachGetsAlone() throws {
  let encoder = try resNet()
  let planes = matrix(9, 64 * 64, seed: 3)
  let all = encoder.layers(planes)
  #expect(all.rows == 3)
  for picture in 0..<3 {
    expectClose(
      all.rows(picture..<picture + 1),
      encoder.layers(planes.rows(3 * picture..<3 * picture + 3)), within: 1e-6)
  }
}

@Test func whatAResNetCannotDoIsSaid() throws {
  let encoder = try resNet()
  let message = { (body: () throws -> ImageEncoder) in
    do { return "\(try body().pool)" } catch { return "\(error)" }
  }
  #expect(
    message { try encoder.with(pool: .mean) }
      == """
      pool mean: expected a transformer, whose patches have embeddings of their own, found a \
      ResNet, which has only its attention pool's embedding.
      """)
  #expect(
    message { try encoder.with(encoder.preprocessing.resized(width: 100, height: 64)) }
      == """
      resolution: expected a width that patches of 32 pixels cover, found 100; 96 is the nearest.
      """)
}
