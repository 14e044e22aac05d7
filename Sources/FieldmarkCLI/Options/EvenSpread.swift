/// An order of so many things whose every beginning is spread evenly over them: the first ten stay the
/// first ten when twenty are wanted.
///
/// ```swift
/// evenSpread(of: 8)      // 0, 5, 2, 7, 4, 1, 6, 3
/// ```
///
/// Each comes a step behind the one before it, around the end to the beginning. Steps near the golden
/// section of the whole leave no large gap, whatever number of them is taken (the theorem of three gaps);
/// and a step without a common divisor with the count reaches all of them, and passes from class to class
/// where classes take turns.
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

/// The largest number in the continued fraction of a step in a whole: the smaller it is, the more even
/// are the gaps. Nil where both have a common divisor.
private func largestQuotient(_ step: Int, _ count: Int) -> Int? {
  var (large, small, largest) = (count, step, 0)
  while small > 0 {
    largest = max(largest, large / small)
    (large, small) = (small, large % small)
  }
  return large == 1 ? largest : nil
}
