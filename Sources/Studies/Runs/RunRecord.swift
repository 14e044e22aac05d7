import Datasets
import Encoders
import Measures
import Pictures

/// The results of a run for one picture.
public struct RunRecord: Equatable, Sendable {
  /// The index of the picture in the dataset.
  public let number: Int
  public let path: String
  public var label: Int?
  public var predicted: Int?
  /// Why the picture could not be measured, in one sentence.
  public var failure: String?
  /// The identity of the bytes that the picture had; nil if they could not be read or are not
  /// stored.
  public var identity: PictureIdentity?
  /// Nil if the picture could not be read.
  public var place: Place?
  public var maps: [Map] = []
  public var numbers: [Number] = []
  public var curves: [Curve] = []

  public init(
    number: Int, path: String, label: Int? = nil, predicted: Int? = nil, place: Place? = nil
  ) {
    (self.number, self.path, self.label, self.predicted) = (number, path, label, predicted)
    self.place = place
  }

  /// The size of the picture, and the region that maps cover.
  public struct Place: Equatable, Sendable {
    public let width: Int
    public let height: Int
    public let region: Region

    public init(width: Int, height: Int, region: Region) {
      (self.width, self.height, self.region) = (width, height, region)
    }
  }

  public struct Map: Equatable, Sendable {
    public let name: String
    public let grid: Matrix

    public init(name: String, grid: Matrix) { (self.name, self.grid) = (name, grid) }
  }

  public struct Number: Equatable, Sendable {
    public let map: String
    public let measure: String
    /// Nil if the measure gives no number.
    public let value: Double?
    /// The reason why it gives none.
    public let reason: String?
    /// What a measure over many pictures is computed from.
    public let counts: [Float]

    public init(
      map: String, measure: String, value: Double?, reason: String? = nil, counts: [Float] = []
    ) {
      (self.map, self.measure, self.value, self.reason) = (map, measure, value, reason)
      self.counts = counts
    }
  }

  public struct Curve: Equatable, Sendable {
    public let map: String
    public let measure: String
    public let curve: MeasureResult.Curve

    public init(map: String, measure: String, _ curve: MeasureResult.Curve) {
      (self.map, self.measure, self.curve) = (map, measure, curve)
    }
  }
}
