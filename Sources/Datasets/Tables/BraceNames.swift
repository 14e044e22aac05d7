import Ground

extension Path {
  /// The names that a pattern with braces stands for, as in shells and WebDataset. Braces hold a
  /// list, or a range of numbers that are padded with zeros if an end of the range is.
  ///
  /// ```swift
  /// try Path("shard-{000..002}.tar").withBracesExpanded()     // shard-000.tar, ... 002.tar
  /// try Path("{train,val}-{0..1}.tar").withBracesExpanded()   // four
  /// ```
  package func withBracesExpanded() throws -> [Path] {
    var names: [[UInt8]] = [[]]
    var rest = bytes[...]
    // The system accepts no longer names, and a hundred thousand of them would exhaust the memory.
    guard bytes.count <= 4096 else {
      throw InputError(
        Path(bytes: Array(bytes.prefix(40))).description + "...",
        expected: "a name of at most 4096 bytes", found: "\(bytes.count)")
    }
    while let open = rest.firstIndex(of: UInt8(ascii: "{")) {
      guard let close = rest[open...].firstIndex(of: UInt8(ascii: "}")) else {
        throw InputError(description, expected: "a closing brace", found: "none")
      }
      let choices = try Path.choices(rest[(open + 1)..<close], pattern: description)
      guard names.count * choices.count <= 100_000 else {
        throw InputError(description, expected: "at most 100000 names", found: "more")
      }
      let before = rest[..<open]
      names = names.flatMap { name in choices.map { name + before + $0 } }
      rest = rest[(close + 1)...]
    }
    return names.map { Path(bytes: $0 + rest) }
  }

  private static func choices(_ inside: ArraySlice<UInt8>, pattern: String) throws -> [[UInt8]] {
    if let dots = inside.firstRange(of: Array("..".utf8)) {
      let (low, high) = (inside[..<dots.lowerBound], inside[dots.upperBound...])
      guard let first = number(in: low), let last = number(in: high), first <= last,
        last - first < 100_000, max(low.count, high.count) <= 19
      else {
        throw InputError(
          pattern, expected: "a range such as {000..012}", found: "{\(printable(inside))}")
      }
      let isFilled = [low, high].contains { $0.count > 1 && $0.first == UInt8(ascii: "0") }
      let width = isFilled ? max(low.count, high.count) : 0
      return (first...last).map { number in
        let digits = Array(String(number).utf8)
        return [UInt8](repeating: UInt8(ascii: "0"), count: max(0, width - digits.count)) + digits
      }
    }
    guard !inside.isEmpty, !inside.contains(UInt8(ascii: "{")) else {
      throw InputError(
        pattern, expected: "a range or a list in braces", found: "{\(printable(inside))}")
    }
    return inside.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      .map(Array.init)
  }
}
