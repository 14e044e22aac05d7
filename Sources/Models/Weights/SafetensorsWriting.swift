import Ground

/// Writes tensors as a safetensors file.
///
/// ```swift
/// try writeSafetensors([weight, bias], metadata: ["epoch": "12"], to: "probe.safetensors")
/// ```
///
/// The same tensors give the same bytes. They are ordered by the size of their elements, the
/// largest first so that all are aligned, and then by name. Metadata is ordered by key. The file is
/// written completely or not at all.
public func writeSafetensors(
  _ tensors: [Tensor], metadata: [String: String] = [:], to path: Path
) throws {
  let tensors = tensors.sorted { a, b in
    a.type.bits == b.type.bits
      ? a.name.utf8.lexicographicallyPrecedes(b.name.utf8) : a.type.bits > b.type.bits
  }
  var members: [JSON.Member] = []
  if !metadata.isEmpty {
    let pairs = metadata.sorted { $0.key < $1.key }
    members.append(
      JSON.Member("__metadata__", .object(pairs.map { JSON.Member($0.key, .string($0.value)) })))
  }
  var end = 0
  for tensor in tensors {
    let begin = end
    end += tensor.count * tensor.type.bits / 8
    members.append(
      JSON.Member(
        tensor.name,
        [
          "dtype": .string(tensor.type.name), "shape": .array(tensor.shape.map(JSON.integer)),
          "data_offsets": .array([.integer(begin), .integer(end)]),
        ]))
  }
  var names = Set<String>()
  if let twice = tensors.first(where: { !names.insert($0.name).inserted }) {
    throw InputError(path.description, expected: "each tensor once", found: "\(twice.place) twice")
  }
  var header = Array(JSON.object(members).written().utf8)
  header += repeatElement(0x20, count: (8 - header.count % 8) % 8)
  var file = try AtomicFile(path)
  try withUnsafeBytes(of: UInt64(header.count).littleEndian) { try file.append($0) }
  try file.append(header)
  for tensor in tensors {
    try tensor.withBytes { try file.append($0) }
  }
  try file.commit()
}
