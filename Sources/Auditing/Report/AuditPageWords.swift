import Explaining
import Ground
import Measures
import Reports

/// How an audit's page names what it is about. Names come from outside and may be in any language, so
/// each is set apart from the words around it, whichever way it is written.
struct AuditPageWords: Sendable {
  let thing: String
  /// Whether the run compared maps only.
  let isQuick: Bool
  private let classNames: [String]
  private let phrases: [String: String]

  init(_ summary: AuditSummary) {
    thing = summary.thing
    isQuick = summary.plan.nuisances == nil
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

  func both(_ pair: AuditPair) -> [HTML] {
    [.own(name(of: pair.first)), .text(" and "), .own(name(of: pair.second))]
  }

  static func section(of pair: AuditPair) -> String { "pair-\(pair.first)-\(pair.second)" }

  /// A link to the section of a pair.
  func link(to pair: AuditPair, _ inside: [HTML]) -> HTML {
    .tag("a", ["href": "#\(AuditPageWords.section(of: pair))"], inside)
  }
}

extension AuditPageWords {
  /// `goes by: the background`, as `Verdict.sentence` has it, marked where it is an alarm.
  func verdict(_ verdict: Verdict) -> HTML {
    .tag("span", ["class": verdict.isAlarm ? "alarm" : "verdict"], pieces(verdict))
  }

  /// The same as a sentence of its own.
  func sentence(_ verdict: Verdict) -> [HTML] {
    let subject =
      switch verdict.kind {
      case .traits, .both, .others: "The classifier "
      case .open: "There is "
      case .unjudged: "This pair "
      }
    return [.text(subject), self.verdict(verdict), .text(".")]
  }

  private func pieces(_ verdict: Verdict) -> [HTML] {
    let others = AuditPageWords.list(verdict.nuisances.map { [.own($0)] })
    let reason = verdict.reason.map(AuditPageWords.pieces) ?? []
    switch verdict.kind {
    case .traits: return [.text("goes by the listed traits")]
    case .both: return [.text("goes by the listed traits and by: ")] + others
    case .others:
      return [.text("goes by: ")] + others
        + (reason.isEmpty ? [] : [.text("; its traits cannot be judged: ")] + reason)
    case .open: return [.text("no evidence either way")]
    case .unjudged:
      return [.text("cannot be judged: ")] + (reason.isEmpty ? [.text("nothing is known")] : reason)
    }
  }

  static func pieces(_ reason: Verdict.Reason) -> [HTML] {
    guard case .wordsUntested(let name) = reason else { return [.text(reason.sentence)] }
    return [
      .text("there are no pictures of "), .own(name),
      .text(" here to test the words for their traits on"),
    ]
  }

  /// With commas between.
  static func list(_ items: [[HTML]]) -> [HTML] {
    Array(items.joined(separator: [.text(", ")]))
  }
}

extension HTML {
  /// What came from outside, set apart.
  static func own(_ text: String) -> HTML { .tag("bdi", [:], [.text(text)]) }

  static func paragraph(_ text: String) -> HTML { .tag("p", [:], [.text(text)]) }
}

extension Double {
  /// A share as a percentage, `82 %`. Numbers that somebody else wrote may be anything.
  var percent: String { isNaN ? "none" : "\(hundredths) %" }

  /// A probability; nobody needs more than three decimals of one.
  var asChance: String { self < 0.001 ? "below 0.001" : short }

  fileprivate var hundredths: Int { Int((100 * Swift.max(-1e6, Swift.min(1e6, self))).rounded()) }
}

extension Reliance {
  /// `82 % (60 to 104 %)`
  var brief: String { "\(share.percent) (\(interval.asPercents))" }
}

extension ClosedRange<Double> {
  /// `60 to 104 %`
  var asPercents: String {
    lowerBound.isNaN || upperBound.isNaN
      ? "no interval" : "\(lowerBound.hundredths) to \(upperBound.percent)"
  }
}

extension WordFit {
  /// `0.980 (0.850 to 1.000)`
  var brief: String {
    "\(auc.short) (\(interval.lowerBound.short) to \(interval.upperBound.short))"
  }
}
