import Explaining
import Ground
import Reports

/// What maps are called: `QuestionName` of what a command line asks.
enum QuestionNames {
  /// Options that are spelled in a name, in whatever command.
  private static let spelled: Set = [
    "concept", "against", "strength", "strengths", "method", "methods", "likeness", "model", "like",
    "against-pictures",
  ]

  /// Those that change nothing in a file, or only whether there is one. All others count: an option that
  /// a command gets one day gives its maps another name until it is listed here.
  private static let silent: Set = [
    "out", "save", "format", "json", "show", "threads", "force", "no-cache", "truncate",
    "allow-empty",
  ]

  /// The name of one question, or of several together.
  static func name(_ titles: [String], _ input: Input) -> String {
    let given = input.changed
    let strength = (given["strength"] as? Float).map { [$0] }
    let strengths = (given["strengths"] as? Listed<Float>)?.values
    let method = (given["method"] as? Method).map { [$0.name] }
    let methods = (given["methods"] as? Listed<Method>)?.values.map(\.name)
    let likeness = (given["likeness"] as? Likeness).map { [$0.name] }
    let others = given.filter { !spelled.contains($0.key) && !silent.contains($0.key) }
    // A map of one of several that are told apart is another with every other one of them.
    let among = QuestionOptions.isSurgery(input) ? ["among \(input[QuestionOptions.concepts])"] : []
    let asksPictures = given["like"] != nil || given["against-pictures"] != nil
    return QuestionName(
      titles, asksPictures: asksPictures, against: given["against"] as? [String] ?? [],
      strengths: strength ?? strengths ?? [],
      methods: method ?? methods ?? likeness ?? [], model: given["model"] as? Path,
      others: others.sorted { $0.key < $1.key }.map { "\($0.key) \(words($0.value))" } + among
    ).written
  }

  /// Of a file its own name: where it lies is a matter of the machine, and of `Input.source`.
  private static func words(_ value: any Sendable) -> String {
    (value as? Path)?.lastComponent.description ?? "\(value)"
  }
}
