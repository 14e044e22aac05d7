import Explaining
import Ground

/// Where a picture is unlike a group of others, or like some: an answer without words.
///
///     let contrast = try PictureContrast(group, of: "others", memory)
///     try contrast(view, bytes: path.pictureBytes()).heatmap.peak
///     let (query, supports) = try PictureHighlight.both(.sfam, view, "a.jpg", like: [("b.jpg", other)])
public struct PictureHighlight: Highlighted {
  /// What a picture was compared with.
  public enum Question: Sendable {
    /// So many pictures of a folder, all or the nearest, with Tikhonov's lambda as a share.
    case against(folder: Path, pictures: Int, nearest: Int?, tikhonov: Float)
    case like([Path])
  }

  public let question: Question
  /// The method's name.
  public let method: String
  /// The block that was explained.
  public let block: Int
  public let heatmap: Heatmap
  /// What the map is an account of.
  public let score: Float
  /// What one should know of the map and of the picture, a sentence without its full stop each.
  public let notes: [String]

  /// Refuses maps with numbers that are none, as `Highlight` does.
  init(
    _ question: Question, _ method: String, _ view: View, _ heatmap: Heatmap, score: Float,
    notes: [String] = []
  ) throws {
    if let stray = (heatmap.values.elements + [score]).first(where: { !$0.isFinite }) {
      throw InputError(
        "map by \(method)", expected: "finite numbers out of the model",
        found: stray.isNaN ? "nan" : "\(stray)", hint: "its weights may be damaged")
    }
    self.question = question
    self.method = method
    self.heatmap = heatmap
    self.score = score
    block = view.block
    self.notes = heatmap.notes + view.picture.notes + notes
  }

  /// A map of a picture, and one of each that it is like.
  public static func both(
    _ likeness: Likeness, _ view: View, _ path: Path, like others: [(path: Path, view: View)]
  ) throws -> (query: PictureHighlight, supports: [PictureHighlight]) {
    let maps = likeness(view, like: others.map(\.view))
    let query = try PictureHighlight(
      .like(others.map(\.path)), likeness.name, view, maps.query.heatmap, score: maps.query.score)
    let supports = try zip(others, maps.supports).map { other, map in
      try PictureHighlight(
        .like([path]), likeness.name, other.view, map.heatmap, score: map.score)
    }
    return (query, supports)
  }

  public var title: String { question.title }
  public var facts: [String] { ["score \(score)"] + notes }
  /// `like b.jpg, by sfam`
  public var description: String { "\(title), by \(method)" }

  public func json(picture: Path, _ provenance: Provenance) -> JSON {
    let (region, peak) = (heatmap.region, heatmap.peak)
    let sides = [region.x, region.y, region.width, region.height]
    return .object(
      [
        .init("picture", .string(picture.description)), .init("width", .integer(heatmap.width)),
        .init("height", .integer(heatmap.height)), .init("model", .string(provenance.model)),
        .init("method", .string(method)), .init("layer", .integer(block)), question.member,
        .init("score", JSON(score)),
        .init("grid", [.integer(heatmap.values.rows), .integer(heatmap.values.columns)]),
        .init("values", .array(heatmap.values.elements.map { JSON($0) })),
        .init("region", .array(sides.map(JSON.number))),
        .init("peak", [.number(peak.x), .number(peak.y)]),
        .init("notes", .array((notes + provenance.notes).map(JSON.string))),
      ] + provenance.members)
  }
}

extension PictureHighlight.Question {
  /// `like b.jpg, c.jpg`, `against the pictures of others`
  public var title: String {
    switch self {
    case .against(let folder, _, let nearest, _):
      "against the \(nearest.map { "\($0) nearest " } ?? "")pictures of \(folder)"
    case .like(let paths): "like " + paths.map(\.description).joined(separator: ", ")
    }
  }

  fileprivate var member: JSON.Member {
    switch self {
    case .against(let folder, let pictures, let nearest, let tikhonov):
      JSON.Member(
        "against_pictures",
        .object(
          [
            .init("folder", .string(folder.description)), .init("pictures", .integer(pictures)),
          ] + (nearest.map { [.init("nearest", .integer($0))] } ?? []) + [
            .init("tikhonov", JSON(tikhonov))
          ]))
    case .like(let paths):
      JSON.Member("like", .array(paths.map { .string($0.description) }))
    }
  }
}
