import Ground

/// A named array of numbers that lies in a mapped file and is read only when it is used.
///
/// ```swift
/// let proj = try checkpoint.tensor("visual.proj")
/// proj.shape                     // [768, 512]; nothing read yet
/// try proj.floats()              // 393,216 floats, row by row
/// try proj.transposed.floats()   // column by column
/// ```
///
/// A tensor keeps its file open and mapped. Views (transposed, rows of a larger tensor, one row
/// repeated) are the same bytes with other strides, as in PyTorch.
public struct Tensor: Sendable {
  public let name: String
  public let type: ElementType
  public let shape: [Int]
  /// How many elements further the next element along each axis lies; 0 repeats the same element.
  public let strides: [Int]
  /// The storage of the elements. A view may use only a few of its bytes.
  package let storage: MappedFile
  /// The offset of the first element in the storage, in bytes.
  let start: Int

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }
  /// Whether the elements follow one another in the order of the axes.
  public var isContiguous: Bool {
    count == 0
      || zip(shape, zip(strides, Tensor.contiguousStrides(shape)))
        .allSatisfy { size, strides in size == 1 || strides.0 == strides.1 }
  }

  /// Creates a tensor of elements in a storage of which it may use `start..<end`. Every number may
  /// come from a file that lies, so every sum is checked here, and none can go wrong afterward.
  init(
    _ name: String, _ type: ElementType, shape: [Int], strides: [Int]? = nil,
    storage: MappedFile, start: Int, end: Int
  ) throws {
    guard let layout = StridedLayout(shape: shape, strides: strides) else {
      throw InputError(
        Tensor.place(name), expected: "a shape and strides that 64 bits can count",
        found:
          "\(Tensor.describe(shape))\(strides.map { ", strides \(Tensor.describe($0))" } ?? "")")
    }
    let bits = layout.extent.multipliedReportingOverflow(by: type.bits)
    guard start >= 0, start <= end, end <= storage.count, !bits.overflow,
      bits.partialValue.isMultiple(of: 8), bits.partialValue / 8 <= end - start
    else {
      throw InputError(
        Tensor.place(name), expected: "\(Tensor.describe(shape)) of type \(type) within its data",
        found: "\(max(0, end - start)) bytes")
    }
    guard layout.count - layout.extent <= Tensor.mostRepeated else {
      throw InputError(
        Tensor.place(name), expected: "at most \(Tensor.mostRepeated) elements that repeat others",
        found: "\(layout.count) made of \(layout.extent)")
    }
    self.init(
      name: name, type: type, shape: shape, strides: layout.strides, storage: storage, start: start)
  }

  /// Creates a tensor of numbers in memory.
  public init(_ name: String, shape: [Int], _ values: [Float]) {
    precondition(
      shape.reduce(1, *) == values.count, "A tensor's shape says how many numbers there are.")
    let storage = values.withUnsafeBytes { MappedFile($0, named: Path(name)) }
    self.init(
      name: name, type: .f32, shape: shape, strides: Tensor.contiguousStrides(shape),
      storage: storage, start: 0)
  }

  private init(
    name: String, type: ElementType, shape: [Int], strides: [Int], storage: MappedFile, start: Int
  ) {
    self.name = name
    self.type = type
    self.shape = shape
    self.strides = strides
    self.storage = storage
    self.start = start
  }

  /// A file of a few bytes can ask for one element to be repeated without end, which no real
  /// weights do.
  private static let mostRepeated = 1 << 24
}

extension Tensor {
  /// Returns the tensor under another name.
  public func renamed(_ name: String) -> Tensor {
    Tensor(
      name: name, type: type, shape: shape, strides: strides, storage: storage, start: start)
  }

  /// The same elements with the axes in reverse order.
  public var transposed: Tensor {
    Tensor(
      name: name, type: type, shape: shape.reversed(), strides: strides.reversed(),
      storage: storage, start: start)
  }

  /// Returns some of the entries along the first axis, which must be there.
  public func rows(_ range: Range<Int>) -> Tensor {
    precondition(
      range.lowerBound >= 0 && !shape.isEmpty && range.upperBound <= shape[0],
      "Rows are taken of a tensor that has them.")
    return Tensor(
      name: name, type: type, shape: [range.count] + shape.dropFirst(), strides: strides,
      storage: storage,
      start: range.isEmpty ? start : start + range.lowerBound * strides[0] * (type.bits / 8))
  }

  /// Returns the tensor if it has this shape. The error otherwise reads `tensor 'visual.proj':
  /// expected 768 x 512, found 512 x 768.`
  public func checked(_ shape: [Int]) throws -> Tensor {
    if shape == self.shape { return self }
    throw InputError(
      place, expected: Tensor.describe(shape), found: Tensor.describe(self.shape))
  }

  var place: String { Tensor.place(name) }

  /// Returns a tensor's name as messages show it. It is made only for messages, since it looks at
  /// each letter.
  static func place(_ name: String) -> String { "tensor '\(printable(name.utf8.prefix(1024)))'" }

  /// Returns a shape as messages show it: `768 x 512`, or `a single number`.
  public static func describe(_ shape: [Int]) -> String {
    shape.isEmpty ? "a single number" : shape.map(String.init).joined(separator: " x ")
  }

  static func contiguousStrides(_ shape: [Int]) -> [Int] {
    var strides: [Int] = []
    var step = 1
    for size in shape.reversed() {
      strides.append(step)
      step *= max(1, size)
    }
    return strides.reversed()
  }

  /// Shape and strides whose sums do not overflow; nil for any others.
  private struct StridedLayout {
    let strides: [Int]
    let count: Int
    /// How far the last element reaches: the number of elements that the storage must have.
    let extent: Int

    init?(shape: [Int], strides: [Int]?) {
      guard shape.count <= 64, shape.allSatisfy({ $0 >= 0 }) else { return nil }
      // Empty axes count as one, so that no order of multiplying hides an overflow.
      var product = 1
      for size in shape {
        let (next, overflow) = product.multipliedReportingOverflow(by: max(1, size))
        if overflow { return nil }
        product = next
      }
      let strides = strides ?? Tensor.contiguousStrides(shape)
      guard strides.count == shape.count, strides.allSatisfy({ $0 >= 0 }) else { return nil }
      var last = 0
      for (size, stride) in zip(shape, strides) {
        let step = max(0, size - 1).multipliedReportingOverflow(by: stride)
        let sum = last.addingReportingOverflow(step.partialValue)
        if step.overflow || sum.overflow { return nil }
        last = sum.partialValue
      }
      let isEmpty = shape.contains(0)
      let (reach, overflow) = last.addingReportingOverflow(1)
      if overflow { return nil }
      // A file may name any stride for an axis of one element, even one that is too large to
      // multiply with.
      self.strides = zip(shape, strides).map { size, stride in size > 1 ? stride : 0 }
      count = isEmpty ? 0 : product
      extent = isEmpty ? 0 : reach
    }
  }
}
