import Ground
import Parsing
import Reports

/// What maps are called: `QuestionName` of what a command line asks.
enum QuestionNames {
  /// The name of one question, or of several together. Options whose role is `.content` are in its digits.
  static func name(_ titles: [String], _ input: Input) -> String {
    let method =
      input.changed(MethodOptions.method)?.name ?? input.changed(PictureGroupOptions.likeness)?.name
    let methods = input.changed(CompareOptions.methods)?.values.map(\.name)
    let others = input.values.filter { $0.isChanged && $0.option.role == .content }
      .map { (name: $0.option.name, words: words($0.value)) }
    // A map of one of several that are told apart is another with every other one of them.
    let among =
      QuestionOptions.isSurgery(input) ? ["among \(input[QuestionOptions.concepts])"] : []
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

  /// Of a file its own name: where it lies is a matter of the machine, and of `Input.source`.
  private static func words(_ value: any Sendable) -> String {
    (value as? Path)?.lastComponent.description ?? "\(value)"
  }
}
