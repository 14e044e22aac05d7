import Explaining
import Models
import Parsing

/// The explanation method and its settings.
struct MethodOptions: OptionGroup {
  let method = Option<Method>(
    "method", default: .gradCAM, role: .spelled,
    "The explanation method; 'fieldmark methods' lists them.")
  let settings = Settings()

  /// The settings that only some methods use.
  struct Settings: OptionGroup {
    let own = OwnSettings()
    let score = Option<Scorer.Scale?>(
      "score",
      "Which output of the model is read by methods that change the picture and run the model again. The "
        + "probability is that of a class among the classifier's classes, or of a concept among it and its "
        + "references. Without it, glas reads the probability and the other methods the logit.")
  }

  /// The same settings for a command whose own `--score` also applies to methods.
  struct OwnSettings: OptionGroup {
    let seed = Option<Int>("seed", default: 0, "The seed of all random draws.")
    let taken = MethodSettingOptions()
  }

  static func settings(_ input: Input) -> Method.Settings {
    var settings = Method.Settings(
      seed: UInt64(bitPattern: Int64(input[OwnSettings.seed])), score: input[Settings.score])
    for option in MethodSettingOptions.all { option.put(input, &settings) }
    return settings
  }
}

extension Method: OptionValue {
  package static var command: String? { "methods" }
}

extension Scorer.Scale: OptionValue {}

/// A value that lists several others, separated by commas.
struct Listed<Value: OptionValue & CustomStringConvertible>: OptionValue, CustomStringConvertible {
  let values: [Value]

  init(_ values: [Value]) { self.values = values }

  init?(text: String) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let values = parts.compactMap { Value(text: $0) }
    guard values.count == parts.count else { return nil }
    self.values = values
  }

  var description: String { values.map(\.description).joined(separator: ",") }
  static var placeholder: String { "\(Value.placeholder),..." }
  static var completion: Completion {
    if case .words(let words) = Value.completion { .list(words) } else { .none }
  }
  static var expectation: String { "\(Value.expectation), or several with commas between" }
  static func hint(for text: String) -> String? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    return parts.first { Value(text: $0) == nil }.flatMap { Value.hint(for: $0) }
  }
}
