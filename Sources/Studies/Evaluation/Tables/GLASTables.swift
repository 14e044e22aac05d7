import Explaining

/// GLAS's tables. ("Salient Explanation for Fine-grained Classification".)
extension PaperTable {
  static let glas: [PaperTable] = [glas1, glas2]

  static let glas1 = PaperTable(
    "glas-1", "GLAS with different numbers of search points.",
    paper: "Salient Explanation for Fine-grained Classification, table 1",
    [.pointingBlob, .seconds]
  ) { settings in
    [12, 15, 22, 25, 30].map { points in
      var settings = settings.onImageNet
      settings[Method.points] = points
      return .method(
        .glas, named: "glas \(points) x \(points)", [0], ReferenceRule(1), .mean, settings)
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
    let settings = settings.onImageNet
    var few = settings
    few[Method.masks] = 450
    let others: [Method] = [.gradient, .gradCAM, .lime, .rise, .deletionMask]
    let own: [Method] = [.lightGLAS, .shadowGLAS, .glas]
    return others.map { .method($0, [0], ReferenceRule(1), .mean, settings) }
      + [.method(.rise, named: "rise of 450 masks", [0], ReferenceRule(1), .mean, few)]
      + own.map { .method($0, [0], ReferenceRule(1), .mean, settings) }
  }
}

extension Method.Settings {
  /// The settings with the widths of the paper's tables, unless others are given.
  fileprivate var onImageNet: Method.Settings {
    var settings = self
    settings[Method.sigmaLight] = self[Method.sigmaLight] ?? self[Method.sigma] ?? 5
    settings[Method.sigmaShadow] = self[Method.sigmaShadow] ?? self[Method.sigma] ?? 3
    settings[Method.sigmaSpace] = self[Method.sigmaSpace] ?? self[Method.sigma] ?? 6
    return settings
  }
}
