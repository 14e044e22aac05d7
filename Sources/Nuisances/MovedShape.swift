import Ground
import Measures
import Pictures

/// A shape laid somewhere else: see `TraitRemoval.elsewhere`.
struct MovedShape {
  /// Nil where there is no place for it.
  private(set) var mask: Mask?

  /// Of the shape, as much has to find a place.
  private static let leastShare = 2.0 / 3
  /// Pieces beyond this many are moved as one.
  private static let mostPieces = 16

  init(_ shape: Mask, on thing: Mask?, seed: UInt64) {
    let (width, height) = (shape.width, shape.height)
    var random = SplitMix(seed: seed)
    var worth = Worth(shape, on: thing)
    var moved = [Bool](repeating: false, count: shape.pixels.count)
    var found = 0
    for piece in MovedShape.pieces(of: shape) {
      let runs = MovedShape.runs(of: piece, width: width)
      guard let way = worth.bestWay(of: runs, size: piece.count, &random) else { continue }
      for pixel in piece {
        let (x, y) = (pixel % width + way.across, pixel / width + way.down)
        guard x >= 0, x < width, y >= 0, y < height else { continue }
        let place = y * width + x
        guard !shape.pixels[place], !moved[place] else { continue }
        moved[place] = true
        if worth.isGood(place) { found += 1 }
      }
      worth.take(moved)
    }
    let size = shape.count
    if size > 0, Double(found) >= Self.leastShare * Double(size) {
      mask = Mask(width: width, height: height, moved)
    }
  }

  /// The pixels of what does not touch, straight or diagonally, the largest first.
  private static func pieces(of shape: Mask) -> [[Int]] {
    var pieces = connectedPixels(in: shape.pixels, width: shape.width, height: shape.height)
    pieces.sort { ($1.count, $0[0]) < ($0.count, $1[0]) }
    let small = pieces.dropFirst(mostPieces)
    return pieces.prefix(mostPieces) + (small.isEmpty ? [] : [small.joined().sorted()])
  }

  /// Pixels in a row beside each other, of which only the ends have to be looked at.
  private static func runs(of piece: [Int], width: Int) -> [Run] {
    var runs: [Run] = []
    for pixel in piece {
      let (x, y) = (pixel % width, pixel / width)
      if let last = runs.last, last.row == y, last.columns.upperBound == x {
        runs[runs.count - 1].columns = last.columns.lowerBound..<x + 1
      } else {
        runs.append(Run(row: y, columns: x..<x + 1))
      }
    }
    return runs
  }
}

extension Mask {
  /// The smallest box around its pixels; nil where it has none.
  fileprivate var box: PixelBox? {
    let rows = (0..<height).filter { pixels[$0 * width..<($0 + 1) * width].contains(true) }
    let columns = (0..<width).filter { x in rows.contains { pixels[$0 * width + x] } }
    guard let top = rows.first, let bottom = rows.last, let left = columns.first,
      let right = columns.last
    else { return nil }
    return PixelBox(columns: left..<right + 1, rows: top..<bottom + 1)
  }
}

private struct Run {
  let row: Int
  var columns: Range<Int>
}

/// What each pixel is worth to a shape that comes to lie on it: much on the thing, something around it,
/// nothing elsewhere, and less than nothing where the shape was or another piece of it lies by now. So
/// a shape leaves the thing only where there is no room on it, and stays near.
private struct Worth {
  /// A pixel of the thing is worth as much as so many around it.
  private static let ofThing: Int32 = 16
  /// How far around the thing there is something to be had, in shares of the longer side of its box.
  private static let reach = 1.0

  private let width: Int
  private let height: Int
  private let worths: [Int32]
  private var isTaken: [Bool]
  /// What is left of each pixel in its row, added up; a row has one number more than pixels.
  private var sums: [Int32] = []

  init(_ shape: Mask, on thing: Mask?) {
    (width, height) = (shape.width, shape.height)
    worths = Worth.worths(of: thing, width: width, height: height)
    isTaken = shape.pixels
    addUp()
  }

  private static func worths(of thing: Mask?, width: Int, height: Int) -> [Int32] {
    guard let thing, let box = thing.box else {
      return [Int32](repeating: ofThing, count: width * height)
    }
    let around = Int((reach * Double(max(box.columns.count, box.rows.count))).rounded(.up))
    var worths = [Int32](repeating: 0, count: width * height)
    for y in max(0, box.rows.lowerBound - around)..<min(height, box.rows.upperBound + around) {
      for x in max(0, box.columns.lowerBound - around)..<min(width, box.columns.upperBound + around)
      {
        worths[y * width + x] = thing.pixels[y * width + x] ? ofThing : 1
      }
    }
    return worths
  }

  func isGood(_ pixel: Int) -> Bool { worths[pixel] > 0 }

  mutating func take(_ moved: [Bool]) {
    for pixel in moved.indices where moved[pixel] { isTaken[pixel] = true }
    addUp()
  }

  private mutating func addUp() {
    sums = [Int32](repeating: 0, count: (width + 1) * height)
    for y in 0..<height {
      var sum: Int32 = 0
      for x in 0..<width {
        let pixel = y * width + x
        sum += isTaken[pixel] ? -Worth.ofThing : worths[pixel]
        sums[y * (width + 1) + x + 1] = sum
      }
    }
  }

  /// How far a shape is best moved: looked for in steps, and around the best in single pixels. Nil
  /// where it is worth nothing anywhere.
  func bestWay(
    of runs: [Run], size: Int, _ random: inout SplitMix
  ) -> (across: Int, down: Int)? {
    guard let first = runs.first, let last = runs.last else { return nil }
    let left = runs.reduce(width) { min($0, $1.columns.lowerBound) }
    let right = runs.reduce(0) { max($0, $1.columns.upperBound) }
    // At least one of its pixels stays in the picture.
    let across = 1 - right...width - 1 - left
    let down = -last.row...height - 1 - first.row
    let step = max(1, max(width, height) / 64)
    let near = best(
      runs, stride(from: across.lowerBound, through: across.upperBound, by: step),
      stride(from: down.lowerBound, through: down.upperBound, by: step), &random)
    guard step > 1, near.worth < size * Int(Worth.ofThing) else {
      return near.worth > 0 ? (near.across, near.down) : nil
    }
    func around(_ place: Int, _ limits: ClosedRange<Int>) -> StrideThrough<Int> {
      stride(
        from: max(limits.lowerBound, place - step + 1),
        through: min(limits.upperBound, place + step - 1), by: 1)
    }
    let best = best(runs, around(near.across, across), around(near.down, down), &random)
    return best.worth > 0 ? (best.across, best.down) : nil
  }

  /// Of equal ones each has the same chance.
  private func best(
    _ runs: [Run], _ across: StrideThrough<Int>, _ down: StrideThrough<Int>,
    _ random: inout SplitMix
  ) -> (worth: Int, across: Int, down: Int) {
    var best = (worth: Int.min, across: 0, down: 0)
    var equals = 0
    for v in down {
      for u in across {
        let worth = worth(of: runs, u, v)
        if worth < best.worth { continue }
        equals = worth > best.worth ? 1 : equals + 1
        if equals == 1 || random.below(equals) == 0 { best = (worth, u, v) }
      }
    }
    return best
  }

  private func worth(of runs: [Run], _ across: Int, _ down: Int) -> Int {
    sums.withUnsafeBufferPointer { sums in
      var worth: Int32 = 0
      for run in runs {
        let y = run.row + down
        guard y >= 0, y < height else { continue }
        let line = y * (width + 1)
        let first = min(max(run.columns.lowerBound + across, 0), width)
        let end = min(max(run.columns.upperBound + across, 0), width)
        worth += sums[line + end] - sums[line + first]
      }
      return Int(worth)
    }
  }
}
