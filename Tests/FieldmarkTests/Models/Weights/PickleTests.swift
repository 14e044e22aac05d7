import Fieldmark
import Testing

/// Pickles written by hand, in the letters of Python's pickletools.
@Test(arguments: [
  ("cposix\nsystem\n", "the global 'posix.system'"),
  ("cbuiltins\neval\n", "the global 'builtins.eval'"),
  ("c__torch__.x\nY\n", "the global '__torch__.x.Y'"),
  ("X\u{5}\0\0\0posixX\u{6}\0\0\0system\u{93}", "the global 'posix.system'"),
])
func aGlobalThatIsNotDataIsNamed(pickle: String, found: String) {
  let expected =
    "x entry 'a/data.pkl': expected plain data and tensors, found \(found); nothing in the file "
    + "was run; if you trust it, load it in PyTorch and save model.state_dict() alone."
  #expect(read(pickle) == expected)
}

@Test(arguments: [
  ("", "byte 2: expected an instruction, found the end."),
  ("}", "byte 3: expected an instruction, found the end."),
  (".", "byte 3: expected one value, found something else."),
  ("}}.", "byte 5: expected one value, found something else."),
  ("}.N", "byte 4: expected one value, found something else."),
  ("(.", "byte 4: expected one value, found something else."),
  ("t", "byte 3: expected a mark, found none."),
  ("N(a", "byte 5: expected something on the stack, found nothing."),
  ("NNa", "byte 5: expected a list to append to, found something else."),
  ("}(Nu", "byte 6: expected a value for each key, found a key without one."),
  ("]NNs", "byte 6: expected a dictionary to set items of, found something else."),
  ("h\u{7}", "byte 4: expected something remembered, found nothing."),
  (
    "X\u{7f}\u{7f}\u{7f}\0",
    "byte 7: expected a text of at most 1048576 bytes, found one of 8355711."
  ),
  ("X\u{7f}\0\0\0", "byte 7: expected 127 bytes, found the end."),
  ("i", "byte 3: expected an instruction of torch.save, found 0x69."),
  ("\u{80}\u{9}", "byte 4: expected a pickle of protocol 2 to 5, found protocol 9."),
  ("ccollections", "byte 3: expected a name in one line, found something else."),
  ("ccollections\nOrderedDict\nNR", "byte 29: expected a call of a global, found something else."),
  (
    "ccollections\nOrderedDict\n(NtR",
    "byte 31: expected the arguments that 'collections.OrderedDict' takes, found other arguments."
  ),
  (
    "ctorch\nFloatStorage\n)R",
    "byte 24: expected the arguments that 'torch.FloatStorage' takes, found other arguments."
  ),
  ("NNb", "byte 5: expected an object to build, found something else."),
  (")Q", "byte 4: expected a storage of numbers, found something else."),
])
func aBrokenPickleIsOneSentence(pickle: String, expected: String) {
  #expect(read(pickle) == "x entry 'a/data.pkl' " + expected)
}

@Test(arguments: [
  ("N.", "x: expected tensors, found none among the values saved."),
  ("}(X\u{1}\0\0\0aK\u{1}u.", "x: expected tensors, found none among the values saved."),
  // a list that holds itself
  ("]q\0h\0a.", "x: expected at most 64 values inside each other, found more."),
])
func aPickleWithoutTensorsIsOneSentence(pickle: String, expected: String) {
  #expect(read(pickle) == expected)
}

/// Forty lists, each holding the one before twice: 2^40 values in 300 bytes.
@Test func sharedValuesAreNotWalkedWithoutEnd() {
  var pickle = "(]q\0"
  for level in 1...40 {
    let former = Unicode.Scalar(UInt8(level - 1))
    pickle += "](h\(former)h\(former)eq\(Unicode.Scalar(UInt8(level)))"
  }
  // All of them in one tuple, so that one value is left.
  #expect(
    read(pickle + "t.")
      == "x: expected at most 1048576 values, shared ones counted each time, found more.")
}

/// A dictionary of 500,000 keys that lead to nothing, in a list 400,000 times: 2^37 keys in few bytes,
/// since they are all alike.
@Test func keysThatLeadToNothingAreCounted() {
  let keys = String(repeating: "N", count: 1_000_000)
  let again = String(repeating: "h\0", count: 400_000)
  #expect(
    read("](}q\0(\(keys)u\(again)e.")
      == "x: expected at most 1048576 values, shared ones counted each time, found more.")
}

/// Calls that give what they are given: two values of one list would be a copy at each growth.
@Test func aListIsNotGivenTwice() {
  #expect(
    read("ctorch\nSize\n]\u{85}R.")
      == "x entry 'a/data.pkl' byte 17: expected the arguments that 'torch.Size' takes, found other arguments."
  )
}

@Test(
  arguments: [
    (0, 4, [2], [1], "no error"),
    (2, 4, [2], [1], "no error"),
    (3, 4, [2], [1], "tensor 'w': expected 2 of type F32 within its data, found 4 bytes."),
    (5, 4, [2], [1], "tensor 'w': expected a place among 4 numbers, found 5."),
    (0, 5, [2], [1], "tensor 'w': expected 5 of type F32 in 'a/data/0', found 16 bytes."),
    (
      0, 4, [2, 2], [3, 1],
      "tensor 'w': expected 2 x 2 of type F32 within its data, found 16 bytes."
    ),
    (
      0, 4, [2, 2], [1],
      "tensor 'w': expected a shape and strides that 64 bits can count, found 2 x 2, strides 1."
    ),
    (
      0, 4, [70000, 70000], [0, 0],
      "tensor 'w': expected at most 16777216 elements that repeat others, found 4900000000 made of 1."
    ),
    (0, 4, [0, 70000], [70000, 1], "no error"),
  ] as [(Int, Int, [Int], [Int], String)])
func aTensorStaysWithinItsStorage(
  offset: Int, count: Int, shape: [Int], strides: [Int], expected: String
) {
  func number(_ value: Int) -> [UInt8] {
    [UInt8(ascii: "J")] + (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
  func tuple(_ values: [Int]) -> [UInt8] {
    [UInt8(ascii: "(")] + values.flatMap(number) + [UInt8(ascii: "t")]
  }
  func text(_ text: String) -> [UInt8] {
    [UInt8(ascii: "X"), UInt8(text.utf8.count), 0, 0, 0] + text.utf8
  }
  var pickle: [UInt8] = Array("}".utf8) + text("w")
  pickle += Array("ctorch._utils\n_rebuild_tensor_v2\n((".utf8) + text("storage")
  pickle += Array("ctorch\nFloatStorage\n".utf8) + text("0") + text("cpu") + number(count)
  pickle += Array("tQ".utf8) + number(offset) + tuple(shape) + tuple(strides)
  pickle += Array("\u{89}".unicodeScalars.map { UInt8($0.value) }) + Array("NtRs.".utf8)
  #expect(read([0x80, 2] + pickle) == expected)
}

/// What reading an archive of this pickle, given by its characters up to U+00FF, ends in.
private func read(_ pickle: String) -> String {
  read([0x80, 2] + pickle.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
}

private func read(_ pickle: [UInt8]) -> String {
  let archive = zipped([
    ("a/data.pkl", pickle), ("a/data/0", [UInt8](repeating: 0, count: 16)),
  ])
  return sentence {
    let checkpoint = try Checkpoint(file: MappedFile(archive, named: "x"))
    for name in checkpoint.names { _ = try checkpoint.tensor(name).floats() }
  }
}
