import Encoders
import Ground
import Models
import Parsing
import Reports

extension Provenance {
  /// Everything that the maps of a call depend on. Fingerprints of weights are cached; with
  /// --no-cache they are computed again.
  init(
    _ input: Input, _ model: Model, _ encoder: ImageEncoder, _ environment: Environment
  ) throws {
    let folder = input[TextOptions.forget] ? nil : Path.pictureMemory(environment)
    let pictures = try TowerFingerprint(of: model, .pictures, remembering: folder)
    self.init(
      model: model.name, notes: model.notes,
      [
        .init("weights", .string(pictures.hexadecimal)),
        .init("activation", .string(model.activation.rawValue)),
        .init("precision", .string(input[ModelOptions.precision].rawValue)),
      ] + encoder.members(tiled: input[PictureOptions.fit] == .tiles)
        + (try Provenance.words(input, model, environment)) + [
          .init("seed", JSON(seed: MethodOptions.settings(input).seed)),
          .init("version", .string(fieldmarkVersion)),
        ])
  }

  /// Where the directions come from: a head, or the model's own text encoder. Empty if pictures are
  /// compared with pictures.
  private static func words(
    _ input: Input, _ model: Model, _ environment: Environment
  ) throws -> [JSON.Member] {
    if let head = input[HeadOptions.classifier] {
      var digest = Digest.sha256
      digest.add(try head.read(limit: 1 << 30))
      return [
        .init(
          "classifier",
          ["file": .string(head.description), "sha256": .string(digest.hexadecimal)])
      ]
    }
    guard !input[QuestionOptions.concepts].isEmpty else { return [] }
    let folder = input[TextOptions.forget] ? nil : Path.textMemory(environment)
    let words = try TowerFingerprint(of: model, .texts, remembering: folder)
    return [
      .init("text_weights", .string(words.hexadecimal)),
      .init("normalizer", .string(model.normalizer?.name ?? "none")),
      .init("templates", .array(TextOptions.sentences(input).map(JSON.string))),
    ]
  }
}
