import Ground

extension Example.Use {
  /// The common names of the splits, the usual one first. `eval` means test, as in Hugging Face's
  /// loaders.
  static let words: [(use: Example.Use, names: [String])] = [
    (.training, ["train", "training", "trainval"]),
    (.validation, ["val", "valid", "validation", "validate", "dev", "development"]),
    (.test, ["test", "testing", "eval", "evaluation"]),
  ]

  /// Finds the split that a word names, ignoring case.
  init?(named word: String) {
    let word = word.lowercased()
    guard let known = Example.Use.words.first(where: { $0.names.contains(word) }) else {
      return nil
    }
    self = known.use
  }

  /// All the words, for a message: `train, training, trainval; val, ...`.
  static var told: String {
    words.map { $0.names.joined(separator: ", ") }.joined(separator: "; ")
  }

  /// The names of files or folders that say a split, ordered by split and by the words of `words`.
  static func named(
    _ names: [Path], by word: (Path) -> String? = { $0.description }
  ) -> [(name: Path, use: Example.Use)] {
    let order = words.flatMap(\.names)
    let found = names.compactMap { name -> (place: Int, name: Path, use: Example.Use)? in
      guard let word = word(name)?.lowercased(), let use = Example.Use(named: word),
        let place = order.firstIndex(of: word)
      else { return nil }
      return (place, name, use)
    }
    return found.sorted {
      $0.place != $1.place
        ? $0.place < $1.place : $0.name.bytes.lexicographicallyPrecedes($1.name.bytes)
    }.map { ($0.name, $0.use) }
  }
}
