/// A weight under Fieldmark's name for it, wherever and however a file stores it.
///
/// ```swift
/// try model.weight("visual.proj").floats()      // 768 x 512, row by row
/// ```
///
/// It is a view: the shape is known, and the numbers are read when they are asked for. If a file
/// has queries, keys and values apart, or a matrix transposed, the view puts that right.
public struct Weight: Sendable {
  public let name: String
  public let shape: [Int]
  /// The tensors of the file, in the order in which they follow each other in the weight.
  package let parts: [Tensor]
  /// How many zeros come before all other numbers. The file leaves them out.
  let leadingZeros: Int

  /// The type of the numbers in the file.
  public var type: ElementType? { parts.first?.type }
  public var count: Int { shape.reduce(1, *) }

  /// Returns all numbers, row by row. Throws if one of them is not finite.
  public func floats() throws -> [Float] {
    if leadingZeros == 0, parts.count == 1 { return try parts[0].finiteFloats() }
    return try [Float](repeating: 0, count: leadingZeros) + parts.flatMap { try $0.finiteFloats() }
  }

  /// Returns one entry along the first axis, such as a token's numbers out of a table that is not
  /// read otherwise.
  package func row(_ index: Int) throws -> [Float] {
    guard leadingZeros == 0, parts.count == 1 else {
      return try withFloats(rows: index..<index + 1) { Array($0) }
    }
    return try parts[0].rows(index..<index + 1).finiteFloats()
  }

  /// Calls the closure with all numbers, or with those of some entries along the first axis, and
  /// then releases the memory of the file's own numbers, since an encoder keeps them in its own
  /// order.
  package func withFloats<Result>(
    rows: Range<Int>? = nil, _ body: (UnsafeBufferPointer<Float>) throws -> Result
  ) throws -> Result {
    if leadingZeros == 0, parts.count == 1 {
      let tensor = rows.map { parts[0].rows($0) } ?? parts[0]
      defer { tensor.forget() }
      return try tensor.withFiniteFloats(body)
    }
    defer { for part in parts { part.forget() } }
    let row = count / (shape.first ?? 1)
    return try floats().withUnsafeBufferPointer { all in
      let range = rows.map { $0.lowerBound * row..<$0.upperBound * row } ?? 0..<count
      return try body(UnsafeBufferPointer(rebasing: all[range]))
    }
  }
}

/// How a tensor of a file differs from the weight that it stores.
enum Change: Equatable {
  case none
  /// The file has rows and columns exchanged.
  case transposed
  /// The tensor is one of so many that lie one below the other in the weight.
  case part(Int, of: Int)
  /// So many axes of length one come first in the file.
  case flattened(Int)
  /// As `flattened(1)`, and the file leaves out the first row, which is all zeros.
  case withoutFirstRow

  /// Whether a tensor with this change and one with the other change together make up one weight.
  func goesWith(_ other: Change) -> Bool {
    guard case .part(let part, _) = self, case .part(let another, _) = other else { return false }
    return part != another
  }

  /// Returns the tensor as the weight has it.
  func applied(to tensor: Tensor) -> Tensor { self == .transposed ? tensor.transposed : tensor }

  /// Returns the shape of the weight, or of this part of it, for a shape in the file.
  func shape(of file: [Int]) -> [Int] {
    switch self {
    case .none, .part: return file
    case .transposed: return file.reversed()
    case .flattened(let ones):
      return file.prefix(ones) == ArraySlice(repeating: 1, count: ones)
        ? Array(file.dropFirst(ones)) : file
    case .withoutFirstRow:
      guard file.count == 3, file[0] == 1 else { return file }
      return [file[1].addingReportingOverflow(1).partialValue, file[2]]
    }
  }

  /// Returns the shape in the file for a shape of the weight, which messages give as expected.
  func fileShape(of weight: [Int]) -> [Int] {
    switch self {
    case .none: weight
    case .transposed: weight.reversed()
    case .part(_, let count): weight.isEmpty ? weight : [weight[0] / count] + weight.dropFirst()
    case .flattened(let ones): [Int](repeating: 1, count: ones) + weight
    case .withoutFirstRow: weight.isEmpty ? weight : [1, weight[0] - 1] + weight.dropFirst()
    }
  }
}
