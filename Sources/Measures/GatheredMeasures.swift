import Ground

/// Measures of many pictures together, whose number is not the mean of the pictures' numbers.
extension Measure {
  package static let gathered: [Measure] = [
    .boxAccuracy, .boxAccuracy2, .pixelPrecision, .pointingClasses, .consistency,
  ]

  /// 0, 0.01 ... 0.99: the thresholds with which the published evaluation is run. Its functions use
  /// ten times as many by default.
  static let thresholds = (0..<100).map { Double($0) * 0.01 }

  private static let choe = "Choe et al. 2020, arXiv 2001.07437; by clovaai/wsolevaluation"

  private static func boxes(
    _ name: String, _ summary: String, around parts: BoxedParts, overlaps: [Double]
  ) -> Measure {
    Measure(
      name, summary, paper: choe, needs: .box, better: .higher,
      settings: clipped(
        then: ", then scaled from 0 for the lowest to 1 for the highest", ties: alike) + [
          .init("thresholds", .integer(thresholds.count)),
          .init("threshold", "the best for all pictures together"),
          .init("overlaps", .array(overlaps.map(JSON.number))),
        ], leftOut: [notFinite, noTruth],
      .sum { sums in
        guard let count = sums.first, count > 0,
          sums.count == 1 + overlaps.count * thresholds.count
        else { return nil }
        let shares = overlaps.indices.map { place -> Double in
          let start = 1 + place * thresholds.count
          return (sums[start..<start + thresholds.count].max() ?? 0) / count
        }
        return shares.reduce(0, +) / Double(shares.count)
      }
    ) { measured in
      guard let truth = measured.truth, let map = measured.clipped,
        let found = map.boxOverlaps(with: truth, around: parts, thresholds: thresholds)
      else { return MeasureResult() }
      return MeasureResult(
        counts: [1] + overlaps.flatMap { least in found.map { $0 >= least ? 1 : 0 } })
    }
  }

  public static let boxAccuracy = boxes(
    "max-box-acc",
    "How many boxes around the largest blob overlap the true box by half, at the best threshold.",
    around: .largest, overlaps: [0.5])

  public static let boxAccuracy2 = boxes(
    "max-box-acc-v2", "As max-box-acc, for any blob; the mean over overlaps of 0.3, 0.5 and 0.7.",
    around: .all, overlaps: [0.3, 0.5, 0.7])

  public static let pixelPrecision = Measure(
    "pxap", "The area under the precision-recall curve of the pixels of all pictures together.",
    paper: choe,
    needs: .place, better: .higher,
    settings: clipped(then: ", then scaled from 0 for the lowest to 1 for the highest", ties: alike)
      + [
        .init("thresholds", .integer(thresholds.count))
      ], leftOut: [notFinite, noTruth],
    .sum { PixelPrecision(counts: $0, thresholds: thresholds)?.area }
  ) { measured in
    guard let truth = measured.truth, let map = measured.clipped else { return MeasureResult() }
    var precision = PixelPrecision(thresholds: thresholds)
    precision.add(map, truth)
    return MeasureResult(counts: precision.count == 0 ? [] : precision.counts)
  }

  public static let pointingClasses = Measure(
    "pointing-classes", "As pointing-15, but the mean of the shares of the classes.",
    paper:
      "Zhang et al. 2016, arXiv 1608.00507; by TorchRay, but for classes without pictures, which "
      + "count as 0 there and not at all here",
    needs: .place, better: .higher,
    settings: clipped(ties: firstOfEqual), leftOut: [notFinite, noTruth],
    .classes { pictures in
      pictures.isEmpty
        ? nil : pictures.reduce(0) { $0 + Double($1[0]) } / Double(pictures.count)
    }
  ) { measured in
    guard let number = try pointing15(measured) else { return MeasureResult() }
    return MeasureResult(counts: [Float(number)])
  }

  public static let consistency = Measure(
    "consistency", "Whether maps of one class highlight the same parts in every picture.",
    paper: "asked for in Finer-CAM, section 4.3; this number is ours", needs: .parts,
    better: .higher,
    settings: [
      .init("map", "numbers below 0 become 0"),
      .init("radius", "a fifteenth of the picture's longer side"),
    ], leftOut: [notFinite, noParts, "no part has anything near it"],
    .classes { pictures in
      Consistency.mean(
        pictures.map { picture in
          var shares: [String: Double] = [:]
          for (place, share) in picture.enumerated() where share >= 0 {
            shares["\(place)"] = Double(share)
          }
          return shares
        })
    }
  ) { measured in
    let map = measured.map
    let radius = Double(max(map.width, map.height)) / 15
    guard !measured.parts.isEmpty, let shares = map.shares(of: measured.parts, radius: radius)
    else { return MeasureResult() }
    // A place for each kind of part, with -1 for a kind that is not visible.
    return MeasureResult(counts: measured.kinds.map { shares[$0].map { Float($0) } ?? -1 })
  }
}

extension PixelPrecision {
  /// The number of pixels inside and outside the truth that lie between each threshold and the
  /// next.
  var counts: [Float] { (inside + outside).map { Float($0) } }

  init?(counts: [Double], thresholds: [Double]) {
    self.init(thresholds: thresholds)
    guard counts.count == inside.count + outside.count else { return nil }
    let whole = counts.map { Int(max(0, $0).rounded()) }
    inside = Array(whole.prefix(inside.count))
    outside = Array(whole.suffix(outside.count))
  }
}
