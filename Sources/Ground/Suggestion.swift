/// Returns the word of `candidates` that was probably meant: the nearest one, if at most one letter
/// or a third of its letters would have to change.
package func nearest(to word: String, among candidates: [String]) -> String? {
  let scored = candidates.map { (distance: edits(from: word, to: $0), word: $0) }
  guard let best = scored.min(by: { ($0.distance, $0.word) < ($1.distance, $1.word) }) else {
    return nil
  }
  return best.distance <= max(1, best.word.count / 3) ? best.word : nil
}

/// The number of letters that must be inserted, deleted, changed or swapped with their neighbor to
/// turn one word into the other (optimal string alignment). Only the first 64 letters are compared;
/// names are far shorter.
private func edits(from a: String, to b: String) -> Int {
  let a = Array(a.unicodeScalars.prefix(64))
  let b = Array(b.unicodeScalars.prefix(64))
  var rows = [Array(0...b.count)]
  for i in 0..<a.count {
    var row = [i + 1]
    for j in 0..<b.count {
      var cost = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        cost = min(cost, rows[i - 1][j - 1] + 1)
      }
      row.append(cost)
    }
    rows.append(row)
  }
  return rows[a.count][b.count]
}
