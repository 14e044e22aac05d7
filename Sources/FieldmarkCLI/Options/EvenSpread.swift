/// An order of `count` things of which every beginning is spread evenly over all of them. When
/// twenty are wanted instead of ten, the first ten stay the same.
///
/// ```swift
/// evenSpread(of: 8)      // 0, 5, 2, 7, 4, 1, 6, 3
/// ```
///
/// Each number is the one before it plus a fixed step, modulo the count. If the step is near the
/// golden section of the count, no large gap remains however many numbers are taken (the three-gap
/// theorem). A step that shares no divisor with the count reaches all numbers. Where the classes of
/// pictures alternate, such a step also passes from class to class.
package func evenSpread(of count: Int) -> [Int] {
  guard count > 2 else { return Array(0..<count) }
  let golden = Int((Double(count) * 0.618_033_988_749_895).rounded())
  let candidates = (max(1, golden - 100)...min(count - 1, golden + 100)).compactMap { step in
    largestQuotient(step, count).map { (quotient: $0, distance: abs(step - golden), step: step) }
  }
  guard let best = candidates.min(by: { ($0.quotient, $0.distance) < ($1.quotient, $1.distance) })
  else { preconditionFailure("One has no common divisor with anything.") }
  var place = 0
  return (0..<count).map { _ in
    defer { place = (place + best.step) % count }
    return place
  }
}

/// The largest quotient in the continued fraction of the step divided by the count. The smaller it
/// is, the more even are the gaps. Nil if the two numbers share a divisor.
private func largestQuotient(_ step: Int, _ count: Int) -> Int? {
  var (large, small, largest) = (count, step, 0)
  while small > 0 {
    largest = max(largest, large / small)
    (large, small) = (small, large % small)
  }
  return large == 1 ? largest : nil
}
