import Datasets
import Explaining
import Ground

extension Measure {
  /// Measures that need no model: where a map is high, and how it is distributed.
  public static let places: [Measure] = [
    .energy, .pointing, .pointing15, .pointingBlob, .pointingSmall, .overlap20, .accuracy20,
    .overlapAboveMean, .bestOverlap, .averagePrecision, .rankAccuracy, .top1000, .sparseness,
    .complexity,
  ]

  /// A measure of a map without its negative values, and of the place where the map should be high.
  private static func place(
    _ name: String, _ summary: String, paper: String, needs: Needs = .place,
    then step: String = "", ties: String = Measure.alike, leftOut: [String] = [],
    number: @escaping @Sendable (PixelMap, Truth) -> Double?
  ) -> Measure {
    Measure(
      name, summary, paper: paper, needs: needs, better: .higher,
      settings: clipped(then: step, ties: ties), leftOut: [notFinite, noTruth] + leftOut
    ) { measured in
      guard let truth = measured.truth, let map = measured.clipped else { return nil }
      return number(map, truth)
    }
  }

  /// A measure that depends on the order of pixels only.
  private static func ranked(
    _ name: String, _ summary: String, paper: String, ties: String = Measure.alike,
    number: @escaping @Sendable (Ranking) -> Double
  ) -> Measure {
    Measure(
      name, summary, paper: paper, needs: .place, better: .higher,
      settings: clipped(ties: ties), leftOut: [notFinite, noTruth]
    ) { $0.ranking.map(number) }
  }

  package static func clipped(then step: String = "", ties: String) -> [JSON.Member] {
    [
      .init("map", .string("numbers below 0 become 0" + step)), .init("ties", .string(ties)),
    ]
  }

  public static let energy = place(
    "energy",
    "The share of a map's energy that lies inside the thing: the energy-based pointing game.",
    paper: "Wang et al. 2020, arXiv 1910.01279", leftOut: [nothingAbove]
  ) { $0.energy(in: $1) }

  public static let pointing = place(
    "pointing", "Whether the pixel with the largest value lies inside the thing.",
    paper: "Zhang et al. 2016, arXiv 1608.00507", ties: firstOfEqual
  ) { $0.points(to: $1).map(share) }

  public static let pointing15 = place(
    "pointing-15",
    "Whether the pixel with the largest value lies inside the thing, or less than 15 pixels away from "
      + "it.",
    paper: "Zhang et al. 2016, arXiv 1608.00507; by TorchRay", ties: firstOfEqual
  ) { $0.points(to: $1, tolerance: 15).map(share) }

  public static let pointingBlob = place(
    "pointing-blob",
    "Whether the centroid of the largest blob above 0.95 of the maximum lies inside the thing.",
    paper: "GLAS, section 4", ties: "the first of the largest blobs, row by row",
    leftOut: [nothingAbove]
  ) { $0.blobPoints(to: $1).map(share) }

  public static let pointingSmall = place(
    "pointing-small", "As pointing-blob, for things that cover less than a quarter of the picture.",
    paper: "GLAS, table 2; Cao et al. 2015", needs: .box,
    ties: "the first of the largest blobs, row by row",
    leftOut: [nothingAbove, "the thing covers a quarter of it or more"]
  ) { map, truth in truth.isSmall ? map.blobPoints(to: truth).map(share) : nil }

  public static let overlap20 = place(
    "iou-20", "The overlap of the thing with the pixels from 0.2 of the map's range upward.",
    paper: "SFAM, section 4.3", then: ", then scaled from 0 for the lowest to 1 for the highest"
  ) { $0.overlap(with: $1, from: 0.2) }

  public static let accuracy20 = place(
    "accuracy-20", "Whether iou-20 is at least a half.", paper: "SFAM, section 4.3",
    then: ", then scaled from 0 for the lowest to 1 for the highest"
  ) { $0.finds($1, from: 0.2, overlap: 0.5).map(share) }

  public static let overlapAboveMean = place(
    "iou-mean", "The overlap of the thing with the pixels above the map's mean.",
    paper: "as DiffCAM's IoU may be meant; it names no threshold"
  ) { $0.overlapAboveMean(with: $1) }

  public static let bestOverlap = ranked(
    "iou-best", "The overlap of the thing with the pixels above the threshold that suits it best.",
    paper: "as DiffCAM's IoU may be meant; it names no threshold"
  ) { $0.bestOverlap }

  public static let averagePrecision = ranked(
    "auprc", "The area under the precision-recall curve of the pixels.",
    paper: "Li et al. 2025, DiffCAM, table 1"
  ) { $0.averagePrecision }

  public static let rankAccuracy = ranked(
    "rank-accuracy",
    "The share of the thing that the best pixels cover, if as many are taken as the thing has.",
    paper: "Arras et al. 2022, arXiv 2003.07258", ties: firstOfEqual
  ) { $0.rankAccuracy }

  public static let top1000 = ranked(
    "top-1000", "The share of the best 1000 pixels that lie inside the thing.",
    paper: "Theiner et al. 2021, arXiv 2104.14995", ties: firstOfEqual
  ) { $0.share(ofBest: 1000) }

  public static let sparseness = Measure(
    "sparseness",
    "How strongly a map concentrates on few pixels: the Gini index of its magnitudes.",
    paper: "Chalasani et al. 2020, arXiv 1810.06583", needs: .mapAlone, better: .neither,
    settings: [
      .init("map", "magnitudes as shares of the largest, plus 1e-7"), .init("ties", .string(alike)),
    ],
    leftOut: [notFinite, allNothing]
  ) { $0.map.sparseness }

  public static let complexity = Measure(
    "complexity", "How evenly a map is spread: the entropy of its magnitudes, in nats.",
    paper: "Bhatt et al. 2020, arXiv 2005.00631", needs: .mapAlone, better: .neither,
    settings: [.init("map", "magnitudes as shares of their sum"), .init("ties", .string(alike))],
    leftOut: [notFinite, allNothing]
  ) { $0.map.complexity }

  package static let firstOfEqual = "the first of equal pixels, row by row"
  package static let alike = "equal numbers count alike"
  package static let notFinite = "its map has numbers that are not finite"
  package static let noParts = "it shows no parts"
  package static let noTruth = "the thing's place is empty"
  private static let nothingAbove = "nothing in its map is above 0"
  private static let allNothing = "its map is 0 everywhere"
}

/// 1 for true and 0 for false, so that the mean over pictures is a share.
@Sendable private func share(_ isSo: Bool) -> Double { isSo ? 1 : 0 }
