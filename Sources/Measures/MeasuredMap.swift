import Encoders
import Explaining
import Pictures

/// A map to be measured, and what is known of its picture.
public struct MeasuredMap: Sendable {
  /// As a method gave it, in the picture's own pixels: signed and raw.
  public let map: PixelMap
  /// Where the thing is, if that is known.
  public let truth: Truth?
  /// The parts that are seen.
  public let parts: [PartPoint]
  /// Every kind of part that pictures of the dataset show, each once.
  public let kinds: [String]
  /// On which of them the class differs from its rival; nil where nobody says.
  public let discriminant: [String]?
  /// The same map as numbers for the pixels that the model sees, and whom to ask about them; for
  /// measures that change the picture.
  public let pixelValues: [Float]?
  public let asked: ModelContext?
  /// How long the map took, where that was measured.
  public let seconds: Double?
  /// The map without what speaks against; nil where a number is not finite, since clipping would make
  /// a number of what lies infinitely far below.
  package let clipped: PixelMap?
  /// Its pixels in their order: several measures go by it, and sorting is most of their work.
  let ranking: Ranking?

  public init(
    _ map: PixelMap, truth: Truth? = nil, parts: [PartPoint] = [], kinds: [String] = [],
    discriminant: [String]? = nil, asked: ModelContext? = nil, pixelValues: [Float]? = nil,
    seconds: Double? = nil
  ) {
    self.map = map
    self.truth = truth
    self.parts = parts
    self.kinds = kinds
    self.discriminant = discriminant
    self.asked = asked
    self.pixelValues = pixelValues
    self.seconds = seconds
    let clipped = map.isSound ? map.clipped() : nil
    self.clipped = clipped
    ranking = truth.flatMap { truth in clipped.flatMap { Ranking($0, truth) } }
  }

  /// What the model sees of the picture, the model, which of its classes is explained and which one
  /// it is compared with.
  public struct ModelContext: Sendable {
    public let planes: Matrix
    public let pixels: Grid
    public let scorer: Scorer
    public let label: Int
    /// The class most like it.
    public let reference: Int
    public let changes: Changes
    /// Of every draw that a measure makes.
    public let seed: UInt64
    public let again: Again?
    /// Of this map.
    package let answers = MeasureCache()

    public init(
      planes: Matrix, pixels: Grid, scorer: Scorer, label: Int, reference: Int,
      changes: Changes = Changes(), seed: UInt64 = 0, again: Again? = nil
    ) {
      self.planes = planes
      self.pixels = pixels
      self.scorer = scorer
      self.label = label
      self.reference = reference
      self.changes = changes
      self.seed = seed
      self.again = again
    }
  }

  /// How pictures are changed, where that is not left to each measure.
  public struct Changes: Sendable {
    public var fill: Fill?
    /// Pixels of a step of deletion and insertion.
    public var step: Int?

    public init(fill: Fill? = nil, step: Int? = nil) { (self.fill, self.step) = (fill, step) }
  }

  /// The same question put elsewhere.
  public struct Again: Sendable {
    /// To the same picture, changed.
    public let planes: @Sendable (_ planes: Matrix) throws -> Heatmap
    /// To ever more of the model drawn anew, layer by layer from its end.
    public let randomized: @Sendable () throws -> [Heatmap]
    /// To a picture of the rival, with the classes exchanged; nil where there is none.
    public let counterpart: @Sendable () throws -> Counterpart?

    public init(
      planes: @escaping @Sendable (Matrix) throws -> Heatmap,
      randomized: @escaping @Sendable () throws -> [Heatmap],
      counterpart: @escaping @Sendable () throws -> Counterpart?
    ) {
      self.planes = planes
      self.randomized = randomized
      self.counterpart = counterpart
    }
  }

  public struct Counterpart: Sendable {
    public let map: PixelMap
    public let parts: [PartPoint]

    public init(_ map: PixelMap, _ parts: [PartPoint]) { (self.map, self.parts) = (map, parts) }
  }
}
