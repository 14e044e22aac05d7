import Fieldmark
import Testing

private func map(
  _ values: [[Float]], _ width: Int, _ height: Int, region: Region? = nil
) -> Heatmap {
  let all = Region(x: 0, y: 0, width: Double(width), height: Double(height))
  return Heatmap(Matrix(values), region: region ?? all, width: width, height: height)
}

/// The example of PyTorch's own documentation:
/// `nn.Upsample(scale_factor=2, mode="bilinear")(torch.tensor([[[[1., 2.], [3., 4.]]]]))`
@Test func resizingEqualsPyTorchsBilinearInterpolation() {
  let pixels = map([[1, 2], [3, 4]], 4, 4).resized()
  #expect(pixels.rows == 0..<4 && pixels.columns == 0..<4)
  #expect(
    pixels.values
      == Matrix([
        [1, 1.25, 1.75, 2], [1.5, 1.75, 2.25, 2.5], [2.5, 2.75, 3.25, 3.5], [3, 3.25, 3.75, 4],
      ]))
}

@Test func aGridOfThePicturesSizeStaysWhatItIs() {
  let values: [[Float]] = [[-1, 2, 7], [0, 0.5, 3]]
  #expect(map(values, 3, 2).resized().values == Matrix(values))
}

@Test func aGridOfOneCellIsTheSameEverywhere() {
  #expect(map([[3]], 3, 2).resized().values == Matrix(rows: 2, columns: 3, repeating: 3))
}

@Test func whatTheModelDidNotSeeHasNoValue() {
  let middle = map([[1, 3]], 6, 2, region: Region(x: 1, y: 0, width: 4, height: 2)).resized()
  #expect(middle.columns == 1..<5 && middle.rows == 0..<2)
  #expect(middle.values == Matrix([[1, 1.5, 2.5, 3], [1, 1.5, 2.5, 3]]))
  #expect(middle.mask(above: 1.4).pixels.prefix(6) == [false, false, true, true, true, false])
}

@Test func aPixelIsSeenWhereItsMiddleIs() {
  let region = Region(x: 0.5, y: 0.75, width: 3, height: 1)
  let pixels = map([[1]], 5, 3, region: region).resized()
  #expect(pixels.columns == 0..<3 && pixels.rows == 1..<2)
}

@Test func cellsBeyondThePicturesEdgeFallAway() {
  let region = Region(x: 0, y: -1, width: 2, height: 4)
  let pixels = map([[0], [1], [2], [3]], 2, 2, region: region).resized()
  #expect(pixels.rows == 0..<2 && pixels.values == Matrix([[1, 1], [2, 2]]))
  let far = map([[1]], 2, 2, region: Region(x: 9, y: 0, width: 2, height: 2)).resized()
  #expect(far.columns.isEmpty && far.mask(above: 0).pixels == [false, false, false, false])
}

@Test func graysGoFromBlackToWhiteAndNothingElseTraps() {
  let pixels = map([[0, 0.25, 1, 7, -3, .nan, .infinity]], 7, 1).resized()
  guard case .gray16(let grays) = pixels.gray else { return #expect(Bool(false)) }
  #expect(grays.prefix(5) == [0, 16384, 65535, 65535, 0])
}
