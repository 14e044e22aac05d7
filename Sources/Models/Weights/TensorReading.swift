import Ground

/// The elements of a tensor as Swift's numbers, in the order of its axes, whatever its strides.
extension Tensor {
  /// 16-bit numbers exactly, 64-bit ones rounded to the nearest.
  public func floats() throws -> [Float] {
    try converted(by: type.floats, to: "numbers that can be read as floats")
  }

  /// The same, refusing weights that a training run has destroyed:
  /// `tensor 'ln_final.bias': expected finite numbers, found nan at [3].`
  public func finiteFloats() throws -> [Float] {
    let values = try floats()
    try values.withUnsafeBufferPointer(checkFinite)
    return values
  }

  /// Lends finite numbers where they lie if the file has floats in order, else a copy.
  func withFiniteFloats<Result>(
    _ body: (UnsafeBufferPointer<Float>) throws -> Result
  ) throws -> Result {
    let isAligned = (start + storage.alignment).isMultiple(of: MemoryLayout<Float>.alignment)
    guard type == .f32, isContiguous, isAligned else {
      return try finiteFloats().withUnsafeBufferPointer(body)
    }
    return try withBytes { bytes in
      let values = bytes.bindMemory(to: Float.self)
      try checkFinite(values)
      return try body(values)
    }
  }

  /// Gives back the memory of what was read; it can be read again.
  package func forget() {
    storage.forget(start..<start + (count * type.bits + 7) / 8)
  }

  private func checkFinite(_ values: UnsafeBufferPointer<Float>) throws {
    // One more in the exponent carries into the sign where all its bits were set, which is how
    // infinity and NaN are written; a sum of bits, unlike one of floats, is done many at a time.
    let carries = values.reduce(into: UInt32(0)) {
      $0 |= ($1.bitPattern & 0x7fff_ffff) &+ 0x0080_0000
    }
    guard carries >> 31 == 1, let place = values.firstIndex(where: { !$0.isFinite }) else { return }
    var rest = place
    let indices = shape.reversed().map { size in
      defer { rest /= size }
      return rest % size
    }
    throw InputError(
      self.place, expected: "finite numbers",
      found: "\(values[place]) at [\(indices.reversed().map(String.init).joined(separator: ", "))]")
  }

  /// Exactly; only types of whole numbers.
  public func integers() throws -> [Int] {
    try converted(by: type.integers, to: "whole numbers")
  }

  /// The bytes of the elements one after the other: lent where they lie if they lie so, else
  /// gathered first.
  public func withBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    try storage.checkUnchanged()
    let size = type.bits / 8
    return try storage.withBytes { bytes in
      if isContiguous {
        let end = start + (count * type.bits) / 8
        return try body(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
      }
      try MemoryCheck.check(count * size, for: place)
      let gathered = UnsafeMutableRawBufferPointer.allocate(
        byteCount: count * size, alignment: 16)
      defer { gathered.deallocate() }
      switch size {
      case 1: gather(UInt8.self, from: bytes, into: gathered)
      case 2: gather(UInt16.self, from: bytes, into: gathered)
      case 4: gather(UInt32.self, from: bytes, into: gathered)
      default: gather(UInt64.self, from: bytes, into: gathered)
      }
      return try body(UnsafeRawBufferPointer(gathered))
    }
  }

  private func converted<Value>(
    by conversion: ElementType.Conversion<Value>?, to expected: String
  ) throws -> [Value] {
    guard let conversion else {
      throw InputError(place, expected: expected, found: "type \(type)")
    }
    try MemoryCheck.check(count * MemoryLayout<Value>.stride, for: place)
    return try withBytes { bytes in
      [Value](unsafeUninitializedCapacity: count) { out, initialized in
        let out = UnsafeMutableBufferPointer(rebasing: out[..<count])
        if let source = bytes.baseAddress, count > 0 { conversion(source, out) }
        initialized = count
      }
    }
  }

  /// Copies the elements in the order of the axes, the innermost in a plain loop.
  private func gather<Element: FixedWidthInteger>(
    _ type: Element.Type, from bytes: UnsafeRawBufferPointer,
    into gathered: UnsafeMutableRawBufferPointer
  ) {
    guard count > 0, let source = bytes.baseAddress else { return }
    let out = gathered.bindMemory(to: Element.self)
    let size = MemoryLayout<Element>.size
    let inner = shape.last ?? 1
    let step = (strides.last ?? 1) * size
    var indices = [Int](repeating: 0, count: max(0, shape.count - 1))
    var place = start
    var written = 0
    while true {
      for index in 0..<inner {
        out[written + index] = source.loadUnaligned(
          fromByteOffset: place + index * step, as: Element.self)
      }
      written += inner
      // The next index of the outer axes, counted like an odometer.
      var axis = indices.count - 1
      while axis >= 0 {
        indices[axis] += 1
        place += strides[axis] * size
        if indices[axis] < shape[axis] { break }
        place -= shape[axis] * strides[axis] * size
        indices[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }
}
