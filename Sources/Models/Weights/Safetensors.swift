import Ground

/// The safetensors format: the length of a header in 8 bytes, the header in JSON, and the tensors'
/// bytes.
///
///     3c 00 00 00 00 00 00 00  {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}  00 00 80 3f
///
/// Files are accepted and refused as by the reference reader (huggingface/safetensors 0.8),
/// including white space around the header's JSON, and a name that occurs twice, of which the last
/// counts. There are two limits of our own: 100,000 tensors, and names of 1024 bytes. Together the
/// tensors cover the data without holes or overlaps. Their values are not looked at here;
/// `Tensor.finiteFloats` does that.
extension Checkpoint {
  package init(safetensors file: MappedFile) throws {
    let place = file.path.description
    let count = try file.withBytes { try Checkpoint.headerLength(of: $0, place) }
    let header = try file.withBytes { bytes in
      try JSON(
        parsing: UnsafeRawBufferPointer(rebasing: bytes[8..<8 + count]), place: place, depth: 4,
        repeating: 1)
    }
    guard let members = header.members else {
      throw InputError(place, expected: "a header that is an object", found: header.summary)
    }
    guard members.count <= 100_000 else {
      throw InputError(
        place, expected: "at most 100000 tensors", found: "\(members.count) of them")
    }
    var entries: [SafetensorsEntry] = []
    var metadata: [String: String] = [:]
    for member in members {
      if member.key == "__metadata__" {
        metadata = try Checkpoint.metadata(member.value, place)
      } else {
        entries.append(try SafetensorsEntry(member))
      }
    }
    entries.sort { ($0.begin, $0.end) < ($1.begin, $1.end) }
    var end = 0
    for entry in entries {
      guard entry.begin == end else {
        throw InputError(
          entry.place, expected: "data from \(end) on, where the one before ends",
          found: "data from \(entry.begin) on")
      }
      end = entry.end
    }
    let data = 8 + count
    guard end == file.count - data else {
      throw InputError(
        place, expected: "\(end) bytes of tensors", found: "\(file.count - data)",
        hint: end > file.count - data ? "the file may be cut off" : nil)
    }
    let tensors = try entries.map { entry in
      let tensor = try Tensor(
        entry.name, entry.type, shape: entry.shape, storage: file, start: data + entry.begin,
        end: data + entry.end)
      guard tensor.count * entry.type.bits / 8 == entry.end - entry.begin else {
        throw InputError(
          entry.place, expected: "\(tensor.count * entry.type.bits / 8) bytes for its shape",
          found: "\(entry.end - entry.begin)")
      }
      return tensor
    }
    try self.init(path: file.path, format: .safetensors, tensors: tensors, metadata: metadata)
  }

  private static func headerLength(of bytes: UnsafeRawBufferPointer, _ place: String) throws -> Int
  {
    guard bytes.count >= 8 else {
      throw InputError(
        place, expected: "safetensors, which begin with a length in 8 bytes",
        found: "\(bytes.count) bytes")
    }
    let claimed = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    guard claimed <= 100_000_000 else {
      throw InputError(
        place, expected: "a header of at most 100000000 bytes", found: "one of \(claimed)")
    }
    guard Int(claimed) <= bytes.count - 8 else {
      throw InputError(
        place, expected: "a header of \(claimed) bytes", found: "\(bytes.count - 8)",
        hint: "the file may be cut off")
    }
    return Int(claimed)
  }

  private static func metadata(_ value: JSON, _ place: String) throws -> [String: String] {
    let place = "\(place) '__metadata__'"
    guard let members = value.members else {
      throw InputError(place, expected: "an object", found: value.summary)
    }
    return try Dictionary(
      uniqueKeysWithValues: members.map { member in
        guard let text = member.value.string else {
          throw InputError(
            "\(place) '\(printable(member.key.utf8))'", expected: "a text",
            found: member.value.summary)
        }
        return (member.key, text)
      })
  }
}

/// The header's entry for one tensor.
private struct SafetensorsEntry {
  let name: String
  let type: ElementType
  let shape: [Int]
  let begin: Int
  let end: Int

  var place: String { Tensor.place(name) }

  init(_ member: JSON.Member) throws {
    name = member.key
    guard name.utf8.count <= 1024 else {
      throw InputError(
        Tensor.place(name), expected: "a name of at most 1024 bytes",
        found: "one of \(name.utf8.count)")
    }
    let typeName = try member.value.get("dtype", .string, in: Tensor.place(name))
    guard let type = ElementType(named: typeName) else {
      throw InputError(
        Tensor.place(name), expected: "an element type of safetensors",
        found: "'\(printable(typeName.utf8.prefix(40)))'")
    }
    self.type = type
    shape = try SafetensorsEntry.sizes("shape", of: member.value, name)
    let offsets = try SafetensorsEntry.sizes("data_offsets", of: member.value, name)
    guard offsets.count == 2, offsets[0] <= offsets[1] else {
      throw InputError(
        "\(Tensor.place(name)) 'data_offsets'", expected: "where its data begin and end",
        found: JSON.array(offsets.prefix(4).map(JSON.integer)).written())
    }
    (begin, end) = (offsets[0], offsets[1])
  }

  private static func sizes(_ key: String, of entry: JSON, _ name: String) throws -> [Int] {
    try entry.get(key, .array, in: Tensor.place(name)).map { element in
      guard let size = element.integer, size >= 0 else {
        throw InputError(
          "\(Tensor.place(name)) '\(key)'", expected: "whole numbers from 0 on",
          found: element.summary)
      }
      return size
    }
  }
}
