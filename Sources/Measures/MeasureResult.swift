/// The result of a measure on one picture.
public struct MeasureResult: Equatable, Sendable {
  /// Nil if the definition gives no number.
  public var number: Double?
  /// What a measure over many pictures is computed from. Empty for other measures, and if this
  /// picture has nothing to add.
  public var counts: [Float] = []
  /// The curve that the number is computed from, if there is one.
  public var curve: Curve?

  public init(number: Double? = nil, counts: [Float] = [], curve: Curve? = nil) {
    (self.number, self.counts, self.curve) = (number, counts, curve)
  }

  /// The scores of a class, and of the class that it is compared with, while a picture is changed.
  public struct Curve: Equatable, Sendable {
    /// The share of the picture that is changed at each point.
    public let shares: [Float]
    public let target: [Float]
    public let rival: [Float]

    public init(shares: [Float], target: [Float], rival: [Float]) {
      (self.shares, self.target, self.rival) = (shares, target, rival)
    }
  }
}

/// How the results of many pictures become one number.
public enum Gathering: Sendable {
  /// The mean of the pictures' numbers.
  case mean
  /// A number computed from the sum of the pictures' counts. In this way one threshold can be
  /// chosen for all pictures.
  case sum(@Sendable (_ sums: [Double]) -> Double?)
  /// The mean of one number for each class, which is computed from the class's pictures.
  case classes(@Sendable (_ pictures: [[Float]]) -> Double?)
}
