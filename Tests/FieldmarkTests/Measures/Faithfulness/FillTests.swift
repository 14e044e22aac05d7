import Fieldmark
import Testing

private let planes = Toy.picture()

@Test func aFillHasThePlanesSize() throws {
  let preprocessing = Preprocessing.openAI(32)
  for fill in [.zero, .mean, .blur, .noise(seed: 1), .black(preprocessing)] as [Fill] {
    let filled = fill(planes, Toy.pixels)
    #expect(filled.rows == 3 && filled.columns == planes.columns, "\(fill.name)")
  }
}

@Test func theMeanIsEachColorsOwn() {
  let small = Matrix([[1, 3], [0, 0], [-2, -4]])
  let mean = Fill.mean(small, Grid(width: 2, height: 1))
  #expect(mean == Matrix([[2, 2], [0, 0], [-3, -3]]))
}

@Test func blackIsWhatABlackPictureHas() {
  let preprocessing = Preprocessing.openAI(32)
  let black = Picture(width: 32, height: 32, pixels: [UInt8](repeating: 0, count: 3 * 32 * 32))
  let planes = Matrix(rows: 3, columns: 32 * 32, preprocessing.tensor(of: black))
  #expect(Fill.black(preprocessing)(planes, Grid(width: 32, height: 32)) == planes)
}

@Test func noiseIsNormalAndBelongsToItsSeed() {
  let noise = Fill.noise(seed: 3)(planes, Toy.pixels)
  let mean = noise.elements.reduce(0, +) / Float(noise.elements.count)
  let square = noise.elements.reduce(0) { $0 + $1 * $1 } / Float(noise.elements.count)
  #expect(abs(mean) < 0.1 && abs(square - 1) < 0.15, "\(mean), \(square)")
  #expect(Fill.noise(seed: 3)(planes, Toy.pixels) == noise)
  #expect(Fill.noise(seed: 4)(planes, Toy.pixels) != noise)
}

/// 0.0088326 in the middle, 0.0082665 in the middle of an edge and 0.0077366 in a corner, all of them
/// 1 together.
@Test func theKernelIsRISEs() throws {
  let references = try ToyReferences.read()
  let middle = Fill.kernel[5]
  expectNear(Fill.kernel.map { $0 * middle }, references.kernel, within: 1e-12, "kernel")
  #expect(abs(middle * middle - 0.0088326) < 1e-7)
  #expect(abs(Fill.kernel[0] * Fill.kernel[0] - 0.0077366) < 1e-7)
  #expect(abs(Fill.kernel.reduce(0, +) - 1) < 1e-12)
}

@Test func theBlurredPictureIsRISEs() throws {
  let blurred = Fill.blur(planes, Toy.pixels).elements
  let kept = stride(from: 0, to: blurred.count, by: 7).map { Double(blurred[$0]) }
  expectNear(kept, try ToyReferences.read().blurred, within: 1e-6, "blurred")
}
