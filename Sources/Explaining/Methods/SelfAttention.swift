import Encoders

/// Embeddings of tokens that attend to similar tokens. They come from a second path beside the last
/// blocks, which reads the model's own stream and leaves it unchanged.
///
/// ```swift
/// activations.gem()      // a row for each token
/// ```
///
/// Let x be the stream before the first of those blocks, and a_l the output of attention on that
/// path at block l. Then
///
///     embeddings = after(x + sum over l of output_l(a_l))
///
/// There is no MLP on that path, because MLPs were trained for other streams.
extension Activations {
  /// How many blocks from the end have a second path in the code of both papers, for every model.
  /// In a model with fewer blocks all of them have one.
  package static let blocksBeside = 6

  /// GEM: the mean over s = queries, keys, values of softmax(u u' t) v. Here u is s scaled to unit
  /// length in each head, attended to itself once, `softmax(s s' t) s`, and scaled to unit length
  /// again; t is the mean length of the rows after the block's norm, divided by the square root of
  /// the head width. (Bousselham et al. 2024, with the settings of its code: WalBouss/GEM at
  /// 5fa677c.)
  package func gem(last: Int = blocksBeside) -> Matrix {
    embeddings(last) { block, projected in
      let heads = blocks[block].heads
      let lengths = blocks[block].normalization1(streams[block]).rowLengths()
      // Attention itself divides by the square root of the head width.
      let root = (lengths.reduce(0, +) / Float(lengths.count)).squareRoot()
      let values = projected.third(2)
      let answers = (0..<3).map { part in
        let unit = projected.third(part).scaledToUnitParts(heads.heads)
        let alike = heads(.beside([root * unit, root * unit, unit])).scaledToUnitParts(heads.heads)
        return heads(.beside([root * alike, root * alike, values]))
      }
      return (1 / 3) * (answers[0] + answers[1] + answers[2])
    }
  }

  /// CLIP Surgery: softmax(v v' / sqrt(head width)) v. (Li et al. 2023, xmed-lab/CLIP_Surgery at
  /// d4696d4. There the class token's row is the model's own in the end, but maps drop it.)
  package func surgery(last: Int = blocksBeside) -> Matrix {
    embeddings(last) { block, projected in
      let values = projected.third(2)
      return blocks[block].heads(.beside([values, values, values]))
    }
  }

  private func embeddings(
    _ last: Int, _ answers: (_ block: Int, _ projected: Matrix) -> Matrix
  ) -> Matrix {
    let first = max(0, blocks.count - last)
    var path = streams[first]
    for block in first..<blocks.count {
      path += blocks[block].output(answers(block, projected(block)))
    }
    return after(path)
  }
}

extension Matrix {
  fileprivate func rowLengths() -> [Float] {
    (0..<rows).map { self[row: $0].reduce(0) { $0 + $1 * $1 }.squareRoot() }
  }

  /// Divides each of `parts` equal parts of a row by its length.
  fileprivate func scaledToUnitParts(_ parts: Int) -> Matrix {
    let unit = Matrix(rows: rows * parts, columns: columns / parts, elements).scaledToUnitRows()
    return Matrix(rows: rows, columns: columns, unit.elements)
  }
}
