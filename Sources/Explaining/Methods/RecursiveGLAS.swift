import Encoders

/// GLAS repeated, each time on what the last round left of the picture, so that more than the most
/// important part is found:
///
///     O = 0
///     while sqrt(mean(S) / P(y | I)) < t_2:
///       S = GLAS of I, over the points in Omega
///       remove from Omega the points where S > t_1
///       I = I * (1 - S)
///       O += S, normalized
///
/// (Algorithm 1 of the paper. Its line 6 has t_2 where the text has t_1 = 0.8, which is used here.
/// Its line 9 stands inside the loop over points, where the text has it once, as here.)
///
/// Where the paper leaves something open, this was decided:
///
/// - S is normalized before it is used, because t_1 and 1 - S have no meaning otherwise: negative
///   values, which a probability never has, become 0, and then S is scaled to 0...1.
/// - If a logit is read in place of P(y | I), P is the share that is left of what the whole picture
///   added to a picture of mean color. It begins with 1, so t_2 = 5 ends the search when about a
///   hundredth is left.
/// - The search also ends when nothing is left, when no point was removed, or after `mostTimes`
///   rounds: in the paper's table 3, rounds after the second gain little.
package struct RecursiveGLAS: Sendable {
  let glas: GLAS
  var mostTimes = 8
  let threshold: Float = 0.8
  let stop: Float = 5

  package init(glas: GLAS) { self.glas = glas }

  package func map(_ planes: Matrix, _ score: Score) throws -> Matrix {
    let none = score.isProbability ? 0 : score(planes.hidden)
    let whole = score.isProbability ? 1 : score(planes) - none
    var (points, picture) = (glas.points, planes)
    var found = Matrix(rows: glas.pixels.height, columns: glas.pixels.width)
    for _ in 0..<mostTimes {
      let saliency = try glas.map(picture, score, .fusion, searching: points)
        .mapped { max(0, $0) }.scaledToUnit()
      found += saliency
      picture = picture.seen(through: saliency.mapped { 1 - $0 })
      let searched = points.count
      points.removeAll { saliency.elements[glas.pixel(of: $0)] > threshold }
      let left = whole > 0 ? (score(picture) - none) / whole : 0
      guard points.count < searched, !points.isEmpty, goesOn(saliency, left) else { break }
    }
    return found
  }

  /// Whether sqrt(mean(S) / P) < t_2; false if P is not a positive number.
  package func goesOn(_ saliency: Matrix, _ left: Float) -> Bool {
    let sum = saliency.elements.reduce(0.0) { $0 + Double($1) }
    let mean = Float(sum / Double(saliency.elements.count))
    return left > 0 && (mean / left).squareRoot() < stop
  }
}
