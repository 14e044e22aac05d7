import Explaining
import Ground

/// A map of how a picture differs from a group of others, or of what makes it like some of them.
/// The question needs no words.
///
/// ```swift
/// let contrast = try PictureContrast(group, of: "others", memory)
/// try PictureHighlight(contrast, view, bytes: path.pictureBytes()).heatmap.peak
/// let (query, supports) = try PictureHighlight.both(
///   .sfam, view, "a.jpg", like: [("b.jpg", other)])
/// ```
public struct PictureHighlight: Explanation {
  /// The pictures that a picture was compared with.
  public enum Question: Sendable {
    /// The pictures of a folder, all or only the nearest, with Tikhonov's lambda as a share of the
    /// mean variance.
    case against(folder: Path, pictures: Int, nearest: Int?, tikhonov: Float)
    case like([Path])
  }

  public let question: Question
  private let map: ScoredMap

  /// The method's name.
  public var method: String { map.method }
  /// The block that was explained.
  public var block: Int { map.block }
  public var heatmap: Heatmap { map.heatmap }
  /// The score that the map explains.
  public var score: Float { map.score }
  /// Notes about the map and the picture, as sentences without the period.
  public var notes: [String] { map.notes }

  private init(
    _ question: Question, _ method: String, _ view: View, _ heatmap: Heatmap, score: Float,
    notes: [String] = []
  ) throws {
    self.question = question
    map = try ScoredMap("map by \(method)", method, view, heatmap, score: score, notes: notes)
  }

  /// Compares a picture with a group. The bytes of its file tell whether the picture itself belongs
  /// to the group.
  public init(_ contrast: PictureContrast, _ view: View, bytes: [UInt8]) throws {
    let found = try contrast(view, bytes: bytes)
    try self.init(
      .against(
        folder: contrast.folder, pictures: contrast.count, nearest: contrast.nearest,
        tikhonov: contrast.share),
      DiffCAM.name, view, found.heatmap, score: found.score, notes: found.notes)
  }

  /// The map of a picture, and a map of each picture that it is compared with.
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
  public var manner: String { "by \(method)" }
  public var facts: [String] { [] }
  /// A description such as `like b.jpg, by sfam`.
  public var description: String { "\(title), \(manner)" }

  public func json(picture: Path, _ provenance: Provenance) -> JSON {
    .object(
      map.opening(picture, provenance) + [question.member, .init("score", JSON(score))]
        + map.members + [map.notes(provenance)] + provenance.members)
  }
}

extension PictureHighlight.Question {
  /// The question in short: `like b.jpg, c.jpg` or `against the pictures of others`.
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
