/// A weight under the name that Fieldmark knows it by, wherever and however a file keeps it.
///
/// ```swift
/// try model.weight("visual.proj").floats()      // 768 x 512, row by row
/// ```
///
/// A view: the shape is known, the numbers are read when they are asked for. Files that keep
/// queries, keys and values apart, or a matrix the other way around, are put right in the view.
public struct Weight: Sendable {
  public let name: String
  public let shape: [Int]
  /// The tensors of the file, in the order in which they follow each other here.
  package let parts: [Tensor]
  /// Numbers that the file leaves out because they are zero, before all others.
  let leadingZeros: Int

  /// What the numbers are in the file.
  public var type: ElementType? { parts.first?.type }
  public var count: Int { shape.reduce(1, *) }

  /// All numbers, row by row; one that is not finite is refused.
  public func floats() throws -> [Float] {
    if leadingZeros == 0, parts.count == 1 { return try parts[0].finiteFloats() }
    return try [Float](repeating: 0, count: leadingZeros) + parts.flatMap { try $0.finiteFloats() }
  }

  /// One entry along the first axis: a token's numbers, out of a table that is not read otherwise.
  package func row(_ index: Int) throws -> [Float] {
    guard leadingZeros == 0, parts.count == 1 else {
      return try withFloats(rows: index..<index + 1) { Array($0) }
    }
    return try parts[0].rows(index..<index + 1).finiteFloats()
  }

  /// Lends all numbers, or those of some entries along the first axis, and gives back the memory
  /// that a file's own take: an encoder keeps them in an order of its own.
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

/// How a tensor of a file differs from the weight that it is.
enum Change: Equatable {
  case none
  /// The file has rows for columns.
  case transposed
  /// One of so many that lie one below the other in the weight.
  case part(Int, of: Int)
  /// So many axes of length one come first in the file.
  case flattened(Int)
  /// As `flattened(1)`, and the first row, all zeros, is left out.
  case withoutFirstRow

  /// Whether a tensor changed so and one changed in the other way make up one weight together.
  func goesWith(_ other: Change) -> Bool {
    guard case .part(let part, _) = self, case .part(let another, _) = other else { return false }
    return part != another
  }

  /// The tensor as the weight has it.
  func applied(to tensor: Tensor) -> Tensor { self == .transposed ? tensor.transposed : tensor }

  /// The shape of the weight, or of this part of it, for a shape in the file.
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

  /// The shape in the file for a shape of the weight: what a message says was expected.
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
