import CFieldmark
import Fieldmark
import Testing

@Test func aTransposedTensorIsReadColumnByColumn() throws {
  let tensor = Tensor("x", shape: [2, 3], [1, 2, 3, 4, 5, 6])
  #expect(tensor.transposed.shape == [3, 2])
  #expect(try tensor.transposed.floats() == [1, 4, 2, 5, 3, 6])
  #expect(try tensor.transposed.transposed.floats() == tensor.floats())
  #expect(tensor.isContiguous && !tensor.transposed.isContiguous)
}

@Test func rowsAreAViewOfTheSameNumbers() throws {
  let tensor = Tensor("x", shape: [3, 2], [1, 2, 3, 4, 5, 6])
  #expect(try tensor.rows(1..<3).floats() == [3, 4, 5, 6])
  #expect(try tensor.rows(1..<3).transposed.floats() == [3, 5, 4, 6])
  #expect(try tensor.transposed.rows(1..<2).floats() == [2, 4, 6])
  #expect(try tensor.rows(3..<3).floats() == [])
}

@Test func moreAxesAreTurnedAroundToo() throws {
  let tensor = Tensor("x", shape: [2, 3, 4], (0..<24).map(Float.init))
  // numpy.arange(24).reshape(2, 3, 4).T.ravel()
  #expect(
    try tensor.transposed.floats() == [
      0, 12, 4, 16, 8, 20, 1, 13, 5, 17, 9, 21, 2, 14, 6, 18, 10, 22, 3, 15, 7, 19, 11, 23,
    ])
}

@Test func weightsThatAreNotFiniteAreNamed() throws {
  let table: [(Float, String)] = [
    (.nan, "tensor 'x': expected finite numbers, found nan at [1, 2]."),
    (-.infinity, "tensor 'x': expected finite numbers, found -inf at [1, 2]."),
    (.greatestFiniteMagnitude, "no error"),
  ]
  for (value, expected) in table {
    let tensor = Tensor("x", shape: [2, 3], [1, 2, 3, -4, 5, value])
    #expect(sentence { _ = try tensor.finiteFloats() } == expected)
  }
}

@Test func aWrongShapeOrTypeIsOneSentence() {
  let tensor = Tensor("visual.proj", shape: [512, 768], [Float](repeating: 0, count: 512 * 768))
  #expect(
    sentence { _ = try tensor.checked([768, 512]) }
      == "tensor 'visual.proj': expected 768 x 512, found 512 x 768.")
  #expect(
    sentence { _ = try tensor.integers() }
      == "tensor 'visual.proj': expected whole numbers, found type F32.")
}

@Test func everyHalfIsTheSameInHardwareAndPlainC() {
  let halves = (0...UInt16.max).map { $0 }
  var fast = [Float](repeating: 0, count: halves.count)
  var plain = fast
  fm_floats_from_halves(halves, halves.count, &fast)
  fm_floats_from_halves_plainly(halves, halves.count, &plain)
  #expect(fast.map(\.bitPattern) == plain.map(\.bitPattern))
  // The definition of IEEE 754: (-1)^s 2^(e-15) (1 + f/1024), and f/1024 2^-14 where e is 0.
  for half in halves where half & 0x7c00 != 0x7c00 {
    let exponent = Int(half >> 10 & 31)
    let fraction = Float(half & 1023) / 1024
    let size = Float(sign: .plus, exponent: max(exponent, 1) - 15, significand: 1)
    let value = (exponent == 0 ? fraction : 1 + fraction) * size
    #expect(plain[Int(half)] == (half >> 15 == 1 ? -value : value))
  }
  #expect(plain[0x7c00] == .infinity && plain[0xfc00] == -.infinity && plain[0x7e01].isNaN)
}

@Test func everyBfloatIsTheUpperHalfOfAFloat() {
  let bfloats = (0...UInt16.max).map { $0 }
  var floats = [Float](repeating: 0, count: bfloats.count)
  fm_floats_from_bfloats(bfloats, bfloats.count, &floats)
  #expect(floats.map(\.bitPattern) == bfloats.map { UInt32($0) << 16 })
}
