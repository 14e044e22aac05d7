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
    let path = Fieldmark.Path("\(folder)/head.safetensors")
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
        + "take the model that the head was trained on.")
  }
}

@Test func classesWithoutNamesAreNumbers() throws {
  try folder { folder in
    let path = Fieldmark.Path("\(folder)/head.safetensors")
    try writeSafetensors([Tensor("weight", shape: [3, 2], rows)], to: path)
    #expect(try Classifier(path).targets.map(\.name) == ["0", "1", "2"])
    #expect(try Classifier(path, names: ["a", "b", "c"]).target("c")(Matrix([[2, 1]])) == 3)
    let error = #expect(throws: InputError.self) { try Classifier(path, names: ["a"]) }
    #expect(
      error?.description == "\(path): expected a name for each of 3 classes, found 1 name.")
  }
}

@Test func whatIsNoHeadIsRefused() throws {
  try folder { folder in
    let path = Fieldmark.Path("\(folder)/head.safetensors")
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

private let embedding = Matrix([[3, 5]])

/// The rows of a head in a `.npy` file, and what they give for one embedding.
private func logits(
  _ folder: String, _ numbers: [Float], _ shape: [Int], bias: [Float]? = nil,
  names: [String]? = nil
) throws -> (logits: [Float], notes: [String]) {
  let path = Fieldmark.Path("\(folder)/head.npy")
  try? FileManager.default.removeItem(atPath: path.description)
  try writeNPY(Tensor("head", shape: shape, numbers), to: path)
  let biases = Fieldmark.Path("\(folder)/bias.npy")
  if let bias {
    try? FileManager.default.removeItem(atPath: biases.description)
    try writeNPY(Tensor("bias", shape: [bias.count], bias), to: biases)
  }
  let head = try Classifier(path, bias: bias == nil ? nil : biases, names: names).checked(for: 2)
  return (head.targets.map { $0(embedding) }, head.notes)
}

@Test func aMatrixOfNumPyIsAHead() throws {
  try folder { folder in
    let plain = try logits(folder, rows, [3, 2])
    #expect(plain.logits == [3, 5, 8] && plain.notes == ["the head has no bias; 0 is used"])
    let beside = try logits(folder, rows, [3, 2], bias: [0, 1, -2])
    #expect(beside.logits == [3, 6, 6] && beside.notes == [])
    let within = try logits(folder, [1, 0, 0, 0, 1, 1, 1, 1, -2], [3, 3])
    #expect(within.logits == [3, 6, 6])
    #expect(within.notes == ["the last column is taken for the bias"])
    let named = try Classifier(Fieldmark.Path("\(folder)/head.npy"), names: ["a", "b", "c"])
    #expect(named.names == ["a", "b", "c"])
  }
}

/// scikit-learn keeps one row for two classes: it speaks for the second.
@Test func oneRowIsAHeadOfTwoClassesThatHaveNames() throws {
  try folder { folder in
    let two = try logits(folder, [1, 1], [1, 2], bias: [2], names: ["no", "yes"])
    #expect(two.logits == [-5, 5])
  }
}

@Test func whatIsNoHeadOfNumPyIsRefused() throws {
  try folder { folder in
    let path = Fieldmark.Path("\(folder)/head.npy")
    func sentence(_ shape: [Int], bias: [Float]? = nil) -> String? {
      let numbers = (0..<shape.reduce(1, *)).map { Float($0) }
      let error = #expect(throws: InputError.self) {
        try logits(folder, numbers, shape, bias: bias)
      }
      return error?.description
    }
    #expect(
      sentence([2])
        == "\(path): expected a matrix with a row for each class, found one row of 2 numbers; "
        + "reshape(1, -1) makes a matrix of it in NumPy.")
    #expect(
      sentence([2, 1])
        == "\(path): expected rows of 2 numbers, as the model's embeddings have, found rows of 1; each "
        + "class is a row; the matrix may have to be transposed, as .T does in NumPy.")
    #expect(
      sentence([3, 2], bias: [1, 2])
        == "\(folder)/bias.npy: expected a number for each of 3 classes, found 2.")
    // A bias that is told leaves no column for another.
    #expect(
      sentence([3, 3], bias: [1, 2, 3])
        == "\(path): expected rows of 2 numbers, as the model's embeddings have, found rows of 3; "
        + "take the model that the head was trained on.")
  }
}

@Test func aHeadOfOneClassHasNothingToCompareItWith() throws {
  try folder { folder in
    let path = Fieldmark.Path("\(folder)/head.npy")
    try writeNPY(Tensor("head", shape: [1, 2], [1, 1]), to: path)
    let error = #expect(throws: InputError.self) {
      try Classifier(path, names: ["crow"]).checkedForComparing()
    }
    #expect(
      error?.description
        == "\(path): expected a head of at least two classes, found one, 'crow'; a class is compared "
        + "with others, and alone it always has the probability 1.")
  }
}
