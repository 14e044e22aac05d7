import Measures
import Studies
import Traits

/// Margins of a group of pictures that have no twins: how many there are, their mean and their variance, and
/// the means of the other margins on the same pictures.
package struct MarginGroup: Equatable, Sendable {
  package let count: Int
  package let mean: Double
  /// The unbiased variance; 0 of a single picture.
  package let variance: Double
  /// The share in which the other class wins.
  package let below: Double
  /// Of the words and of the heads that were trained again.
  package let others: [Double]

  package init(count: Int, mean: Double, variance: Double, below: Double, others: [Double] = []) {
    (self.count, self.mean, self.variance) = (count, mean, variance)
    (self.below, self.others) = (below, others)
  }

  /// Of the margins of each picture, the classifier's first. Nil of no picture.
  package init?(_ pictures: [[Double]]) {
    let width = pictures.map(\.count).min() ?? 0
    guard width > 0 else { return nil }
    let count = Double(pictures.count)
    let means = (0..<width).map { place in
      pictures.map { $0[place] }.reduce(0, +) / count
    }
    let squares = pictures.map { ($0[0] - means[0]) * ($0[0] - means[0]) }.reduce(0, +)
    self.init(
      count: pictures.count, mean: means[0], variance: squares / max(1, count - 1),
      below: Double(pictures.count { $0[0] < 0 }) / count, others: Array(means.dropFirst()))
  }

  /// Both groups as one.
  package static func + (a: MarginGroup, b: MarginGroup) -> MarginGroup {
    let (m, n) = (Double(a.count), Double(b.count))
    func mean(_ x: Double, _ y: Double) -> Double { (m * x + n * y) / (m + n) }
    let between = m * n / (m + n) * (a.mean - b.mean) * (a.mean - b.mean)
    let squares = a.variance * (m - 1) + b.variance * (n - 1) + between
    return MarginGroup(
      count: a.count + b.count, mean: mean(a.mean, b.mean), variance: squares / (m + n - 1),
      below: mean(a.below, b.below), others: zip(a.others, b.others).map(mean))
  }

  /// As a run keeps it.
  func number(_ name: String) -> RunRecord.Number {
    .init(
      map: AuditNames.groups, measure: name, value: mean,
      counts: [Float(count), Float(variance), Float(below)] + others.map { Float($0) })
  }

  init?(_ number: RunRecord.Number) {
    guard let mean = number.value, abs(mean) < 1e9, number.counts.count >= 3,
      number.counts.prefix(3).allSatisfy({ (0..<1e9).contains($0) }), number.counts[0] >= 1
    else { return nil }
    self.init(
      count: Int(number.counts[0]), mean: mean, variance: Double(number.counts[1]),
      below: Double(number.counts[2]), others: number.counts.dropFirst(3).map { Double($0) })
  }
}
