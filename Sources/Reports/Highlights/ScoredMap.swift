import Explaining
import Ground

/// A map with the score that it explains: the common part of `Highlight` and `PictureHighlight`.
struct ScoredMap: Sendable {
  /// The method's name.
  let method: String
  /// The block that was explained.
  let block: Int
  let heatmap: Heatmap
  let score: Float
  /// Notes about the map, the picture and the question, as sentences without the period.
  let notes: [String]

  /// Throws if a number is not finite, since weights that overflow would not show up in any other
  /// way. `name` and `hint` are for the message.
  init(
    _ name: @autoclosure () -> String, _ method: String, _ view: View, _ heatmap: Heatmap,
    score: Float, notes: [String] = [], hint: String = "its weights may be damaged"
  ) throws {
    if let stray = (heatmap.values.elements + [score]).first(where: { !$0.isFinite }) {
      throw InputError(
        name(), expected: "finite numbers from the model",
        found: stray.isNaN ? "nan" : "\(stray)", hint: hint)
    }
    self.method = method
    self.heatmap = heatmap
    self.score = score
    block = view.block
    self.notes = heatmap.notes + view.picture.notes + notes
  }

  /// The members at the beginning of every object.
  func opening(_ picture: Path, _ provenance: Provenance) -> [JSON.Member] {
    [
      .init("picture", .string(picture.description)), .init("width", .integer(heatmap.width)),
      .init("height", .integer(heatmap.height)), .init("model", .string(provenance.model)),
      .init("method", .string(method)), .init("layer", .integer(block)),
    ]
  }

  /// The members with the map itself.
  var members: [JSON.Member] {
    let (region, peak) = (heatmap.region, heatmap.peak)
    let sides = [region.x, region.y, region.width, region.height]
    return [
      .init("grid", [.integer(heatmap.values.rows), .integer(heatmap.values.columns)]),
      .init("values", .array(heatmap.values.elements.map { JSON($0) })),
      .init("region", .array(sides.map(JSON.number))),
      .init("peak", [.number(peak.x), .number(peak.y)]),
    ]
  }

  func notes(_ provenance: Provenance) -> JSON.Member {
    .init("notes", .array((notes + provenance.notes).map(JSON.string)))
  }
}

extension Heatmap {
  /// Notes on what a drawing of the map would not show.
  public var notes: [String] {
    let (least, most) = (values.elements.min() ?? 0, values.elements.max() ?? 0)
    if most <= 0 { return ["the map is empty: nothing in it is above 0"] }
    if least == most { return ["the map is flat: it is \(most) everywhere"] }
    let isInside = (0..<Double(width)).contains(peak.x) && (0..<Double(height)).contains(peak.y)
    return isInside ? [] : ["the map's peak lies beyond the picture's edge"]
  }
}
