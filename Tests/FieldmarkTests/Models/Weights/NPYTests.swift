import Fieldmark
import Foundation
import Testing

/// python3 References/make_stores.py Tests/References/stores
private struct Answer: Decodable {
  let shape: [Int]
  let values: [Float]
}

@Test func arraysGiveTheNumbersThatNumPyReads() throws {
  let answers = try ReferenceData.shipped([String: Answer].self, "stores/arrays.json")
  #expect(answers.count == 12)
  let stored = try Checkpoint(shipped("stored.npz"))
  let packed = try Checkpoint(shipped("packed.npz"))
  #expect(stored.format == .numpy && stored.names == packed.names)
  for (name, answer) in answers {
    let alone = try Tensor(npy: shipped(name + ".npy"))
    for tensor in try [alone, stored.tensor(name), packed.tensor(name)] {
      #expect(tensor.shape == answer.shape, "\(name)")
      #expect(try tensor.floats() == answer.values, "\(name)")
    }
  }
}

/// The space says that Fieldmark wrote it; NumPy takes it as it takes its own.
@Test func whatIsWrittenIsNumPysButForASpace() throws {
  try inTemporaryFolder { folder in
    for name in ["plain", "half", "double", "long", "byte", "truth", "scalar", "empty"] {
      let tensor = try Tensor(npy: shipped(name + ".npy"))
      try writeNPY(tensor, to: folder / "x.npy")
      #expect(
        try withoutSpace(folder / "x.npy") == shipped(name + ".npy").read(limit: 1000), "\(name)")
    }
    let fortran = try Tensor(npy: shipped("fortran.npy"))
    try writeNPY(fortran, to: folder / "x.npy")
    #expect(try withoutSpace(folder / "x.npy") == shipped("plain.npy").read(limit: 1000))
  }
}

/// With the space behind the brace among those before the line's end.
private func withoutSpace(_ path: Fieldmark.Path) throws -> [UInt8] {
  var bytes = try path.read(limit: 1000)
  let end = try #require(bytes.firstIndex(of: 0x0a))
  #expect(bytes[11] == 0x20)
  bytes.remove(at: 11)
  bytes.insert(0x20, at: end - 1)
  return bytes
}

@Test(arguments: [
  (
    "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }",
    "expected numbers of a type that is read, found Python objects, which only a pickle could give."
  ),
  (
    "{'descr': '<U5', 'fortran_order': False, 'shape': (1,), }",
    "expected numbers of a type that is read, found '<U5'."
  ),
  (
    "{'descr': '|f4', 'fortran_order': False, 'shape': (1,), }",
    "expected numbers of a type that is read, found '|f4'."
  ),
  (
    "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }",
    "header byte 10: expected a text, True, False or a tuple of sizes, found '[('a', '<f4')], 'for'."
  ),
  (
    "{'descr': '<f4', 'fortran_order': False}",
    "expected 'descr', 'fortran_order' and 'shape', found other fields or values."
  ),
  (
    "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'x': True}",
    "expected 'descr', 'fortran_order' and 'shape', found other fields or values."
  ),
  ("{'descr': '<f4', 'descr': '<f4'}", "header byte 31: expected each key once, found '}'."),
  (
    "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}",
    "header byte 51: expected sizes that 64 bits can count, found '-1,)}'."
  ),
  (
    "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}",
    "header byte 51: expected sizes that 64 bits can count, found '99999999999999999999'."
  ),
  (
    "{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4)}",
    "expected a shape and strides that 64 bits can count, found 4611686018427387904 x 4."
  ),
  (
    "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}",
    "expected 2 of type F32 within its data, found 4 bytes."
  ),
  (
    "{'descr': '<f4', 'fortran_order': False, 'shape': (0,)}",
    "expected 0 bytes of numbers, found 4."
  ),
  (
    "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} + exit()",
    "header byte 56: expected the end of the header, found '+ exit()'."
  ),
  ("__import__('os')", "header byte 0: expected '{', found '__import__('os')'."),
  ("{", "header byte 1: expected a text, True, False or a tuple of sizes, found the end."),
  ("{'a\\x41': True}", "header byte 2: expected a plain text in quotes, found 'a\\x41': True}'."),
])
func aWrongHeaderOfAnArrayIsOneSentence(line: String, expected: String) {
  let bytes: [UInt8] =
    [0x93] + "NUMPY".utf8 + [1, 0, UInt8(line.utf8.count), 0] + line.utf8 + [0, 0, 0, 0]
  let found = sentence {
    _ = try Tensor(npy: MappedFile(bytes, named: "x"), bytes.indices, named: "x")
  }
  #expect(
    found.replacing("array 'x' ", with: "").replacing("array 'x': ", with: "").replacing(
      "tensor 'x': ", with: "") == expected)
}

@Test func noArrayTraps() throws {
  var random = SystemRandomNumberGenerator()
  for name in ["plain.npy", "big_fortran.npy", "packed.npz"] {
    let seed = try shipped(name).read(limit: 1 << 16)
    for _ in 0..<4000 {
      var bytes = seed
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(
          in: 0...255, using: &random)
      }
      let file = MappedFile(bytes, named: "x")
      _ = try? Tensor(npy: file, bytes.indices, named: "x").floats()
      if let checkpoint = try? Checkpoint(file: file) {
        for name in checkpoint.names { _ = try? checkpoint.tensor(name).floats() }
      }
    }
  }
}

private func shipped(_ name: String) -> Fieldmark.Path {
  Fieldmark.Path(ReferenceData.shipped("stores/" + name).path)
}
