import CFieldmark
import Ground

/// Attention between the rows of each sequence. The columns of the input are the queries, keys and
/// values of all heads; the output has a third as many columns.
///
///     answer = softmax(query key' / sqrt(head width)) value      for each head
///
/// (Vaswani et al. 2017, arXiv 1706.03762.)
public struct Heads: Layer {
  public let heads: Int
  public var sequences: Sequences
  /// Whether rows attend only to themselves and to those before them.
  public let isCausal: Bool

  public init(_ heads: Int, _ sequences: Sequences, isCausal: Bool = false) {
    self.heads = heads
    self.sequences = sequences
    self.isCausal = isCausal
  }

  public func callAsFunction(_ x: Matrix) -> Matrix {
    let width = x.columns / 3
    return x.elements.withUnsafeBufferPointer { elements in
      Matrix(rows: x.rows, columns: width) { y in
        guard let x = elements.baseAddress, let y = y.baseAddress else { return }
        run(
          queries: x, keys: x + width, values: x + 2 * width, width: width,
          rowOfQueries: 3 * width, rowOfKeys: 3 * width, into: y, precision: .fp32)
      }
    }
  }

  /// Does the same between places in memory, with one query for each sequence or one for each row.
  func run(
    queries: UnsafeRawPointer, keys: UnsafeRawPointer, values: UnsafeRawPointer, width: Int,
    rowOfQueries: Int, rowOfKeys: Int, hasOneQuery: Bool = false,
    into answers: UnsafeMutableRawPointer, precision: Precision
  ) {
    let starts = sequences.starts.map(Int64.init)
    let shared = sequences.shared.map(Int64.init)
    let status = (sequences.places ?? []).map(Int64.init).withUnsafeBufferPointer { places in
      starts.withUnsafeBufferPointer { starts in
        shared.withUnsafeBufferPointer { shared in
          let isShared = sequences.places != nil
          var how = fm_attention(
            type: precision.number, heads: Int64(heads), head_width: Int64(width / heads),
            sequences: Int64(sequences.count), starts: starts.baseAddress!,
            rows: isShared ? places.baseAddress : nil, shared: isShared ? shared.baseAddress : nil,
            query_row: Int64(rowOfQueries), key_row: Int64(rowOfKeys), answer_row: Int64(width),
            is_causal: isCausal ? 1 : 0, has_one_query: hasOneQuery ? 1 : 0, isa: FM_ALL)
          return fm_attend(&how, queries, keys, values, answers, fm_threads())
        }
      }
    }
    if status != 0 { MemoryCheck.end(without: 4 * heads * sequences.rows) }
  }

  /// Returns how much each row attends to each row of its sequence: a matrix for each sequence and
  /// head.
  public func weights(_ x: Matrix) -> [[Matrix]] {
    let width = x.columns / 3 / heads
    return x.withView { x in
      (0..<sequences.count).map { index in
        let rows = sequences[index]
        return (0..<heads).map { head in
          let part = x.at(rows.lowerBound, head * width)
          let scores = part.multiplied(
            by: part.at(0, heads * width).turned, rows: rows.count, inner: width,
            columns: rows.count)
          return scores.softmaxOfRows(scale: scale(width), isCausal: isCausal)
        }
      }
    }
  }

  public func traced(_ x: Matrix) -> Traced {
    let weights = weights(x)
    let (columns, width) = (x.columns / 3, x.columns / 3 / heads)
    var answers = Matrix(rows: x.rows, columns: columns)
    answers.withElements { out in
      x.withView { x in
        forEachHead { index, head, rows in
          weights[index][head].withView { p in
            p.multiply(
              x.at(rows.lowerBound, 2 * columns + head * width), rows: rows.count,
              inner: rows.count, columns: width,
              into: out.baseAddress! + rows.lowerBound * columns + head * width, row: columns)
          }
        }
      }
    }
    return Traced(answers) { d in
      var dx = Matrix(rows: x.rows, columns: x.columns)
      dx.withElements { dx in
        x.withView { x in
          d.withView { d in
            forEachHead { index, head, rows in
              pull(
                weights[index][head], x.at(rows.lowerBound, head * width),
                d.at(rows.lowerBound, head * width), width: width,
                into: dx.baseAddress! + rows.lowerBound * 3 * columns + head * width)
            }
          }
        }
      }
      return dx
    }
  }

  /// The pullback of one head. With s = q k' scale, p = softmax s and o = p v:
  ///
  ///     dv = p' do,  dp = do v',  ds = p (dp - sum of p dp in its row)
  ///     dq = ds k scale,  dk = ds' q scale
  private func pull(
    _ p: Matrix, _ q: MatrixView, _ answer: MatrixView, width: Int,
    into dq: UnsafeMutablePointer<Float>
  ) {
    let (n, columns) = (p.rows, heads * width)
    let (k, v) = (q.at(0, columns), q.at(0, 2 * columns))
    let dp = answer.multiplied(by: v.turned, rows: n, inner: width, columns: n)
    let ds = p.softmaxPullback(dp, scale: scale(width))
    let row = 3 * columns
    p.withView { p in
      p.turned.multiply(
        answer, rows: n, inner: n, columns: width, into: dq + 2 * columns, row: row)
    }
    ds.withView { ds in
      ds.multiply(k, rows: n, inner: n, columns: width, into: dq, row: row)
      ds.turned.multiply(q, rows: n, inner: n, columns: width, into: dq + columns, row: row)
    }
  }

  private func scale(_ width: Int) -> Float { 1 / Float(width).squareRoot() }

  private func forEachHead(_ body: (_ index: Int, _ head: Int, _ rows: Range<Int>) -> Void) {
    for index in 0..<sequences.count {
      for head in 0..<heads { body(index, head, sequences[index]) }
    }
  }
}

extension Matrix {
  /// softmax(scale x) of each row, which ends at the diagonal if the attention is causal.
  fileprivate func softmaxOfRows(scale: Float, isCausal: Bool) -> Matrix {
    var p = self
    p.withElements {
      guard let p = $0.baseAddress else { return }
      fm_softmax(p, Int64(rows), Int64(columns), scale, isCausal ? 1 : 0)
    }
    return p
  }

  /// scale p (dp - sum of p dp in its row), where p is self.
  fileprivate func softmaxPullback(_ dp: Matrix, scale: Float) -> Matrix {
    var ds = dp
    ds.withElements { ds in
      elements.withUnsafeBufferPointer { p in
        guard let p = p.baseAddress, let ds = ds.baseAddress else { return }
        fm_softmax_back(p, ds, Int64(rows), Int64(columns), scale)
      }
    }
    return ds
  }
}
