import Fieldmark
import Foundation
import Testing

private func file(_ name: String) throws -> MATFile {
  try MATFile(MappedFile(DatasetReferences.path("mat/\(name)")), name: name)
}

/// What scipy wrote, and what it was given. (`python3 References/make_datasets.py
/// Tests/References/datasets`)
@Test(arguments: ["plain.mat", "packed.mat"])
func everyKindOfArrayIsReadAsItWasWritten(_ name: String) throws {
  let file = try file(name)
  let numbers = try DatasetReferences.json([String: [Double]].self, "mat/numbers.json")
  #expect(numbers.count == 9)
  for (variable, expected) in numbers {
    #expect(file[variable] == .numbers(expected), "\(variable)")
  }
  #expect(file["text"] == .text("red épaulets"))
  #expect(file["nothing"] == .text(""))
  #expect(file["table"] == .other("a table of letters"))
  #expect(file["lonely"] == .other("a sparse matrix"))
  #expect(file["cells"] == .cells([.text("one"), .numbers([2]), .cells([.text("three")])]))
  #expect(
    file["birds"]
      == .records(
        ["name", "size", "more"],
        [
          [.text("robin"), .numbers([14]), .cells([.text("x")])],
          [.text("wren"), .numbers([10]), .cells([])],
        ]))
  #expect(file["absent"] == nil)
}

/// One variable `x` of 1 x 2 shorts, in the order of bytes of old workstations.
@Test func aBigEndianFileIsReadToo() throws {
  var bytes = Array("MATLAB 5.0 MAT-file".utf8)
  bytes += [UInt8](repeating: 0x20, count: 124 - bytes.count) + [1, 0] + Array("MI".utf8)
  bytes += [0, 0, 0, 14, 0, 0, 0, 48]
  bytes += [0, 0, 0, 6, 0, 0, 0, 8, 0, 0, 0, 10, 0, 0, 0, 0]
  bytes += [0, 0, 0, 5, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 2]
  bytes += [0, 1, 0, 1, UInt8(ascii: "x"), 0, 0, 0]
  bytes += [0, 4, 0, 3, 0xff, 0xfe, 0, 7]
  let file = try MATFile(MappedFile(bytes, named: "x.mat"), name: "x.mat")
  #expect(file["x"] == .numbers([-2, 7]))
}

@Test func anotherVersionIsOneSentence() throws {
  var header = Array("MATLAB 7.3 MAT-file".utf8)
  header += [UInt8](repeating: 0x20, count: 124 - header.count)
  let table: [([UInt8], String)] = [
    (
      header + [0, 2] + Array("IM".utf8),
      "x.mat: expected a MATLAB file of version 5 to 7, found another version; save it with -v7."
    ),
    (
      header + [0, 1] + Array("??".utf8),
      "x.mat: expected a MATLAB file of version 5 to 7, found another version."
    ),
    (
      Array("\u{89}HDF\r\n".utf8) + [UInt8](repeating: 0, count: 200),
      "x.mat: expected a MATLAB file of version 5 to 7, found bytes that begin with '\\u{89}HDF\\u{d}\\u{a}\\u{0}'."
    ),
  ]
  for (bytes, expected) in table {
    let error = #expect(throws: InputError.self) {
      try MATFile(MappedFile(bytes, named: "x.mat"), name: "x.mat")
    }
    #expect(error?.description == expected)
  }
  #expect(throws: InputError.self) { try file("version4.mat") }
}

private let header =
  Array("MATLAB 5.0 MAT-file".utf8) + [UInt8](repeating: 0x20, count: 105) + [0, 1]
  + Array("IM".utf8)

private func bytes(of number: Int) -> [UInt8] {
  withUnsafeBytes(of: UInt32(number).littleEndian) { Array($0) }
}

/// An array of one row and column: its class, dimensions, the name `x`, and the rest.
private func array(_ kind: UInt8, _ rest: [UInt8]) -> [UInt8] {
  let content =
    bytes(of: 6) + bytes(of: 8) + [kind, 0, 0, 0, 0, 0, 0, 0] + bytes(of: 5) + bytes(of: 8)
    + bytes(of: 1) + bytes(of: 1) + [1, 0, 1, 0, UInt8(ascii: "x"), 0, 0, 0] + rest
  return bytes(of: 14) + bytes(of: content.count) + content
}

/// MATLAB's `struct()`: the length of names is 1, and there are none of them.
@Test func aStructOfNoFieldsIsOne() throws {
  let file = header + array(2, [5, 0, 4, 0, 1, 0, 0, 0] + bytes(of: 1) + bytes(of: 0))
  #expect(try MATFile(MappedFile(file, named: "x.mat"), name: "x.mat")["x"] == .records([], []))
}

/// A small file can unpack to anything: one variable, or one after the other.
@Test func aFileOfTooMuchIsRefused() {
  // A stored block of zlib's (RFC 1950, 1951), with the first eight bytes of an array of 4 GB.
  let claim = bytes(of: 14) + bytes(of: Int(UInt32.max))
  let packed = [0x78, 0x01, 0x01, 8, 0, 0xf7, 0xff] + claim + [0, 0, 0, 0]
  let object = array(3, [UInt8](repeating: 0, count: 40_000_000))
  let table: [([UInt8], Int)] = [
    (bytes(of: 15) + bytes(of: packed.count) + packed, Int(UInt32.max)),
    (object + object, 2 * (object.count - 8)),
  ]
  for (variables, size) in table {
    let error = #expect(throws: InputError.self) {
      try MATFile(MappedFile(header + variables, named: "x.mat"), name: "x.mat")
    }
    #expect(
      error?.description
        == "x.mat: expected variables of at most 67108864 bytes in all, found \(size) or more.")
  }
}

/// Whatever is cut off or changed, the answer is an error or a value and never a trap.
@Test(arguments: ["plain.mat", "packed.mat"])
func damagedFilesNeverTrap(_ name: String) throws {
  let bytes = try DatasetReferences.path("mat/\(name)").read(limit: 1 << 20)
  func read(_ bytes: [UInt8]) {
    _ = try? MATFile(MappedFile(bytes, named: "x.mat"), name: "x.mat")
  }
  for count in stride(from: 1, to: bytes.count, by: 3) { read(Array(bytes[..<count])) }
  for place in 120..<bytes.count {
    for value: UInt8 in [0, 1, 0x7f, 0x80, 0xff] where bytes[place] != value {
      var changed = bytes
      changed[place] = value
      read(changed)
    }
  }
}
