import Models

extension Architecture.Text {
  /// The positions of texts that are longer or shorter than those that they were trained for: on
  /// straight lines between neighbors. (open_clip 3.3, `resize_text_pos_embed`.)
  func stretched(_ table: Matrix) -> Matrix {
    guard context != table.rows else { return table }
    let step = Float(table.rows) / Float(context)
    var elements: [Float] = []
    elements.reserveCapacity(context * table.columns)
    for place in 0..<context {
      let source = max(0, step * (Float(place) + 0.5) - 0.5)
      let first = min(table.rows - 1, Int(source))
      let next = min(table.rows - 1, first + 1)
      let share = source - Float(first)
      elements += zip(table[row: first], table[row: next]).map {
        (1 - share) * $0 + share * $1
      }
    }
    return Matrix(rows: context, columns: table.columns, elements)
  }
}
