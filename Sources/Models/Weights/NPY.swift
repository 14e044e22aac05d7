import Ground

/// Writes a tensor as NumPy's file of one array (`.npy`). Archives of several (`.npz`) are only
/// read.
///
/// ```swift
/// try writeNPY(Tensor("map", shape: [14, 14], values), to: "map.npy")
/// try Tensor(npy: "map.npy").floats()
/// ```
///
/// A file says in a line of Python what it has. That line is read by a parser for such lines and
/// for nothing else. Arrays of Python objects, which are pickles, are refused.
public func writeNPY(_ tensor: Tensor, to path: Path) throws {
  guard let code = NPYHeader.codes.first(where: { $0.type == tensor.type })?.code else {
    // NumPy has no bfloat16, but every bfloat16 is a 32-bit float too.
    let floats = Tensor(tensor.name, shape: tensor.shape, try tensor.floats())
    return try writeNPY(floats, to: path)
  }
  // A tuple of one element ends with a comma, in Python and therefore in NumPy's files.
  let sizes =
    tensor.shape.map(String.init).joined(separator: ", ")
    + (tensor.shape.count == 1 ? "," : "")
  let order = tensor.type.bits == 8 ? "|" : "<"
  // NumPy's own line has no space after the brace. The space marks the file as Fieldmark's.
  var line = "{ 'descr': '\(order)\(code)', 'fortran_order': False, 'shape': (\(sizes)), }"
  // In version 1.0, 10 bytes precede the line, and the data begins at a multiple of 64.
  line += String(repeating: " ", count: 63 - (10 + line.utf8.count) % 64) + "\n"
  var file = try AtomicFile(path)
  try file.append(Signature.npy + [1, 0])
  try withUnsafeBytes(of: UInt16(line.utf8.count).littleEndian) { try file.append($0) }
  try file.append(Array(line.utf8))
  try tensor.withBytes { try file.append($0) }
  try file.commit()
}

extension Tensor {
  /// Reads the array of a `.npy` file. The tensor is named like the file.
  public init(npy path: Path) throws {
    let file = try MappedFile(path)
    try self.init(npy: file, file.withBytes(\.indices), named: path.lastComponent.description)
  }

  /// Reads the array in a part of a file.
  package init(npy file: MappedFile, _ part: Range<Int>, named name: String) throws {
    let place = "array '\(printable(name.utf8))'"
    let header = try file.withBytes { bytes in
      try NPYHeader(UnsafeRawBufferPointer(rebasing: bytes[part]), place)
    }
    let start = part.lowerBound + header.count
    // In Fortran's order the first axis moves fastest, which is C's order with the axes reversed.
    let shape = header.isFortran ? header.shape.reversed() : header.shape
    var tensor = try Tensor(
      name, header.type, shape: shape, storage: file, start: start, end: part.upperBound)
    let count = tensor.count * header.type.bits / 8
    guard count == part.upperBound - start else {
      throw InputError(
        place, expected: "\(count) bytes of numbers", found: "\(part.upperBound - start)")
    }
    if header.isSwapped {
      let size = header.type.bits / 8
      var bytes = try tensor.withBytes { Array($0) }
      for element in stride(from: 0, to: bytes.count, by: size) {
        bytes[element..<element + size].reverse()
      }
      let memory = MappedFile(bytes, named: file.path)
      tensor = try Tensor(name, header.type, shape: shape, storage: memory, start: 0, end: count)
    }
    self = header.isFortran ? tensor.transposed : tensor
  }
}

extension Checkpoint {
  /// Reads the arrays of an archive, by their names without the ending. Compressed arrays are
  /// unpacked at once.
  init(numpy archive: ZipArchive) throws {
    let path = archive.file.path
    var room = 1 << 32
    let tensors = try archive.entries.map { entry in
      guard entry.name.hasSuffix(".npy") else {
        throw InputError(
          path.description, expected: "arrays alone", found: "'\(printable(entry.name.utf8))'")
      }
      let name = String(entry.name.dropLast(4))
      guard entry.isDeflated else {
        return try Tensor(npy: archive.file, entry.stored, named: name)
      }
      let bytes = try archive.contents(of: entry, limit: room)
      room -= bytes.count
      let memory = MappedFile(bytes, named: path)
      return try Tensor(npy: memory, 0..<bytes.count, named: name)
    }
    try self.init(path: path, format: .numpy, tensors: tensors, metadata: [:])
  }
}
