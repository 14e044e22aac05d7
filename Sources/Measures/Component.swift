/// Connected pixels, and the box around them.
///
/// ```swift
/// Component.all(in: isBright, width: 224, height: 224, touching: .sidesAndCorners)
/// ```
public struct Component: Equatable, Sendable {
  /// The component's first pixel in row order, which is the leftmost of its top row.
  public let first: Int
  /// The number of pixels.
  public let count: Int
  public let box: PixelBox
  /// The mean column and row of its pixels.
  public let centroid: (x: Double, y: Double)

  public enum Neighbors: Sendable {
    case sides
    case sidesAndCorners
  }

  public static func == (a: Component, b: Component) -> Bool {
    a.first == b.first && a.count == b.count && a.box == b.box && a.centroid == b.centroid
  }

  /// All components of the pixels that `isIn` marks, ordered by their first pixels.
  ///
  /// Consecutive pixels of a row form a run. A run is united with each run of the row above that it
  /// touches. (Union-find, Galler and Fischer 1964: a run's parent is an earlier run, or itself.)
  public static func all(
    in isIn: [Bool], width: Int, height: Int, touching neighbors: Neighbors
  ) -> [Component] {
    precondition(isIn.count == width * height, "Each pixel is in or not.")
    let reach = neighbors == .sides ? 0 : 1
    var runs: [Run] = []
    var above = 0..<0
    for row in 0..<height {
      let start = runs.count
      var other = above.lowerBound
      isIn.withUnsafeBufferPointer { isIn in
        var column = 0
        while column < width {
          guard isIn[row * width + column] else {
            column += 1
            continue
          }
          let left = column
          while column < width, isIn[row * width + column] { column += 1 }
          let run = runs.count
          runs.append(Run(row: row, columns: left..<column, parent: run))
          while other < above.upperBound, runs[other].columns.upperBound + reach <= left {
            other += 1
          }
          // The last of these may also touch the next run.
          var touched = other
          while touched < above.upperBound, runs[touched].columns.lowerBound < column + reach {
            let (a, b) = (runs.root(of: touched), runs.root(of: run))
            runs[max(a, b)].parent = min(a, b)
            touched += 1
          }
        }
      }
      above = start..<runs.count
    }
    return components(of: runs, width)
  }

  fileprivate struct Run {
    let row: Int
    let columns: Range<Int>
    var parent: Int
  }

  private static func components(of runs: [Run], _ width: Int) -> [Component] {
    // A root comes before all runs that belong to it.
    var numbers = [Int](repeating: 0, count: runs.count)
    var sums: [(count: Int, x: Int, y: Int)] = []
    var boxes: [(columns: Range<Int>, rows: Range<Int>)] = []
    var firsts: [Int] = []
    for (index, run) in runs.enumerated() {
      let (columns, count) = (run.columns, run.columns.count)
      if run.parent == index {
        numbers[index] = firsts.count
        firsts.append(run.row * width + columns.lowerBound)
        sums.append((0, 0, 0))
        boxes.append((columns, run.row..<run.row + 1))
      } else {
        numbers[index] = numbers[run.parent]
      }
      let number = numbers[index]
      sums[number].count += count
      sums[number].x += (columns.lowerBound + columns.upperBound - 1) * count / 2
      sums[number].y += run.row * count
      let box = boxes[number]
      boxes[number] = (
        min(
          box.columns.lowerBound, columns.lowerBound)..<max(
            box.columns.upperBound, columns.upperBound), box.rows.lowerBound..<run.row + 1
      )
    }
    return firsts.indices.map { number in
      let (sum, box) = (sums[number], boxes[number])
      return Component(
        first: firsts[number], count: sum.count,
        box: PixelBox(columns: box.columns, rows: box.rows),
        centroid: (Double(sum.x) / Double(sum.count), Double(sum.y) / Double(sum.count)))
    }
  }
}

extension [Component.Run] {
  /// The root of a run's component, as far as it is known by now. The path to it is halved on the
  /// way.
  fileprivate mutating func root(of run: Int) -> Int {
    var run = run
    while self[run].parent != run {
      self[run].parent = self[self[run].parent].parent
      run = self[run].parent
    }
    return run
  }
}
