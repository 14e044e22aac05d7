import Encoders
import Glibc
import Pictures

/// Operations along a side of a picture as matrices, so that their pullbacks are the transposes.
extension Matrix {
  /// Returns a Gaussian blur along a side of `length` pixels. Its weights sum to 1 at the ends too.
  package static func blur(_ length: Int, _ deviation: Double) -> Matrix {
    Matrix(
      (0..<length).map { place in
        let weights = (0..<length).map { other in
          let way = Double(other - place) / deviation
          return exp(-way * way / 2)
        }
        let sum = weights.reduce(0, +)
        return weights.map { Float($0 / sum) }
      })
  }

  /// Returns `stretched` along a side as a matrix, with a row for each new place.
  static func stretching(_ count: Int, to length: Int) -> Matrix {
    let cells = (0..<count).map { cell in
      let alone = (0..<count).map { $0 == cell ? Float(1) : 0 }
      return Matrix([alone]).stretched(width: length, height: 1).elements
    }
    return Matrix((0..<length).map { place in cells.map { $0[place] } })
  }

  /// Changes each of a picture's planes by itself, as a matrix of its rows and columns.
  package func eachPlane(_ pixels: Grid, _ change: (Matrix) -> Matrix) -> Matrix {
    Matrix(
      rows: rows, columns: columns,
      (0..<rows).flatMap { row in
        let plane = Matrix(rows: pixels.height, columns: pixels.width, Array(self[row: row]))
        return change(plane).elements
      })
  }

  /// Returns the picture moved right and down, with the gap filled by the pixels at the edge.
  func shifted(_ shift: (x: Int, y: Int), _ pixels: Grid) -> Matrix {
    eachPlane(pixels) { plane in
      let rows = (0..<plane.rows).flatMap { row in
        let line = plane[row: max(0, row - shift.y)]
        return (0..<plane.columns).map { line[line.startIndex + max(0, $0 - shift.x)] }
      }
      return Matrix(rows: plane.rows, columns: plane.columns, rows)
    }
  }
}
