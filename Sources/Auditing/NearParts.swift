import Explaining
import Measures

/// The share of each place of a picture's grid that lies near the parts which carry an attribute. Dozens
/// of attributes are seen at the same parts, so the shares of each set of parts are computed once.
struct NearParts {
  private let map: Heatmap
  private let parts: [PartPoint]
  private var known: [[String]: [Float]] = [:]

  /// The number of points per side at which a place is sampled.
  private static let steps = 4

  init(_ map: Heatmap, _ parts: [PartPoint]) { (self.map, self.parts) = (map, parts) }

  /// Returns an empty list if none of the parts is visible.
  mutating func shares(of names: [String]) -> [Float] {
    if let known = known[names] { return known }
    let seen = parts.filter { names.contains($0.name) }
    let shares = seen.isEmpty ? [] : shares(near: seen)
    known[names] = shares
    return shares
  }

  private func shares(near parts: [PartPoint]) -> [Float] {
    let reach = Agreement.reach * Double(max(map.width, map.height))
    let (rows, columns) = (map.values.rows, map.values.columns)
    let (across, down) = (map.region.width / Double(columns), map.region.height / Double(rows))
    func line(_ middle: Double, _ start: Double, _ step: Double, _ count: Int) -> Range<Int> {
      let first = ((middle - reach - start) / step).rounded(.down)
      let end = ((middle + reach - start) / step).rounded(.up)
      guard first < Double(count), end > 0 else { return 0..<0 }
      return Int(max(0, first))..<Int(min(Double(count), end))
    }
    var places: Set<Int> = []
    for part in parts {
      for row in line(part.y + 0.5, map.region.y, down, rows) {
        for column in line(part.x + 0.5, map.region.x, across, columns) {
          places.insert(row * columns + column)
        }
      }
    }
    var shares = [Float](repeating: 0, count: rows * columns)
    let steps = NearParts.steps
    for place in places {
      let (row, column) = place.quotientAndRemainder(dividingBy: columns)
      let inside = (0..<steps * steps).count { step in
        let x = Double(column) + (Double(step % steps) + 0.5) / Double(steps)
        let y = Double(row) + (Double(step / steps) + 0.5) / Double(steps)
        return parts.contains { part in
          let dx = map.region.x + x * across - part.x - 0.5
          let dy = map.region.y + y * down - part.y - 0.5
          return dx * dx + dy * dy < reach * reach
        }
      }
      shares[place] = Float(inside) / Float(steps * steps)
    }
    return shares
  }
}
