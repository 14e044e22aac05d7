import Fieldmark
import Testing

/// By `scipy.stats.t.sf(t, n)`, SciPy 1.16.
@Test(arguments: [
  (1, 0.0, 0.5), (1, 1.0, 0.25), (2, 4.302653, 0.025), (11, 2.200985, 0.025),
  (11, -2.200985, 0.975), (3, 12.92398, 0.0005), (30, 1.697261, 0.05), (999, 1.646382, 0.05),
])
func aTailOfStudentsTIsTheReferences(freedom: Int, t: Double, tail: Double) {
  #expect(abs(StudentT(freedom: freedom).above(t) - tail) < 2e-7)
}

@Test(arguments: [1, 2, 5, 23, 400])
func aQuantileHasItsShareBelow(freedom: Int) {
  let t = StudentT(freedom: freedom)
  for share in [0.001, 0.05, 0.5, 0.8, 0.975, 0.9999] {
    #expect(abs(1 - t.above(t.quantile(share)) - share) < 1e-9)
    #expect(abs(t.quantile(share) + t.quantile(1 - share)) < 1e-6 * max(1, abs(t.quantile(share))))
  }
}

@Test func whatIsNoNumberHasNoTail() {
  #expect(StudentT(freedom: 4).above(.nan).isNaN)
  #expect(StudentT(freedom: 4).above(.infinity) == 0)
  #expect(StudentT(freedom: 4).above(-.infinity) == 1)
}

@Test func everyNumberOfDegreesHasEveryTail() {
  for freedom in 1...400 {
    for t in [0, 0.25, 0.5, 1, 2, 4, 8, 1e6] {
      let tail = StudentT(freedom: freedom).above(t)
      #expect(tail >= 0 && tail <= 0.5, "\(t) with \(freedom)")
    }
  }
}
