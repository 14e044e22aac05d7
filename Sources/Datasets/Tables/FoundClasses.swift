import Ground

/// Collects classes as they turn up among pictures, before all of them are known.
struct FoundClasses {
  private var labels: [[UInt8]: Int] = [:]

  /// The provisional number of a class.
  mutating func label(of name: some Collection<UInt8>) -> Int {
    let key = Array(name)
    if let label = labels[key] { return label }
    labels[key] = labels.count
    return labels.count - 1
  }

  /// The classes ordered by the bytes of their names, and for each provisional number the final
  /// one.
  func sorted() -> (names: [String], order: [Int]) {
    var order = [Int](repeating: 0, count: labels.count)
    let sorted = labels.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    for (place, entry) in sorted.enumerated() { order[entry.value] = place }
    return (sorted.map { printable($0.key) }, order)
  }

  /// Like `sorted`, except that if all names are whole numbers, these are the numbers of the
  /// classes: 7 is the eighth class whether or not the sixth has pictures.
  func settled() -> (names: [String], order: [Int]) {
    let numbers = labels.compactMap { name, label in
      number(in: name).flatMap { $0 < 100_000 ? (number: $0, label: label) : nil }
    }
    guard !numbers.isEmpty, numbers.count == labels.count else { return sorted() }
    var order = [Int](repeating: 0, count: labels.count)
    for (number, label) in numbers { order[label] = number }
    return ((0...(order.max() ?? 0)).map(String.init), order)
  }
}
