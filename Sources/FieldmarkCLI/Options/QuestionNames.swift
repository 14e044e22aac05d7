import Ground
import Parsing
import Reports

/// Names for files of maps: the `QuestionName` of what a command line asks.
enum QuestionNames {
  /// The name of one question, or of several together. Options with the role `.content` are hashed
  /// into the digits at its end.
  static func name(_ titles: [String], _ input: Input) -> String {
    let method =
      input.changed(MethodOptions.method)?.name ?? input.changed(PictureGroupOptions.likeness)?.name
    let methods = input.changed(CompareOptions.methods)?.values.map(\.name)
    let others = input.values.filter { $0.isChanged && $0.option.role == .content }
      .map { (name: $0.option.name, words: words($0.value)) }
    // With CLIP Surgery, the map of a concept depends on all other concepts of the call; with a shared
    // scale, its drawing does.
    let sharesScale = input.changed(MapScale.option) == .shared
    let among =
      QuestionOptions.isSurgery(input) || sharesScale
      ? ["among \(input[QuestionOptions.concepts])"] : []
    let asksPictures =
      input.isGiven(PictureGroupOptions.like.declaration)
      || input.isGiven(PictureGroupOptions.against.declaration)
    return QuestionName(
      titles, asksPictures: asksPictures, against: input.changed(QuestionOptions.against) ?? [],
      strengths: input.changed(QuestionOptions.strength).map { [$0] }
        ?? input.changed(CompareOptions.strengths)?.values ?? [],
      methods: method.map { [$0] } ?? methods ?? [], model: input.changed(ModelOptions.model),
      others: others.sorted { $0.name < $1.name }.map { "\($0.name) \($0.words)" } + among
    ).written
  }

  /// The text of an option's value. A file counts by its own name only, since its folder depends on
  /// the machine and is covered by `Input.source`.
  private static func words(_ value: any Sendable) -> String {
    (value as? Path)?.lastComponent.description ?? "\(value)"
  }
}
