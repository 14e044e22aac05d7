import Encoders
import Explaining
import Pictures

/// A map to be measured, and what is known about its picture.
public struct MeasuredMap: Sendable {
  /// The map as the method returned it, signed and unscaled, in the picture's own pixels.
  public let map: PixelMap
  /// Where the thing is, if this is known.
  public let truth: Truth?
  /// The visible parts.
  public let parts: [PartPoint]
  /// Every kind of part that pictures of the dataset show, without repetitions.
  public let kinds: [String]
  /// The parts on which the class differs from its rival; nil if they are not known.
  public let discriminant: [String]?
  /// The same map with a number for each pixel that the model sees, and the model's context, for
  /// measures that change the picture.
  public let pixelValues: [Float]?
  public let asked: ModelContext?
  /// The seconds that the map took, if they were measured.
  public let seconds: Double?
  /// The map without negative values. Nil if a number is not finite, since clipping would turn
  /// minus infinity into 0.
  package let clipped: PixelMap?
  /// The map's pixels in their order. Several measures use it, and sorting is most of their work.
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

  /// What the model sees of the picture, the model, the class that is explained, and the class that
  /// it is compared with.
  public struct ModelContext: Sendable {
    public let planes: Matrix
    public let pixels: Grid
    public let scorer: Scorer
    public let label: Int
    /// The most similar class.
    public let reference: Int
    public let changes: Changes
    /// The seed of every random draw of a measure.
    public let seed: UInt64
    public let again: Again?
    /// Intermediate results about this map.
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

  /// How pictures are changed, where a run overrides the measures' own settings.
  public struct Changes: Sendable {
    public var fill: Fill?
    /// The number of pixels in a step of deletion and insertion.
    public var step: Int?

    public init(fill: Fill? = nil, step: Int? = nil) { (self.fill, self.step) = (fill, step) }
  }

  /// Ways of asking the same question elsewhere.
  public struct Again: Sendable {
    /// The map of the same picture with changed planes.
    public let planes: @Sendable (_ planes: Matrix) throws -> Heatmap
    /// The maps of models in which more and more layers are randomized, one by one from the end.
    public let randomized: @Sendable () throws -> [Heatmap]
    /// The map of a picture of the rival, with the classes exchanged; nil if there is no such
    /// picture.
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
