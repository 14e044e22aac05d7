import Encoders
import Ground
import Pictures

/// A whole picture that is not of a model's shape, covered by overlapping windows that are.
///
/// ```swift
/// let tiles = try Tiles(encoder, panorama)
/// tiles.views.count                                   // 3 of 1920 x 1080
/// tiles.score(target)                                 // the mean of what they score
/// try tiles.map { try method($0, target) }            // one map of the whole picture
/// ```
///
/// The picture is resized until it just covers the model's shape, as CLIP's own crop begins. Its
/// longer side is then made a whole number of patches (it changes by half a patch at most), so that
/// the patches of overlapping windows coincide. Windows begin at even distances, at most half a
/// window apart.
///
/// The value of a place is the mean over the windows that see it. The gradient of the mean score
/// would be their sum divided by the number of all windows, which is at least twice as large where
/// windows overlap as at the ends, whatever is there. If all windows see a place, the two are the
/// same.
public struct Tiles: Sendable {
  /// The windows, from left to right, then down.
  public let views: [View]
  /// How the picture is tiled; nil if the model's one view of it is used as it is.
  private let plan: Plan?

  private struct Plan {
    let picture: Picture
    /// The size of the whole resized picture, in pixels of the model's input.
    let whole: Grid
    let places: [Windows.Corner]
  }

  /// Makes a single view, whose map stays as it is, so that callers need not tell the two cases
  /// apart.
  public init(_ view: View) {
    views = [view]
    plan = nil
  }

  /// The number of tiles; nil if nothing is tiled.
  public var count: Int? { plan.map(\.places.count) }

  /// The largest ratio of the sides. A longer picture is only a line: each of its tiles would show
  /// the same few pixels hugely enlarged, and there would be thousands of tiles.
  public static let mostTimesLonger = 16

  public init(
    _ encoder: ImageEncoder, _ picture: Picture, block: Int? = nil, passes: Passes = .silent
  ) throws {
    let preprocessing = encoder.preprocessing
    let picture = preprocessing.converted(picture)
    let window = Grid(width: preprocessing.width, height: preprocessing.height)
    let patch = encoder.architecture.image.patch
    let whole = try Tiles.whole(picture, over: window, patch: patch)
    let across = Tiles.starts(whole.width, window.width, patch)
    let down = Tiles.starts(whole.height, window.height, patch)
    let places = down.flatMap { y in across.map { Windows.Corner(x: $0, y: y) } }
    plan = Plan(picture: picture, whole: whole, places: places)
    views = places.map { place in
      let tile = picture.resized(
        width: whole.width, height: whole.height, columns: place.x..<place.x + window.width,
        rows: place.y..<place.y + window.height, preprocessing.filter)
      let planes = Matrix(
        rows: 3, columns: window.pixels, preprocessing.tensor(ofPixels: tile))
      return View(encoder, tile, block: block, planes: planes, passes: passes)
    }
  }

  /// Returns the picture's size when it just covers a window, in whole patches.
  package static func whole(_ picture: Picture, over window: Grid, patch: Int) throws -> Grid {
    let across = Double(picture.width) / Double(window.width)
    let down = Double(picture.height) / Double(window.height)
    guard max(across, down) <= Double(mostTimesLonger) * min(across, down) else {
      throw InputError(
        "a picture in tiles",
        expected: "a picture at most \(mostTimesLonger) times as long as what the model takes",
        found: "\(picture.width) x \(picture.height) pixels",
        hint: "squash and pad show all of any picture", settings: ["fit"])
    }
    func side(_ length: Double, _ window: Int) -> Int {
      max(window, Int((length / Double(patch)).rounded()) * patch)
    }
    return Grid(
      width: side(Double(picture.width) / min(across, down), window.width),
      height: side(Double(picture.height) / min(across, down), window.height))
  }

  /// Returns where windows begin along a side, all of them at whole patches.
  package static func starts(_ line: Int, _ window: Int, _ patch: Int) -> [Int] {
    let last = (line - window) / patch
    // A step is half a window, but at least a patch.
    let step = max(1, window / patch / 2)
    let gaps = (last + step - 1) / step
    // Rounded down, neighbors are never more than a step apart, because last is at most gaps steps.
    return (0...gaps).map { gaps == 0 ? 0 : ($0 * last / gaps) * patch }
  }

  /// Returns the mean of the tiles' scores.
  public func score(_ target: Target) -> Float {
    views.reduce(0) { $0 + target($1.embedding) } / Float(views.count)
  }

  /// Returns the means of many scores at once.
  public func mean(_ scores: (View) -> Matrix) -> Matrix {
    let all = views.map(scores)
    let sum = all.dropFirst().reduce(all[0]) { $0.merged($1, +) }
    return sum.mapped { $0 / Float(views.count) }
  }

  /// Returns one map of the whole picture, made from each tile's map.
  public func map(_ body: (View) throws -> Heatmap) rethrows -> Heatmap {
    try maps { [try body($0)] }[0]
  }

  /// Returns the same for several maps that a view gives at once.
  public func maps(_ body: (View) throws -> [Heatmap]) rethrows -> [Heatmap] {
    guard let plan else { return try body(views[0]) }
    let answers = try views.map(body)
    return answers[0].indices.map { index in stitched(answers.map { $0[index].values }, plan) }
  }

  /// Joins the tiles' maps: each place is the mean over the tiles that contain it.
  private func stitched(_ tiles: [Matrix], _ plan: Plan) -> Heatmap {
    let first = tiles[0]
    let window = views[0].encoder.preprocessing
    /// Converts pixels of the model's input to places of the grid.
    func scaled(_ pixels: Int, _ places: Int, _ side: Int) -> Int {
      precondition(
        (pixels * places).isMultiple(of: side), "A map has a whole number of places to a patch.")
      return pixels * places / side
    }
    func across(_ pixels: Int) -> Int { scaled(pixels, first.columns, window.width) }
    func down(_ pixels: Int) -> Int { scaled(pixels, first.rows, window.height) }
    var sums = Matrix(rows: down(plan.whole.height), columns: across(plan.whole.width))
    var counts = sums
    for (tile, place) in zip(tiles, plan.places) {
      let (left, top) = (across(place.x), down(place.y))
      for row in 0..<tile.rows {
        for column in 0..<tile.columns {
          sums[top + row, left + column] += tile[row, column]
          counts[top + row, left + column] += 1
        }
      }
    }
    let picture = plan.picture
    return Heatmap(
      sums.merged(counts, /),
      region: Region(
        x: 0, y: 0, width: Double(picture.width), height: Double(picture.height)),
      width: picture.width, height: picture.height)
  }
}
