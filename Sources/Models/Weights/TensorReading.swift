import Ground

/// The elements of a tensor as Swift's numbers, in the order of its axes, whatever its strides.
extension Tensor {
  /// Returns all elements as floats: 16-bit numbers exactly, 64-bit numbers rounded to the nearest
  /// float.
  public func floats() throws -> [Float] {
    try converted(by: type.floats, to: "numbers that can be read as floats")
  }

  /// Does the same, but refuses weights that a training run has destroyed:
  /// `tensor 'ln_final.bias': expected finite numbers, found nan at [3].`
  public func finiteFloats() throws -> [Float] {
    let values = try floats()
    try values.withUnsafeBufferPointer(checkFinite)
    return values
  }

  /// Calls the closure with finite numbers: with those of the file if it has floats in order,
  /// otherwise with a copy.
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

  /// Releases the memory of the bytes that were read; they can be read again.
  package func forget() {
    storage.forget(start..<start + (count * type.bits + 7) / 8)
  }

  private func checkFinite(_ values: UnsafeBufferPointer<Float>) throws {
    // Infinity and NaN have all bits of the exponent set, so adding one to the exponent carries
    // into the sign. Sums of bits, unlike sums of floats, are computed for many numbers at a time.
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

  /// Returns all elements exactly. The type must be one of whole numbers.
  public func integers() throws -> [Int] {
    try converted(by: type.integers, to: "whole numbers")
  }

  /// Calls the closure with the bytes of the elements, one after the other: with those of the
  /// storage if they are contiguous, otherwise with a gathered copy.
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

  /// Copies the elements in the order of the axes, with a plain loop for the innermost axis.
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
      // This goes to the next index of the outer axes, like an odometer.
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
