import Fieldmark
import Testing

/// A stage that shrinks and one that does not, as in a model.
private func stack(_ precision: Precision) -> Bottlenecks {
  let (large, small) = (Grid(width: 12, height: 8), Grid(width: 6, height: 4))
  return Bottlenecks([
    .example(
      inputs: 16, inner: 16, outputs: 64, stride: 1, on: large, seed: 1, precision: precision),
    .example(
      inputs: 64, inner: 16, outputs: 64, stride: 1, on: large, seed: 11, precision: precision),
    .example(
      inputs: 64, inner: 32, outputs: 128, stride: 2, on: large, seed: 21, precision: precision),
    .example(
      inputs: 128, inner: 32, outputs: 128, stride: 1, on: small, seed: 31, precision: precision),
  ])
}

@Test(arguments: [1, 3])
func theFastWayThroughBottlenecksIsThePlainOne(pictures: Int) {
  let x = matrix(pictures * 96, 16, seed: 2)
  let blocks = stack(.fp32)
  expectClose(blocks(x), blocks.plain(x), within: 2e-6)
}

@Test(.enabled(if: Precision.bf16.isSupported, "needs a processor with bfloat16"))
func roundedBottlenecksStayNearTheReference() {
  let x = matrix(2 * 96, 16, seed: 3)
  let (reference, rounded) = (stack(.fp32)(x), stack(.bf16))
  expectClose(rounded(x), reference, within: 1e-2)
  expectClose(rounded.plain(x), reference, within: 1e-2)
}

@Test func bottlenecksServePicturesOfOtherSizes() {
  let block = stack(.fp32).blocks[2].on(Grid(width: 4, height: 10))
  #expect(block.result == Grid(width: 2, height: 5))
  let x = matrix(40, 64, seed: 4)
  expectClose(block(x), block.plain(x), within: 2e-6)
}
