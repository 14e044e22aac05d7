/// What a measure found on one picture.
public struct MeasureResult: Equatable, Sendable {
  /// Nil where the definition gives none.
  public var number: Double?
  /// What a measure over many pictures is made of; empty for others, or where this picture has nothing
  /// to add.
  public var counts: [Float] = []
  /// The way that the number is made of, where there is one.
  public var curve: Curve?

  public init(number: Double? = nil, counts: [Float] = [], curve: Curve? = nil) {
    (self.number, self.counts, self.curve) = (number, counts, curve)
  }

  /// What a class, and the one that it is compared with, score while a picture is changed.
  public struct Curve: Equatable, Sendable {
    /// How much of the picture is changed.
    public let shares: [Float]
    public let target: [Float]
    public let rival: [Float]

    public init(shares: [Float], target: [Float], rival: [Float]) {
      (self.shares, self.target, self.rival) = (shares, target, rival)
    }
  }
}

/// How one number is made of many pictures' findings.
public enum Gathering: Sendable {
  /// The mean of the pictures' numbers.
  case mean
  /// Of the sum of the pictures' counts. One threshold may so be chosen for all of them.
  case sum(@Sendable (_ sums: [Double]) -> Double?)
  /// A number for each class from its pictures' counts; the mean of these.
  case classes(@Sendable (_ pictures: [[Float]]) -> Double?)
}
