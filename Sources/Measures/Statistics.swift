import Ground

/// A number that a measure gave, with the picture and the question that it is about.
public struct Measurement: Equatable, Sendable {
  /// The picture's name. Numbers of one picture are not independent of each other.
  public let picture: String
  /// The question about the picture, if there were several.
  public let question: String
  /// Nil if the measure has no value.
  public let number: Double?

  public init(_ picture: String, question: String = "", _ number: Double?) {
    self.picture = picture
    self.question = question
    // NaN and infinity are not numbers to average either.
    self.number = number.flatMap { $0.isFinite ? $0 : nil }
  }
}

/// The mean of many numbers, its confidence interval, and what it was computed from.
///
/// ```swift
/// Summary(of: numbers).description      // 0.584 (0.571 to 0.597), 5794 of 5794
/// ```
///
/// The interval comes from the bootstrap: pictures are drawn with replacement, as many as there
/// are, each with all of its numbers. The interval is the middle 95 % of the means of these draws.
/// (Efron 1979; the percentile method, with quantiles that are interpolated linearly as in NumPy.)
/// Pictures are drawn rather than numbers, because several questions about one picture carry less
/// information than as many pictures would.
public struct Summary: Equatable, Sendable {
  /// Nil if there are no numbers.
  public let mean: Double?
  /// Nil if there are fewer than two pictures.
  public let interval: ClosedRange<Double>?
  /// The number of numbers that were averaged.
  public let count: Int
  /// The number of pictures that they belong to.
  public let pictures: Int
  /// The number of measurements without a value.
  public let leftOut: Int

  public init(
    of measurements: [Measurement], confidence: Double = 0.95, draws: Int = 1000, seed: UInt64 = 0
  ) {
    precondition(
      0 < confidence && confidence < 1 && draws > 0, "An interval is the middle of some draws.")
    let known = measurements.compactMap(\.number)
    let sums = measurements.numbersOfPictures.map { (sum: $0.reduce(0, +), count: $0.count) }
    self.init(
      mean: known.isEmpty ? nil : known.reduce(0, +) / Double(known.count),
      interval: Measures.interval(of: sums, confidence, draws, seed), count: known.count,
      pictures: sums.count, leftOut: measurements.count - known.count)
  }

  /// The same for one number per picture, with NaN where there is none. It is faster for many
  /// pictures.
  public init(
    of numbers: [Double], confidence: Double = 0.95, draws: Int = 1000, seed: UInt64 = 0
  ) {
    let known = numbers.filter(\.isFinite)
    self.init(
      mean: known.isEmpty ? nil : known.reduce(0, +) / Double(known.count),
      interval: Measures.interval(of: known.map { (sum: $0, count: 1) }, confidence, draws, seed),
      count: known.count, pictures: known.count, leftOut: numbers.count - known.count)
  }

  init(mean: Double?, interval: ClosedRange<Double>?, count: Int, pictures: Int, leftOut: Int) {
    self.mean = mean
    self.interval = interval
    self.count = count
    self.pictures = pictures
    self.leftOut = leftOut
  }
}

extension Summary: CustomStringConvertible {
  public var description: String {
    guard let mean else { return "none of \(leftOut)" }
    let between = interval.map { " (\($0.lowerBound.short) to \($0.upperBound.short))" } ?? ""
    return "\(mean.short)\(between), \(count) of \(count + leftOut)"
  }
}

extension [Measurement] {
  /// The numbers of each picture that has any, in the order in which the pictures appear.
  fileprivate var numbersOfPictures: [[Double]] {
    var places: [String: Int] = [:]
    var groups: [[Double]] = []
    for measurement in self {
      guard let number = measurement.number else { continue }
      if let place = places[measurement.picture] {
        groups[place].append(number)
      } else {
        places[measurement.picture] = groups.count
        groups.append([number])
      }
    }
    return groups
  }
}

/// The interval of the means of bootstrap draws, each of which has as many groups as there are.
/// Every draw has its own generator, so that the first thousand are the same however many are
/// drawn.
private func interval(
  of groups: [(sum: Double, count: Int)], _ confidence: Double, _ draws: Int, _ seed: UInt64
) -> ClosedRange<Double>? {
  guard groups.count > 1 else { return nil }
  let mean: @Sendable (Int) -> Double = { draw in
    groups.withUnsafeBufferPointer { groups in
      var (sum, count) = (0.0, 0)
      forEachDrawn(of: groups.count, draw, seed) { index in
        (sum, count) = (sum + groups[index].sum, count + groups[index].count)
      }
      return sum / Double(count)
    }
  }
  // A hundred million draws take a second, but a few thousand are not worth a thread.
  guard groups.count > 1000, let all = try? concurrently(draws, mean) else {
    return middle(confidence, of: (0..<draws).map(mean))
  }
  return middle(confidence, of: all)
}

/// Calls `body` with `count` uniform random numbers below `count`. They depend only on the count,
/// the draw and the seed.
func forEachDrawn(of count: Int, _ draw: Int, _ seed: UInt64, _ body: (Int) -> Void) {
  var random = SplitMix(seed: seed, draw)
  for _ in 0..<count { body(random.below(count)) }
}

/// The quantiles from (1 - share) / 2 to (1 + share) / 2 of the numbers.
func middle(_ share: Double, of numbers: [Double]) -> ClosedRange<Double>? {
  let sorted = numbers.sorted()
  func quantile(_ way: Double) -> Double {
    let place = way * Double(sorted.count - 1)
    let before = min(Int(place), sorted.count - 1)
    let after = min(before + 1, sorted.count - 1)
    return sorted[before] + (place - Double(before)) * (sorted[after] - sorted[before])
  }
  // Sums of extremely large numbers may be NaN.
  let (low, high) = (quantile((1 - share) / 2), quantile((1 + share) / 2))
  return low.isNaN || high.isNaN ? nil : low...max(low, high)
}

extension Double {
  /// The number with three decimals. If it would round to nothing, it is written with a power of
  /// ten, `3.1e-07`.
  package var short: String {
    let thousandths = (abs(self) * 1000).rounded()
    guard thousandths < 1e15 else { return "\(self)" }
    let sign = self < 0 ? "-" : ""
    if self != 0, abs(self) < 0.001 {
      var (number, power) = (abs(self), 0)
      while number < 0.995 { (number, power) = (number * 10, power + 1) }
      let tenths = Int((number * 10).rounded())
      return "\(sign)\(tenths / 10).\(tenths % 10)e-\(power < 10 ? "0" : "")\(power)"
    }
    let (whole, rest) = Int(thousandths).quotientAndRemainder(dividingBy: 1000)
    let digits = String(rest)
    return "\(sign)\(whole)." + String(repeating: "0", count: 3 - digits.count) + digits
  }
}

extension Collection<Double> {
  /// Nil of none.
  package var mean: Double? { isEmpty ? nil : reduce(0, +) / Double(count) }
}
