import Datasets
import Ground

/// A measure of how good a map is: a name, one line of help, the paper, what it needs, and one
/// function.
///
/// ```swift
/// let number = try Measure.energy(MeasuredMap(map, truth: bird))      // 0.83, or nil
/// Measure.places.map(\.name)      // what takes a map and a place
/// ```
///
/// A new measure is a few lines beside the others and an entry in a list. The number is that of one
/// picture; `Summary` has means, intervals and what was left out.
public struct Measure: Sendable {
  public static let kind = "a measure"

  public let name: String
  public let summary: String
  public let needs: Needs
  public let better: Better
  /// What must be known to compare a number with somebody else's.
  public let card: Card
  /// The settings of the card that a run may change.
  package let taken: Set<String>
  /// How the pictures' results become one number.
  public let gathering: Gathering
  private let read: @Sendable (MeasuredMap) throws -> MeasureResult

  /// What a measure needs besides the map.
  public enum Needs: String, Sendable {
    case mapAlone = "a map"
    case place = "a mask or a box"
    case box = "a box"
    case parts = "places of parts"
    case model = "a model to ask"
  }

  public enum Better: String, Sendable {
    case higher
    case lower
    /// The measure describes a map without saying whether it is right.
    case neither
  }

  /// - Parameter settings: What is done to the map first, and whatever else the number depends on.
  /// - Parameter leftOut: The reasons for which a picture has no number.
  public init(
    _ name: String, _ summary: String, paper: String, needs: Needs, better: Better,
    settings: [JSON.Member], leftOut: [String], taking taken: Set<String> = [],
    number: @escaping @Sendable (MeasuredMap) throws -> Double?
  ) {
    self.init(
      name, summary, paper: paper, needs: needs, better: better, settings: settings,
      leftOut: leftOut, taking: taken, .mean
    ) { MeasureResult(number: try number($0)) }
  }

  package init(
    _ name: String, _ summary: String, paper: String, needs: Needs, better: Better,
    settings: [JSON.Member], leftOut: [String], taking taken: Set<String> = [],
    _ gathering: Gathering,
    finding: @escaping @Sendable (MeasuredMap) throws -> MeasureResult
  ) {
    self.name = name
    self.summary = summary
    self.needs = needs
    self.better = better
    card = Card(
      name, paper: paper, settings,
      leftOut: leftOut.map { Card.LeftOut(what: "the picture", why: $0) })
    self.taken = taken
    self.gathering = gathering
    read = finding
  }

  /// The card of a run's numbers, with the settings that the run was asked for in place of the
  /// defaults.
  package func card(in asked: [JSON.Member]) -> Card {
    var others: [String: JSON] = [:]
    for member in asked where taken.contains(member.key) && member.value != .null {
      others[member.key] = others[member.key] ?? member.value
    }
    return card.with(others)
  }

  /// The paper that defines the measure.
  public var paper: String { card.paper }

  /// Nil if the definition gives no number, or if the picture lacks what the measure needs.
  public func callAsFunction(_ measured: MeasuredMap) throws -> Double? {
    try read(measured).number
  }

  /// The number, with its counts and its curve.
  public func finding(in measured: MeasuredMap) throws -> MeasureResult { try read(measured) }
}
