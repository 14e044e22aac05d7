import Encoders
import Fieldmark
import Foundation
import Testing

private func folder(_ body: (String) throws -> Void) throws {
  let url = FileManager.default.temporaryDirectory
    .appendingPathComponent("fieldmark-test-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: url) }
  try body(url.path)
}

private let rows: [Float] = [1, 0, 0, 1, 1, 1]

@Test func aHeadsRowsAreTargets() throws {
  try folder { folder in
    let path = Encoders.Path("\(folder)/head.safetensors")
    try writeSafetensors(
      [
        Tensor("fc.weight", shape: [3, 2], rows), Tensor("fc.bias", shape: [3], [0, 1, -2]),
      ], metadata: ["classes": #"["Red Bird", "blue bird", "7"]"#], to: path)
    let head = try Classifier(path)
    #expect(head.width == 2 && head.targets.map(\.name) == ["Red Bird", "blue bird", "7"])
    let embedding = Matrix([[3, 5]])
    #expect(head.targets.map { $0(embedding) } == [3, 6, 6])
    #expect(try head.target("red bird").name == "Red Bird")
    #expect(try head.target("0").name == "Red Bird" && head.target("7").name == "7")
    let error = #expect(throws: InputError.self) { try head.target("red brd") }
    #expect(
      error?.description
        == "\(path): expected one of its 3 classes, found 'red brd'; did you mean 'Red Bird'?")
    let other = #expect(throws: InputError.self) { try head.checked(for: 512) }
    #expect(
      other?.description
        == "\(path): expected rows of 512 numbers, as the model's embeddings have, found rows of 2; "
        + "--model takes the model that the head was trained on.")
  }
}

@Test func classesWithoutNamesAreNumbers() throws {
  try folder { folder in
    let path = Encoders.Path("\(folder)/head.safetensors")
    try writeSafetensors([Tensor("weight", shape: [3, 2], rows)], to: path)
    #expect(try Classifier(path).targets.map(\.name) == ["0", "1", "2"])
    #expect(try Classifier(path, names: ["a", "b", "c"]).target("c")(Matrix([[2, 1]])) == 3)
    let error = #expect(throws: InputError.self) { try Classifier(path, names: ["a"]) }
    #expect(
      error?.description == "\(path): expected a name for each of 3 classes, found 1 names.")
  }
}

@Test func whatIsNoHeadIsRefused() throws {
  try folder { folder in
    let path = Encoders.Path("\(folder)/head.safetensors")
    let tensors = [
      Tensor("a.weight", shape: [3, 2], rows), Tensor("b.weight", shape: [2, 3], rows),
    ]
    try writeSafetensors(tensors, to: path)
    let error = #expect(throws: InputError.self) { try Classifier(path) }
    #expect(
      error?.description
        == "\(path): expected one matrix, a row for each class, found 2: 'a.weight', 'b.weight'; "
        + "save the head's own state_dict, without the encoder.")
  }
}
