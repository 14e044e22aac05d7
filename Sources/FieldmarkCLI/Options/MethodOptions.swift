import Encoders
import Fieldmark

/// The methods that are asked.
enum MethodOptions {
  static let method = Option<Method>(
    "method", placeholder: "NAME", default: .gradCAM,
    "How relevance is spread over the picture; 'fieldmark methods' lists them.")
  static let methods = Option<Listed<Method>>(
    "methods", default: Listed([.gradCAM]), "Ways of asking, with commas between.")
}

extension Method: OptionValue, CustomStringConvertible {
  public var description: String { name }
  package static var placeholder: String { "NAME" }
  package static var expectation: String { "a method" }
  package init?(text: String) { self.init(named: text) }
  package static func hint(for text: String) -> String? {
    nearest(to: text, among: all.map(\.name)).map { "did you mean '\($0)'?" }
      ?? "'fieldmark methods' lists them"
  }
}

/// Several values with commas between.
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
  static var expectation: String { "\(Value.expectation), or several with commas between" }
  static func hint(for text: String) -> String? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    return parts.first { Value(text: $0) == nil }.flatMap { Value.hint(for: $0) }
  }
}
