import Ground

/// A part of the picture encoder, and the names of its weights.
public struct ModelLayer: Equatable, Sendable {
  public let name: String
  public let weights: [String]
}

/// Models in which some of what was learned is replaced by random numbers, to see whether a map
/// changes with it. (Adebayo et al. 2018, arXiv 1810.03292.)
///
/// ```swift
/// model.imageLayers.map(\.name)                            // embedding, block 11, ... patches
/// try model.randomized(model.imageLayers[0], seed: 1)      // all but its last step
/// try model.forgetting(seed: 1) { layer, _ in layer }      // that, then its last block too, ...
/// ```
extension Model {
  /// The parts of the picture encoder, from the end to the beginning: what makes the embedding from
  /// the output of the last block (norm and projection, or a ResNet's attention that pools), the
  /// blocks from the last to the first, and what comes before them.
  public var imageLayers: [ModelLayer] {
    let image = architecture.image
    var blocks: [[String]] = []
    var (embedding, patches): ([String], [String]) = ([], [])
    for name in weights.map(\.name) where name.hasPrefix("visual.") {
      if let block = form.block(name, image) {
        while blocks.count <= block { blocks.append([]) }
        blocks[block].append(name)
      } else if form.ending.contains(where: name.hasPrefix) {
        embedding.append(name)
      } else {
        patches.append(name)
      }
    }
    return [ModelLayer(name: "embedding", weights: embedding)]
      + blocks.indices.reversed().map { ModelLayer(name: "block \($0)", weights: blocks[$0]) }
      + [ModelLayer(name: "patches", weights: patches)]
  }

  /// Returns the model with other numbers in the weights of a layer: normal ones of each weight's
  /// own mean and deviation. Norms, whose mean is about 1, therefore still let something through,
  /// and maps do not differ merely because the model's numbers have died away.
  ///
  /// - A weight's draws depend on the seed and on the weight, not on what else is drawn, so that
  ///   layers taken one after the other give the same as all at once.
  /// - Means and variances that a batch norm has measured stay, since a variance drawn at random
  ///   could be below 0. Weights that have one number, or the same number everywhere, stay too.
  /// - What is kept on disk of a model is found by its files, which are not those of this model any
  ///   more. Its fingerprint is therefore refused.
  public func randomized(_ layer: ModelLayer, seed: UInt64) throws -> Model {
    let names = Set(layer.weights)
    let old = weights
    var changed = self
    changed.isItsFiles = false
    changed.weights = try concurrently(old.count) { index in
      guard names.contains(old[index].name) else { return old[index] }
      return try old[index].drawnAgain(SplitMix(seed: seed, index))
    }
    return changed
  }

  /// Returns what the body makes of the model with ever more of its layers drawn anew, from its end
  /// to its beginning. Only one such model is kept at a time, since each may be as large as this
  /// one.
  package func forgetting<Value>(
    seed: UInt64, _ body: (ModelLayer, Model) throws -> Value
  ) throws -> [Value] {
    var current = self
    return try imageLayers.map { layer in
      current = try current.randomized(layer, seed: seed)
      return try body(layer, current)
    }
  }
}

extension Weight {
  fileprivate func drawnAgain(_ random: SplitMix) throws -> Weight {
    if name.hasSuffix(".running_mean") || name.hasSuffix(".running_var") { return self }
    var random = random
    let values = try floats()
    let count = Double(max(1, values.count))
    let mean = values.reduce(0.0) { $0 + Double($1) } / count
    let variance = values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
    let deviation = variance.squareRoot()
    let drawn = values.map { _ in Float(mean + deviation * Double(random.normal())) }
    return Weight(
      name: name, shape: shape, parts: [Tensor(name, shape: shape, drawn)], leadingZeros: 0)
  }
}
