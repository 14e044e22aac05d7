import Fieldmark
import Foundation
import Testing

/// python3 References/make_stores.py Tests/References/stores
private struct Answer: Decodable {
  let shape: [Int]
  let values: [Float]
}

@Test func archivesGiveTheNumbersThatPyTorchReads() throws {
  let answers = try ReferenceData.shipped([String: [String: Answer]].self, "stores/answers.json")
  #expect(answers.count == 9)
  for (file, expected) in answers {
    let checkpoint = try shipped(file)
    for (name, answer) in expected {
      let tensor = try checkpoint.tensor(name)
      #expect(tensor.shape == answer.shape, "\(file) \(name)")
      #expect(try tensor.floats() == answer.values, "\(file) \(name)")
    }
  }
  #expect(
    try shipped("views.pt").names == [
      "base", "row", "column", "block", "transposed", "expanded", "tied", "steps", "cube",
      "repeated",
    ])
  #expect(try shipped("types.pt").tensor("int64").integers() == [0, 1, 2, 100])
}

@Test func aTrainingCheckpointGivesItsWeightsAndItsNotes() throws {
  let checkpoint = try shipped("training.pt")
  #expect(checkpoint.names == ["weight", "bias"])
  #expect(
    checkpoint.metadata == ["epoch": "3", "name": "run é", "rate": "0.001", "done": "true"])
  #expect(checkpoint.format == .pytorch)
}

@Test func attributesOfTorchScriptAreNamesWithDots() throws {
  let checkpoint = try shipped("script.pt")
  #expect(checkpoint.format == .torchScript)
  #expect(
    checkpoint.names.sorted() == [
      "first.linear.bias", "first.linear.weight", "first.size", "scale", "second.bias",
      "second.weight",
    ])
}

@Test(arguments: [
  ("hostile.pt", refusal("posix.system", in: "hostile")),
  ("module.pt", refusal("torch.nn.modules.linear.Linear", in: "module")),
  ("sparse.pt", refusal("torch._utils._rebuild_sparse_tensor", in: "sparse")),
  (
    "legacy.pt",
    "legacy.pt: expected weights as safetensors or a PyTorch archive, found PyTorch's format from "
      + "before version 1.6; load it in PyTorch and save model.state_dict() again with torch.save."
  ),
])
func whatIsNotDataIsRefusedByName(file: String, expected: String) {
  #expect(sentence { _ = try shipped(file) } == expected)
}

@Test func noArchiveTraps() throws {
  var random = SystemRandomNumberGenerator()
  for file in ["views.pt", "training.pt", "script.pt"] {
    let seed = try [UInt8](Data(contentsOf: ReferenceData.shipped("stores/" + file)))
    for _ in 0..<4000 {
      var bytes = seed
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        bytes[place] =
          Bool.random(using: &random)
          ? .random(in: 0...255, using: &random)
          : bytes[place] ^ 1 << UInt8.random(in: 0...7, using: &random)
      }
      guard let checkpoint = try? Checkpoint(file: MappedFile(bytes, named: "x")) else {
        continue
      }
      for name in checkpoint.names { _ = try? checkpoint.tensor(name).floats() }
    }
  }
}

/// mmaitre314/picklescan, folder tests: pickles that run code in a hundred ways, and harmless ones.
/// Each is opened as it is, and as the pickle of an archive that is otherwise in order.
@Test(.enabled(if: suite != nil, "needs PICKLE_SUITE, the folder of the suite's files"))
func noPickleOfTheSuiteIsReadAsWeights() throws {
  let root = Path(try #require(suite))
  var count = 0
  for folder in [root / "data", root / "data2"] {
    for name in try folder.names() where (folder / name).kind == .file {
      count += 1
      let bytes = try (folder / name).read(limit: 1 << 24)
      #expect((try? Checkpoint(folder / name)) == nil || harmless.contains(name), "\(name)")
      for script in [[], [("a/constants.pkl", [])]] as [[(String, [UInt8])]] {
        let archive = MappedFile(zipped([("a/data.pkl", bytes)] + script), named: "x")
        #expect((try? Checkpoint(file: archive)) == nil, "\(name)")
      }
    }
  }
  #expect(count > 100)
}

/// Plain numbers, which the suite's own tests call innocuous.
private let harmless: [Fieldmark.Path] = [
  "new_pytorch_model.bin", "int_arrays.npz", "int_arrays_compressed.npz",
]

private let suite = ProcessInfo.processInfo.environment["PICKLE_SUITE"]

private func shipped(_ name: String) throws -> Checkpoint {
  let bytes = try Data(contentsOf: ReferenceData.shipped("stores/" + name))
  return try Checkpoint(file: MappedFile(bytes, named: Path(name)))
}

private func refusal(_ global: String, in file: String) -> String {
  "\(file).pt entry '\(file)/data.pkl': expected plain data and tensors, found the global "
    + "'\(global)'; nothing in the file was run; if you trust it, load it in PyTorch and save "
    + "model.state_dict() alone."
}
