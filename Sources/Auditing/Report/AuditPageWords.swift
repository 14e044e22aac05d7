import Measures
import Reports

/// How an audit's page names what it is about. Names are from outside, and in any language: each is
/// set apart from the words around it, whichever way it is written.
struct AuditPageWords: Sendable {
  let thing: String
  private let classNames: [String]
  private let phrases: [String: String]

  init(_ summary: AuditSummary) {
    thing = summary.thing
    classNames = summary.classNames
    phrases = Dictionary(
      summary.attributes.map { ($0.name, $0.phrase) }, uniquingKeysWith: { first, _ in first })
  }

  /// A class's name; its number where it has none.
  func name(of label: Int?) -> String {
    guard let label else { return "no class" }
    let name = classNames.indices.contains(label) ? classNames[label] : ""
    return name.isEmpty ? "class \(label)" : name
  }

  func phrase(of attribute: String) -> String { phrases[attribute] ?? attribute }

  /// To the class's own section.
  func link(to label: Int) -> HTML {
    .tag("a", ["href": "#\(AuditPageWords.section(of: label))"], [.own(name(of: label))])
  }

  static func section(of label: Int) -> String { "class-\(label)" }

  /// A verdict about many pictures together.
  func sentence(_ verdict: Verdict) -> String {
    verdict.sentence(about: thing, ofMany: true)
  }

  /// A verdict, marked where it is an alarm.
  func verdict(_ verdict: Verdict) -> HTML {
    .tag(
      "span", ["class": verdict.isAlarm ? "alarm" : "verdict"], [.text(sentence(verdict))])
  }
}

extension HTML {
  /// What came from outside, set apart.
  static func own(_ text: String) -> HTML { .tag("bdi", [:], [.text(text)]) }

  static func paragraph(_ text: String) -> HTML { .tag("p", [:], [.text(text)]) }
}

extension Summary {
  /// `0.584 (0.571 to 0.597)`: how many it is of stands elsewhere.
  var brief: String {
    guard let mean else { return "none" }
    return mean.short
      + (interval.map { " (\($0.lowerBound.short) to \($0.upperBound.short))" } ?? "")
  }
}
