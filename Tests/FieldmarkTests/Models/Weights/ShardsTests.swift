import Fieldmark
import Testing

@Test func piecesAreOneCheckpoint() throws {
  try inTemporaryFolder { folder in
    try writeShards(in: folder)
    let index = try writeIndex(
      #"{"a":"1.safetensors","c":"2.safetensors","b":"1.safetensors"}"#, folder)
    let checkpoint = try Checkpoint(index)
    #expect(checkpoint.names == ["a", "c", "b"])
    #expect(checkpoint.format == .shards)
    #expect(checkpoint.metadata == ["total_size": "12"])
    #expect(try checkpoint.tensor("c").floats() == [3])
  }
}

@Test(arguments: [
  (
    #"{"a":"1.safetensors","x":"2.safetensors"}"#,
    "tensor 'x': expected its numbers in '2.safetensors', found no such tensor there."
  ),
  (
    #"{"a":"2.safetensors","b":"1.safetensors"}"#,
    "tensor 'a': expected its numbers in '2.safetensors', found them in '1.safetensors'."
  ),
  (
    #"{"a":"1.safetensors","b":"copy.safetensors"}"#,
    "tensor 'a': expected a single file that holds it, found it in both '1.safetensors' and 'copy.safetensors'."
  ),
  (
    #"{"a":"3.safetensors"}"#, "FOLDER/3.safetensors: expected a file to read, found nothing there."
  ),
  (
    #"{"a":"../1.safetensors"}"#,
    "x.index.json 'a': expected a file of the same folder, found '../1.safetensors'."
  ),
  (
    #"{"a":"/etc/passwd"}"#,
    "x.index.json 'a': expected a file of the same folder, found '/etc/passwd'."
  ),
  (#"{"a":".."}"#, "x.index.json 'a': expected a file of the same folder, found '..'."),
  (
    #"{"a":"1.safetensors\u0000"}"#,
    "x.index.json 'a': expected a file of the same folder, found '1.safetensors\\u{0}'."
  ),
  (#"{"a":1}"#, "x.index.json 'a': expected the name of a file, found 1."),
  (#"[]"#, "x.index.json 'weight_map': expected an object, found an array."),
])
func aWrongIndexIsOneSentence(map: String, expected: String) throws {
  try inTemporaryFolder { folder in
    try writeShards(in: folder)
    let index = try writeIndex(map, folder)
    #expect(
      sentence { _ = try Checkpoint(index) }
        == expected.replacing("FOLDER", with: folder.description))
  }
}

@Test func whatIsNoCheckpointIsOneSentence() throws {
  let table: [(String, [UInt8], String)] = [
    (
      "x", [0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20],
      "PyTorch's format from before version 1.6; "
        + "load it in PyTorch and save model.state_dict() again with torch.save."
    ),
    (
      "x", [UInt8](repeating: 0x61, count: 257) + "ustar and so on".utf8,
      "a tar archive, PyTorch's format from before version 0.2; "
        + "load it in PyTorch and save model.state_dict() again with torch.save."
    ),
    (
      "x", [0x80, 4, 0x95, 0],
      "a bare pickle; "
        + "load it in PyTorch and save model.state_dict() again with torch.save."
    ),
    (
      "x.safetensors", Array("version https://git-lfs.github.com/spec/v1".utf8),
      "a pointer of Git LFS, not the file itself; fetch it with 'git lfs pull'."
    ),
    ("x", Array("<!doctype html>".utf8), "a web page; download the file itself."),
    ("x", [0x1f, 0x8b, 8], "a gzip file; unpack it first."),
    ("x", Array("{}".utf8), "JSON; an index of pieces has the ending .index.json."),
    ("x", [0x93] + "NUMPY".utf8, "one array of NumPy without a name."),
    ("x", [1, 2, 3], "something else."),
  ]
  for (name, bytes, found) in table {
    #expect(
      sentence { _ = try Checkpoint(file: MappedFile(bytes, named: Path(name))) }
        == "\(name): expected weights as safetensors or a PyTorch archive, found \(found)")
  }
}

private func writeShards(in folder: Path) throws {
  let a = Tensor("a", shape: [1], [1])
  let b = Tensor("b", shape: [1], [2])
  try writeSafetensors([a, b], to: folder / "1.safetensors")
  try writeSafetensors([Tensor("c", shape: [1], [3])], to: folder / "2.safetensors")
  try writeSafetensors([a, b], to: folder / "copy.safetensors")
}

private func writeIndex(_ map: String, _ folder: Path) throws -> Path {
  let path = folder / "x.index.json"
  try write(Array(#"{"metadata":{"total_size":12},"weight_map":\#(map)}"#.utf8), to: path)
  return path
}
