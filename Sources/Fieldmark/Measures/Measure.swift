import Encoders

/// A way of saying how good a map is: a name, one line of help, the paper, what it needs, and one
/// function.
///
///     let number = Measure.energy(Measured(map, truth: bird))      // 0.83, or nil
///     Measure.places.map(\.name)                                   // what takes a map and a place
///
/// A new measure is a few lines beside the others and a word in a list. The number is one picture's:
/// means, intervals and what was left out are `Summary`'s.
public struct Measure: Sendable {
  public let name: String
  public let summary: String
  /// Who came up with it.
  public let paper: String
  public let needs: Needs
  public let better: Better
  public let card: Card
  /// How the pictures' findings become one number.
  public let gathering: Gathering
  private let read: @Sendable (Measured) throws -> Finding

  /// What it asks of a dataset.
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
    /// It describes a map, and says nothing of whether it is right.
    case neither
  }

  /// What must be known to compare a number with somebody else's.
  public struct Card: Equatable, Sendable {
    /// What is done to the map first.
    public let steps: String
    /// What stands where a picture is hidden; nil where nothing is.
    public let fill: String?
    /// How equal numbers are told apart.
    public let ties: String
    /// When there is no number.
    public let leftOut: String

    public init(steps: String, fill: String? = nil, ties: String, leftOut: String) {
      self.steps = steps
      self.fill = fill
      self.ties = ties
      self.leftOut = leftOut
    }
  }

  public init(
    _ name: String, _ summary: String, paper: String, needs: Needs, better: Better, card: Card,
    number: @escaping @Sendable (Measured) throws -> Double?
  ) {
    self.init(name, summary, paper: paper, needs: needs, better: better, card: card, .mean) {
      Finding(number: try number($0))
    }
  }

  init(
    _ name: String, _ summary: String, paper: String, needs: Needs, better: Better, card: Card,
    _ gathering: Gathering, finding: @escaping @Sendable (Measured) throws -> Finding
  ) {
    self.name = name
    self.summary = summary
    self.paper = paper
    self.needs = needs
    self.better = better
    self.card = card
    self.gathering = gathering
    read = finding
  }

  /// Nil where the definition gives no number, or where the picture lacks what it needs.
  public func callAsFunction(_ measured: Measured) throws -> Double? {
    try read(measured).number
  }

  /// The number, with what belongs to it.
  public func finding(in measured: Measured) throws -> Finding { try read(measured) }
}
