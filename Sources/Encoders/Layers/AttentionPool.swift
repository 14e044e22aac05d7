/// Pools the last pixels of a ResNet into one row for each picture: their mean attends to all of
/// them.
///
///     tokens = [mean of x; x] + positions
///     y = output(heads(queries of the mean, keys and values of all))
///
/// (Radford et al. 2021, arXiv 2103.00020, section 2.4.)
public struct AttentionPool: Layer {
  public let tokens: MeanFirst
  /// Two projections: to the queries, and to the keys and values side by side.
  public let projection: Projection
  public let heads: Int
  public let output: Linear

  public init(tokens: MeanFirst, projection: Projection, heads: Int, output: Linear) {
    precondition(projection.parts.count == 2, "Queries are apart from keys and values.")
    self.tokens = tokens
    self.projection = projection
    self.heads = heads
    self.output = output
  }

  /// The plain version, one layer after the other: it computes the output of every token and drops
  /// all but the means.
  public func plain(_ rows: Int) -> Chain {
    let sequences = tokens.sequences(rows)
    return Chain(
      tokens, projection, Heads(heads, sequences), Pick(sequences.firsts), output)
  }

  public func traced(_ x: Matrix) -> Traced { plain(x.rows).traced(x) }

  /// Computes the same with queries of the means only; a test holds it equal to `plain`.
  public func callAsFunction(_ x: Matrix) -> Matrix {
    let sequences = tokens.sequences(x.rows)
    let all = tokens(x)
    let queries = projection.parts[0](all.picking(sequences.firsts))
    let keysAndValues = projection.parts[1](all)
    let width = queries.columns
    let answers = queries.elements.withUnsafeBufferPointer { queries in
      keysAndValues.elements.withUnsafeBufferPointer { keys in
        Matrix(rows: sequences.count, columns: width) { answers in
          guard let from = queries.baseAddress, let keys = keys.baseAddress else { return }
          Heads(heads, sequences).run(
            queries: from, keys: keys, values: keys + width, width: width, rowOfQueries: width,
            rowOfKeys: 2 * width, hasOneQuery: true, into: answers.baseAddress!, precision: .fp32)
        }
      }
    }
    return output(answers)
  }
}

/// Puts the mean of each picture's pixels before the pixels and adds the positions.
public struct MeanFirst: Layer {
  /// A row for the mean, then one for each pixel.
  public let positions: Matrix

  public init(positions: Matrix) { self.positions = positions }

  /// The sequences of tokens that a number of pixels becomes.
  public func sequences(_ rows: Int) -> Sequences {
    let pixels = positions.rows - 1
    precondition(rows.isMultiple(of: pixels), "\(rows) rows are no pictures of \(pixels) pixels.")
    return Sequences(rows / pixels, of: positions.rows)
  }

  public func callAsFunction(_ x: Matrix) -> Matrix {
    let pixels = positions.rows - 1
    return .stacked(
      (0..<x.rows / pixels).map { picture in
        let part = x.rows(picture * pixels..<(picture + 1) * pixels)
        return .stacked([part.meanRow(), part]) + positions
      })
  }

  public func traced(_ x: Matrix) -> Traced {
    // y = [mean of x; x] + positions for each picture
    Traced(self(x)) { d in
      let sequences = sequences(x.rows)
      let parts = (0..<sequences.count).map { picture in
        let rows = d.rows(sequences[picture])
        let share = (1 / Float(rows.rows - 1)) * rows.rows(0..<1)
        var dx = rows.rows(1..<rows.rows)
        dx.withElements { dx in
          for index in dx.indices { dx[index] += share.elements[index % share.columns] }
        }
        return dx
      }
      return .stacked(parts)
    }
  }
}
