import Encoders
import Ground
import Pictures

/// All of a picture that is not of a model's shape, as overlapping windows that are.
///
/// ```swift
/// let tiles = try Tiles(encoder, panorama)
/// tiles.views.count                                   // 3 of 1920 x 1080
/// tiles.score(target)                                 // the mean of what they score
/// try tiles.map { try method($0, target) }            // one map of the whole picture
/// ```
///
/// The picture is shrunk or enlarged until it just covers the model's shape, as CLIP's own crop
/// begins; its longer side is then made a whole number of patches (at most half of one is squeezed
/// out or stretched in), so that the windows' patches lie on one another. They begin at even
/// distances, at most half a window apart.
///
/// A place of the map is the mean of the windows that see it. The gradient of the mean score would
/// be their sum divided by the number of all windows, which is twice as large or more where windows
/// overlap as at the ends, whatever is there; where all windows see a place the two are the same.
public struct Tiles: Sendable {
  /// From left to right, then down.
  public let views: [View]
  /// Nil where the model's one view of the picture is taken as it is.
  private let plan: Plan?

  private struct Plan {
    let picture: Picture
    /// The whole picture's shape, in pixels that the model sees.
    let whole: Grid
    let places: [Windows.Corner]
  }

  /// One view, whose map stays what it is: for those who ask of both in the same words.
  public init(_ view: View) {
    views = [view]
    plan = nil
  }

  /// How many there are; nil where nothing is tiled.
  public var count: Int? { plan.map(\.places.count) }

  /// A picture whose sides differ by more is no picture but a line: each of its tiles would show
  /// the same few pixels hugely enlarged, and there would be thousands.
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

  /// The picture's size when it just covers a window, in whole patches.
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

  /// Where windows begin on a line, all of them at whole patches.
  package static func starts(_ line: Int, _ window: Int, _ patch: Int) -> [Int] {
    let last = (line - window) / patch
    // Half a window, but at least a patch.
    let step = max(1, window / patch / 2)
    let gaps = (last + step - 1) / step
    // Rounded down they are never more than a step apart: the distances sum to at most gaps steps.
    return (0...gaps).map { gaps == 0 ? 0 : ($0 * last / gaps) * patch }
  }

  /// The mean of what the tiles score.
  public func score(_ target: Target) -> Float {
    views.reduce(0) { $0 + target($1.embedding) } / Float(views.count)
  }

  /// The same of many scores at once.
  public func mean(_ scores: (View) -> Matrix) -> Matrix {
    let all = views.map(scores)
    let sum = all.dropFirst().reduce(all[0]) { $0.merged($1, +) }
    return sum.mapped { $0 / Float(views.count) }
  }

  /// One map of the whole picture out of each tile's.
  public func map(_ body: (View) throws -> Heatmap) rethrows -> Heatmap {
    try maps { [try body($0)] }[0]
  }

  /// The same for several maps that a view gives at once.
  public func maps(_ body: (View) throws -> [Heatmap]) rethrows -> [Heatmap] {
    guard let plan else { return try body(views[0]) }
    let answers = try views.map(body)
    return answers[0].indices.map { index in stitched(answers.map { $0[index].values }, plan) }
  }

  /// Each place the mean of the tiles that have it.
  private func stitched(_ tiles: [Matrix], _ plan: Plan) -> Heatmap {
    let first = tiles[0]
    let window = views[0].encoder.preprocessing
    /// Pixels that the model sees as places of the grid.
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
