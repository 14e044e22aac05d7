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
    "energy", "The share of a map's energy that lies inside: the energy-based pointing game.",
    paper: "Wang et al. 2020, arXiv 1910.01279", leftOut: [nothingAbove]
  ) { $0.energy(in: $1) }

  public static let pointing = place(
    "pointing", "Whether the most valued pixel lies inside.",
    paper: "Zhang et al. 2016, arXiv 1608.00507", ties: firstOfEqual
  ) { $0.points(to: $1).map(share) }

  public static let pointing15 = place(
    "pointing-15", "Whether the most valued pixel lies inside or less than 15 pixels beside it.",
    paper: "Zhang et al. 2016, arXiv 1608.00507; by TorchRay", ties: firstOfEqual
  ) { $0.points(to: $1, tolerance: 15).map(share) }

  public static let pointingBlob = place(
    "pointing-blob", "Whether the centroid of the largest blob above 0.95 of the most lies inside.",
    paper: "GLAS, section 4", ties: "the first of the largest blobs, row by row",
    leftOut: [nothingAbove]
  ) { $0.blobPoints(to: $1).map(share) }

  public static let pointingSmall = place(
    "pointing-small", "As pointing-blob, of things that have less than a quarter of the picture.",
    paper: "GLAS, table 2; Cao et al. 2015", needs: .box,
    ties: "the first of the largest blobs, row by row",
    leftOut: [nothingAbove, "the thing has a quarter of it or more"]
  ) { map, truth in truth.isSmall ? map.blobPoints(to: truth).map(share) : nil }

  public static let overlap20 = place(
    "iou-20", "How well what lies from 0.2 of the way to the most on covers the thing.",
    paper: "SFAM, section 4.3", then: ", then from 0 for the least to 1 for the most"
  ) { $0.overlap(with: $1, from: 0.2) }

  public static let accuracy20 = place(
    "accuracy-20", "Whether iou-20 is at least a half.", paper: "SFAM, section 4.3",
    then: ", then from 0 for the least to 1 for the most"
  ) { $0.finds($1, from: 0.2, overlap: 0.5).map(share) }

  public static let overlapAboveMean = place(
    "iou-mean", "How well what lies above the map's mean covers the thing.",
    paper: "as DiffCAM's IoU may be meant; it names no threshold"
  ) { $0.overlapAboveMean(with: $1) }

  public static let bestOverlap = ranked(
    "iou-best", "How well the map covers the thing at the threshold that suits it best.",
    paper: "as DiffCAM's IoU may be meant; it names no threshold"
  ) { $0.bestOverlap }

  public static let averagePrecision = ranked(
    "auprc", "The area under the curve of precision over recall of pixels.",
    paper: "Li et al. 2025, DiffCAM, table 1"
  ) { $0.averagePrecision }

  public static let rankAccuracy = ranked(
    "rank-accuracy", "How much of the thing its number of best pixels covers.",
    paper: "Arras et al. 2022, arXiv 2003.07258", ties: firstOfEqual
  ) { $0.rankAccuracy }

  public static let top1000 = ranked(
    "top-1000", "The share of the best 1000 pixels that lie inside.",
    paper: "Theiner et al. 2021, arXiv 2104.14995", ties: firstOfEqual
  ) { $0.share(ofBest: 1000) }

  public static let sparseness = Measure(
    "sparseness", "How few pixels have how much: the Gini index of a map's sizes.",
    paper: "Chalasani et al. 2020, arXiv 1810.06583", needs: .mapAlone, better: .neither,
    settings: [
      .init("map", "sizes as shares of the largest, and 1e-7 more"), .init("ties", .string(alike)),
    ],
    leftOut: [notFinite, allNothing]
  ) { $0.map.sparseness }

  public static let complexity = Measure(
    "complexity", "How evenly a map is spread: the entropy of its sizes, in nats.",
    paper: "Bhatt et al. 2020, arXiv 2005.00631", needs: .mapAlone, better: .neither,
    settings: [.init("map", "sizes as shares of their sum"), .init("ties", .string(alike))],
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
