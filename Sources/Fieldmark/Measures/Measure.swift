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
  public let needs: Needs
  public let better: Better
  /// What must be known to compare a number with somebody else's.
  public let card: Card
  private let number: @Sendable (Measured) throws -> Double?

  /// What it asks of a dataset.
  public enum Needs: String, Sendable {
    case mapAlone = "a map"
    case place = "a mask or a box"
    case box = "a box"
    case model = "a model to ask"
  }

  public enum Better: String, Sendable {
    case higher
    case lower
    /// It describes a map, and says nothing of whether it is right.
    case neither
  }

  /// The settings say what is done to the map first and whatever else the number depends on; the
  /// reasons, of which pictures there is none.
  public init(
    _ name: String, _ summary: String, paper: String, needs: Needs, better: Better,
    settings: [JSON.Member], leftOut: [String],
    number: @escaping @Sendable (Measured) throws -> Double?
  ) {
    self.name = name
    self.summary = summary
    self.needs = needs
    self.better = better
    card = Card(
      name, paper: paper, settings,
      leftOut: leftOut.map { Card.LeftOut(what: "the picture", why: $0) })
    self.number = number
  }

  /// Who came up with it.
  public var paper: String { card.paper }

  /// Nil where the definition gives no number, or where the picture lacks what it needs.
  public func callAsFunction(_ measured: Measured) throws -> Double? { try number(measured) }
}

/// A map to be measured, and what is known of its picture.
public struct Measured: Sendable {
  /// As a method gave it, in the picture's own pixels: signed and raw.
  public let map: PixelMap
  /// Where the thing is, if that is known.
  public let truth: Truth?
  /// The same map as numbers for the pixels that the model sees, and whom to ask about them; for
  /// measures that change the picture.
  public let pixelValues: [Float]?
  public let asked: Asked?
  /// The map without what speaks against; nil where a number is not finite, since clipping would make
  /// a number of what lies infinitely far below.
  let clipped: PixelMap?
  /// Its pixels in their order: several measures go by it, and sorting is most of their work.
  let ranking: Ranking?

  /// What the model sees of the picture, the model, which of its classes is explained and which one
  /// is most like it.
  public struct Asked: Sendable {
    public let planes: Matrix
    public let pixels: Grid
    public let judge: Judge
    public let label: Int
    public let reference: Int

    public init(planes: Matrix, pixels: Grid, judge: Judge, label: Int, reference: Int) {
      self.planes = planes
      self.pixels = pixels
      self.judge = judge
      self.label = label
      self.reference = reference
    }
  }

  public init(
    _ map: PixelMap, truth: Truth? = nil, asked: Asked? = nil, pixelValues: [Float]? = nil
  ) {
    self.map = map
    self.truth = truth
    self.asked = asked
    self.pixelValues = pixelValues
    let clipped = map.isSound ? map.clipped() : nil
    self.clipped = clipped
    ranking = truth.flatMap { truth in clipped.flatMap { Ranking($0, truth) } }
  }
}
