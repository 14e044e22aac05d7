import Encoders

/// GLAS's tables. ("Salient Explanation for Fine-grained Classification".)
extension PaperTable {
  static let glas: [PaperTable] = [glas1, glas2]

  static let glas1 = PaperTable(
    "glas-1", "GLAS by the number of its search points.",
    paper: "Salient Explanation for Fine-grained Classification, table 1",
    [.pointingBlob, .seconds]
  ) { settings in
    [12, 15, 22, 25, 30].map { points in
      var settings = settings
      settings.points = points
      return .alone("glas \(points) x \(points)", .glas, settings)
    }
  }

  static let glas2 = PaperTable(
    "glas-2", "GLAS and its halves beside seven other methods.",
    paper: "Salient Explanation for Fine-grained Classification, table 2",
    missing: [
      "Deconv runs a network of ReLUs and poolings backwards, and a transformer has neither"
    ],
    [.pointingBlob, .pointingSmall, .seconds]
  ) { settings in
    var few = settings
    few.masks = 450
    let all: [Method] = [.gradient, .gradCAM, .lime, .rise, .deletionMask]
    return all.map { .alone($0.name, $0, settings) } + [.alone("rise of 450 masks", .rise, few)]
      + [Method.lightGLAS, .shadowGLAS, .glas].map { .alone($0.name, $0, settings) }
  }
}

extension Contender {
  static func alone(_ name: String, _ method: Method, _ settings: Method.Settings) -> Contender {
    Contender([Row(name)], rival: nearest(ReferenceRule(1))) { subject in
      try .maps([method(subject.view, subject.concept, settings)])
    }
  }
}
