/// How likely a result is by chance alone.
package enum Chance {
  /// The rank of a value among those of controls, with the value itself counted:
  ///
  ///     p = (1 + how many controls have as much or more) / (1 + how many there are)
  ///
  /// It is never 0, and it is uniform if the value comes from the same distribution as the controls.
  /// (Phipson and Smyth 2010, arXiv 1603.05766.)
  package static func p(
    of value: Double, among controls: [Double]
  ) -> Double {
    let asMuch = controls.count { $0 >= value }
    return Double(1 + asMuch) / Double(1 + controls.count)
  }

  /// For each of many p-values, the least rate of false discoveries at which it counts as a discovery:
  /// with p_(i) the i-th smallest of n,
  ///
  ///     q_(i) = least over k >= i of min(1, n p_(k) / k)
  ///
  /// (Benjamini and Hochberg 1995.)
  package static func falseDiscoveryRates(_ p: [Double]) -> [Double] {
    let order = p.indices.sorted { (p[$0], $0) < (p[$1], $1) }
    var rates = p
    var least = 1.0
    for (rank, index) in order.enumerated().reversed() {
      least = min(least, Double(p.count) * p[index] / Double(rank + 1))
      rates[index] = least
    }
    return rates
  }
}
