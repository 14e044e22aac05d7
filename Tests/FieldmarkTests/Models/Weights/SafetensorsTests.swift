import Fieldmark
import Foundation
import Testing

@Test func aHeaderAndItsDataBecomeTensors() throws {
  let checkpoint = try Checkpoint(
    safetensors: made(
      #"{"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[1,2],"data_offsets":[2,10]},"#
        + #""a":{"dtype":"F16","shape":[],"data_offsets":[0,2]}}"#,
      [0x00, 0xc0, 0, 0, 0x80, 0x3f, 0, 0, 0, 0x40]))
  #expect(checkpoint.names == ["a", "b"])
  #expect(checkpoint.metadata == ["format": "pt"])
  #expect(checkpoint.format == .safetensors)
  #expect(try checkpoint.tensor("a").floats() == [-2])
  #expect(try checkpoint.tensor("b").floats() == [1, 2])
  #expect(try checkpoint.tensor("b").shape == [1, 2])
  #expect(checkpoint["c"] == nil)
  #expect(
    sentence { _ = try checkpoint.tensor("c") }
      == "x.safetensors: expected a tensor 'c', found none of that name among 2.")
}

@Test(arguments: [
  (
    #"{"a":{"dtype":"Q8","shape":[4],"data_offsets":[0,4]}}"#,
    "tensor 'a': expected an element type of safetensors, found 'Q8'."
  ),
  (
    #"{"a":{"shape":[4],"data_offsets":[0,4]}}"#,
    "tensor 'a' 'dtype': expected a text, found nothing."
  ),
  (
    #"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#,
    "tensor 'a' 'shape': expected whole numbers from 0 on, found -1."
  ),
  (
    #"{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}"#,
    "tensor 'a' 'shape': expected whole numbers from 0 on, found 1.0."
  ),
  (
    #"{"a":{"dtype":"F32","shape":[18446744073709551617],"data_offsets":[0,4]}}"#,
    "tensor 'a' 'shape': expected whole numbers from 0 on, found 18446744073709551617."
  ),
  (
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#,
    "tensor 'a' 'data_offsets': expected where its data begin and end, found [4,0]."
  ),
  (
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}"#,
    "x.safetensors: expected 8 bytes of tensors, found 4; the file may be cut off."
  ),
  (
    #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#,
    "tensor 'a': expected 2 of type F32 within its data, found 4 bytes."
  ),
  (
    #"{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,4]}}"#,
    "tensor 'a': expected 3 bytes for its shape, found 4."
  ),
  (
    #"{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,4]}}"#,
    "tensor 'a': expected 3 of type F4 within its data, found 4 bytes."
  ),
  (
    #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}"#,
    "tensor 'a': expected a shape and strides that 64 bits can count, "
      + "found 4611686018427387904 x 4."
  ),
  (
    #"{"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]},"#
      + #""b":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}"#,
    "tensor 'b': expected data from 2 on, where the one before ends, found data from 0 on."
  ),
  ("[]", "x.safetensors: expected a header that is an object, found an array."),
  (
    #"{"__metadata__":{"n":1},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
    "x.safetensors '__metadata__' 'n': expected a text, found 1."
  ),
  ("{", "x.safetensors line 1, column 2: expected a key in quotes, found the end of the text."),
  (
    #"{"a":{"dtype":[[[]]]}}"#,
    "x.safetensors line 1, column 17: expected at most 4 levels, found one more."
  ),
])
func aWrongHeaderIsOneSentence(header: String, expected: String) {
  #expect(
    sentence { _ = try Checkpoint(safetensors: made(header, [0, 0, 0, 0])) } == expected)
}

@Test func aWrongLengthIsOneSentence() {
  let table: [([UInt8], String)] = [
    ([1], "x: expected safetensors, which begin with a length in 8 bytes, found 1 bytes."),
    (
      [1, 0, 0, 0, 0, 0, 0, 0x80, 0],
      "x: expected a header of at most 100000000 bytes, found one of 9223372036854775809."
    ),
    (
      [9, 0, 0, 0, 0, 0, 0, 0, 0x7b],
      "x: expected a header of 9 bytes, found 1; the file may be cut off."
    ),
  ]
  for (bytes, expected) in table {
    #expect(
      sentence { _ = try Checkpoint(safetensors: MappedFile(bytes, named: "x")) } == expected)
  }
}

@Test func whatIsWrittenIsReadBack() throws {
  try inTemporaryFolder { folder in
    let tensors = [
      Tensor("b", shape: [2, 3], [1, 2, 3, 4, 5, 6]), Tensor("é\"", shape: [], [7]),
      Tensor("a", shape: [0, 4], []), Tensor("c", shape: [2, 2], [1, 2, 3, 4]).transposed,
    ]
    let path = folder / "x.safetensors"
    try writeSafetensors(tensors, metadata: ["epoch": "3"], to: path)
    let checkpoint = try Checkpoint(path)
    #expect(checkpoint.metadata == ["epoch": "3"])
    #expect(checkpoint.names == ["a", "b", "c", "é\""])
    for tensor in tensors {
      let read = try checkpoint.tensor(tensor.name)
      #expect(read.shape == tensor.shape)
      #expect(try read.floats() == tensor.floats())
    }
    let again = folder / "y.safetensors"
    try writeSafetensors(
      checkpoint.names.compactMap { checkpoint[$0] }, metadata: checkpoint.metadata, to: again)
    #expect(try again.read(limit: 1 << 20) == path.read(limit: 1 << 20))
    #expect(
      sentence { try writeSafetensors([tensors[0], tensors[0]], to: path) }
        == "\(path): expected each tensor once, found tensor 'b' twice.")
  }
}

@Test func noHeaderTraps() throws {
  var random = SystemRandomNumberGenerator()
  let header = #"{"__metadata__":{"f":"p"},"a":{"dtype":"F16","shape":[1,2],"data_offsets":[0,4]}}"#
  let seed = made(header, [1, 2, 3, 4]).withBytes(Array.init)
  for _ in 0..<20_000 {
    var bytes = seed
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      bytes[place] =
        Bool.random(using: &random) ? .random(in: 0...255, using: &random) : bytes[place] ^ 1
    }
    if let checkpoint = try? Checkpoint(safetensors: MappedFile(bytes, named: "x")) {
      for name in checkpoint.names { _ = try? checkpoint.tensor(name).floats() }
    }
  }
}

/// Every case, accepted and refused as safetensors 0.8.0 did, with as many tensors.
@Test(.enabled(if: ReferenceData.present, "needs FIELDMARK_REFERENCES"))
func malformedFilesAreRefusedAsTheReferenceReaderDoes() throws {
  struct Cases: Decodable {
    struct Case: Decodable {
      let name: String
      let hex: String
      let verdict: String

      enum CodingKeys: String, CodingKey {
        case name, hex
        case verdict = "safetensors_python"
      }
    }
    let cases: [Case]
  }
  let cases = try ReferenceData.json(Cases.self, "data/safetensors_malformed.json").cases
  #expect(cases.count == 35)
  for test in cases {
    let digits = Array(test.hex)
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(digits[$0...$0 + 1]), radix: 16)
    }
    let checkpoint = try? Checkpoint(safetensors: MappedFile(bytes, named: Path(test.name)))
    let verdict = checkpoint.map { "ok:\($0.names.count)" }
    if test.verdict.hasPrefix("ok") {
      #expect(verdict == test.verdict, "\(test.name)")
    } else {
      #expect(verdict == nil, "\(test.name)")
    }
  }
}

/// What safetensors and NumPy say of the same four files:
///
///     for name, t in safetensors.numpy.load_file(path).items(): print(t.shape, t.ravel().tolist())
@Test(
  .enabled(if: ReferenceData.present, "needs FIELDMARK_REFERENCES"),
  arguments: [
    ("1d-int32", [3], [1, 2, 3]),
    ("2d-float64", [2, 3], [1, 2, 3, 24, 25, 26]),
    ("3d-float32", [2, 2, 3], [22, 23, 24, 11, 12, 13, 2, 3, 4, 1, 2, 3]),
    (
      "4d-float32", [2, 3, 1, 3],
      [11, 12, 13, 1, 2, 3, 4, 5, 6, 22, 23, 24, 15, 16, 17, 17, 18, 19]
    ),
  ] as [(String, [Int], [Float])])
func filesOfAnotherWriterAreRead(name: String, shape: [Int], values: [Float]) throws {
  let checkpoint = try Checkpoint(
    ReferenceData.path("data/suites/swift-transformers-safetensors/tensor-\(name).safetensors"))
  let tensor = try checkpoint.tensor("embedding")
  #expect(checkpoint.names == ["embedding"])
  #expect(tensor.shape == shape)
  #expect(try tensor.floats() == values)
}

/// A file in memory: the header's length, the header, the data.
private func made(_ header: String, _ data: [UInt8]) -> MappedFile {
  let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian, Array.init)
  return MappedFile(length + header.utf8 + data, named: "x.safetensors")
}
