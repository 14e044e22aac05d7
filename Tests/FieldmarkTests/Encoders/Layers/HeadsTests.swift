import CFieldmark
import Fieldmark
import Glibc
import Testing

/// Attention by its formula, in double.
private func plain(
  _ x: Matrix, heads: Int, _ lengths: [Int], isCausal: Bool
) -> Matrix {
  let (columns, width) = (x.columns / 3, x.columns / 3 / heads)
  var answers = Matrix(rows: x.rows, columns: columns)
  var start = 0
  for length in lengths {
    for head in 0..<heads {
      for row in start..<start + length {
        let seen = start..<(isCausal ? row + 1 : start + length)
        let scores = seen.map { other in
          (0..<width).reduce(0.0) { sum, place in
            let column = head * width + place
            return sum + Double(x[row, column]) * Double(x[other, columns + column])
          } / Double(width).squareRoot()
        }
        let most = scores.max() ?? 0
        let powers = scores.map { exp($0 - most) }
        let total = powers.reduce(0, +)
        for place in 0..<width {
          let column = head * width + place
          let sum = zip(seen, powers).reduce(0.0) {
            $0 + $1.1 * Double(x[$1.0, 2 * columns + column])
          }
          answers[row, column] = Float(sum / total)
        }
      }
    }
    start += length
  }
  return answers
}

struct HeadsCase: Sendable, CustomTestStringConvertible {
  let heads: Int
  let width: Int
  let lengths: [Int]
  let isCausal: Bool
  var testDescription: String { "\(heads) x \(width), \(lengths), causal \(isCausal)" }

  static let all = [
    HeadsCase(heads: 2, width: 64, lengths: [197], isCausal: false),
    HeadsCase(heads: 1, width: 80, lengths: [17, 1, 33], isCausal: true),
    HeadsCase(heads: 3, width: 26, lengths: [10, 16, 5], isCausal: false),
    HeadsCase(heads: 1, width: 104, lengths: [64], isCausal: true),
    HeadsCase(heads: 2, width: 7, lengths: [3, 77], isCausal: true),
  ]
}

/// Scores reach 30 here, whose last places, in 32 bits, are worth 2e-6 in an exponential.
@Test(arguments: HeadsCase.all, [FM_ALL.rawValue, FM_NO_AVX512.rawValue, FM_PLAIN.rawValue])
func attentionEqualsItsFormulaOnEveryProcessor(_ test: HeadsCase, _ isa: UInt32) {
  let columns = test.heads * test.width
  let rows = test.lengths.reduce(0, +)
  let x = 3 * matrix(rows, 3 * columns, seed: 7)
  let starts = test.lengths.reduce(into: [Int64(0)]) { $0.append(($0.last ?? 0) + Int64($1)) }
  var answers = [Float](repeating: .nan, count: rows * columns)
  let status = starts.withUnsafeBufferPointer { starts in
    x.elements.withUnsafeBufferPointer { x in
      var how = fm_attention(
        type: FM_F32, heads: Int64(test.heads), head_width: Int64(test.width),
        sequences: Int64(test.lengths.count), starts: starts.baseAddress!,
        rows: nil, shared: nil, query_row: Int64(3 * columns), key_row: Int64(3 * columns),
        answer_row: Int64(columns),
        is_causal: test.isCausal ? 1 : 0, has_one_query: 0, isa: fm_isa(rawValue: isa))
      return fm_attend(
        &how, x.baseAddress!, x.baseAddress! + columns, x.baseAddress! + 2 * columns, &answers, 1)
    }
  }
  #expect(status == 0)
  expectClose(
    Matrix(rows: rows, columns: columns, answers),
    plain(x, heads: test.heads, test.lengths, isCausal: test.isCausal), within: 5e-6)
}

/// Scores of hundreds must not overflow, and what is far below the largest counts for nothing.
@Test func largeScoresStayFinite() {
  let x = 100 * matrix(20, 3 * 32, seed: 9)
  let heads = Heads(2, Sequences(lengths: [20]))
  expectClose(heads(x), heads.traced(x).value, within: 1e-4)
}
