import Datasets
import Measures

/// Measures of whether a map finds the parts on which two classes differ, according to the
/// annotators' answers about attributes. These are GALORE's measures and DiffCAM's table 2.
extension Measure {
  static let galore: [Measure] = [.partRecall, .partPrecision, .partF1, .partOverlap]

  private static let paper =
    "Wang and Vasconcelos 2023, GALORE; Li et al. 2025, DiffCAM, table 2; by peiwang062/SCOUT"
  /// Neither paper says which share its table uses; both draw curves over the share.
  private static let share = 0.05

  private static func parts(
    _ name: String, _ summary: String, leftOut: [String],
    number: @escaping @Sendable (MeasuredMap, LitParts) throws -> Double?
  ) -> Measure {
    Measure(
      name, summary, paper: paper, needs: .parts, better: .higher,
      settings: [
        .init("map", "numbers below 0 become 0"), .init("share", .number(share)),
        .init("ties", "pixels that equal the last of these are not included"),
      ], leftOut: [notFinite, noParts] + leftOut
    ) { measured in
      guard !measured.parts.isEmpty,
        let lit = measured.clipped.flatMap({ LitParts($0, measured.parts) })
      else { return nil }
      return try number(measured, lit)
    }
  }

  private static func scored(
    _ name: String, _ summary: String, leftOut: [String],
    _ read: @escaping @Sendable (LitParts.Scores) -> Double?
  ) -> Measure {
    parts(name, summary, leftOut: leftOut) { measured, lit in
      measured.discriminant.flatMap { read(lit.scores(at: share, against: $0)) }
    }
  }

  public static let partRecall = scored(
    "part-recall", "Of the parts on which the classes differ, the share that is lit.",
    leftOut: ["it shows none of the parts on which the classes differ"]
  ) { $0.recall }

  public static let partPrecision = scored(
    "part-precision", "Of the lit parts, the share on which the classes differ.",
    leftOut: ["no part is lit"]
  ) { $0.precision }

  public static let partF1 = scored(
    "part-f1", "The harmonic mean of part-recall and part-precision, picture by picture.",
    leftOut: ["it has no number for one of the two"]
  ) { $0.f1 }

  public static let partOverlap = parts(
    "part-iou",
    "Whether the same parts are lit in a picture of the other class, asked the other way around.",
    leftOut: ["it or the other picture has no lit part that both show"]
  ) { measured, lit in
    guard let other = try measured.asked?.again?.counterpart(),
      let theirs = LitParts(other.map.clipped(), other.parts)
    else { return nil }
    return LitParts.overlap(lit, theirs, at: share)
  }
}
