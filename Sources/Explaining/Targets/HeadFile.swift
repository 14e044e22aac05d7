import Encoders
import Ground
import Models

/// A linear head as a file holds it: a matrix with a row for each class, a vector of biases if
/// there is one, and the metadata.
struct HeadFile {
  let rows: Matrix
  /// The biases; nil if the file has none.
  let biases: [Float]?
  let metadata: [String: String]
  /// Whether it is a NumPy file, where the bias may be one more column.
  let isNumPy: Bool

  /// Reads a file of weights with one matrix, or one NumPy array. The biases may be in a file of
  /// their own.
  init(_ path: Path, bias: Path?) throws {
    let (weights, own, metadata, isNumPy) = try HeadFile.tensors(path)
    let (count, width) = (weights.shape[0], weights.shape[1])
    guard count > 0, width > 0 else {
      throw InputError(
        "\(path) '\(printable(weights.name.utf8))'", expected: "at least one class",
        found: Tensor.describe(weights.shape))
    }
    rows = Matrix(rows: count, columns: width, try weights.finiteFloats())
    biases =
      try bias.map { try HeadFile.biases($0, count) } ?? own?.checked([count]).finiteFloats()
    self.metadata = metadata
    self.isNumPy = isNumPy
  }

  private static func tensors(
    _ path: Path
  ) throws -> (weights: Tensor, bias: Tensor?, metadata: [String: String], isNumPy: Bool) {
    if let array = try array(path) {
      guard array.shape.count == 2 else {
        let count = array.shape.first ?? 1
        throw InputError(
          path.description, expected: "a matrix with a row for each class",
          found: array.shape.count == 1
            ? "one row of \(count) numbers" : "an array of \(Tensor.describe(array.shape))",
          hint: array.shape.count == 1 ? "reshape(1, -1) makes a matrix of it in NumPy" : nil)
      }
      return (array, nil, [:], true)
    }
    let file = try Checkpoint(path)
    let matrices = file.names.filter { file[$0]?.shape.count == 2 }
    guard let name = matrices.first, matrices.count == 1, let weights = file[name] else {
      let found = matrices.isEmpty ? "none" : "\(matrices.count): " + listed(matrices)
      throw InputError(
        path.description, expected: "one matrix, a row for each class", found: found,
        hint: "save the head's own state_dict, without the encoder")
    }
    let prefix = name.split(separator: ".", omittingEmptySubsequences: false).dropLast()
    // The first name is PyTorch's; then come scikit-learn's and others.
    let bias = ["bias", "intercept_", "intercept", "biases", "b"].lazy
      .compactMap { file[(prefix + [$0]).joined(separator: ".")] }.first
    return (weights, bias, file.metadata, file.format == .numpy)
  }

  /// Returns the array of a `.npy` file; nil for any other file.
  private static func array(_ path: Path) throws -> Tensor? {
    let start = try MappedFile(path).withBytes { Array($0.prefix(6)) }
    return start == [0x93] + "NUMPY".utf8 ? try Tensor(npy: path) : nil
  }

  /// Reads one number for each class, as a vector or a matrix.
  private static func biases(_ path: Path, _ count: Int) throws -> [Float] {
    guard let array = try array(path) else {
      throw InputError(
        path.description, expected: "an array of NumPy, a number for each class",
        found: "another file")
    }
    guard array.shape.reduce(1, *) == count, array.shape.count <= 2 else {
      throw InputError(
        path.description, expected: "a number for each of \(counted(count, "class", "classes"))",
        found: Tensor.describe(array.shape))
    }
    return try array.finiteFloats()
  }
}
