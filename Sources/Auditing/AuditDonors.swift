import Datasets
import Explaining
import Ground
import Measures
import Nuisances
import Pictures
import Studies

/// Pictures of each class from which a nuisance is taken over into pictures of another, and what the
/// pictures of a class look like on the whole.
///
///     let donors = AuditDonors(dataset, seed: 1, shortest: 224)
///     try donors.donor(of: 8, for: example)              // a picture of class 8, always the same one
///     try donors.appearance(of: 8, but: example)         // what the pictures of class 8 look like
struct AuditDonors: Sendable {
  private let dataset: Dataset
  private let seed: UInt64
  /// The shorter side of what the model sees.
  private let shortest: Int
  /// Throws where the work should stop.
  private let check: @Sendable () throws -> Void
  private let members: [[Int]]
  /// A few megabytes for each class, so that pictures had better come class by class.
  private let known = OnceEach<Int, [Donor]>(most: 8)

  private struct Donor: Sendable {
    let number: Int
    let picture: LocatedPicture
  }

  /// How many pictures stand for a class: its looks are known well enough by so many.
  private static let most = 24

  init(
    _ dataset: Dataset, seed: UInt64, shortest: Int,
    check: @escaping @Sendable () throws -> Void = {}
  ) {
    (self.dataset, self.seed, self.shortest, self.check) = (dataset, seed, shortest, check)
    var members = [[Int]](repeating: [], count: dataset.classes.count)
    for number in dataset.examples.indices {
      if let label = dataset.examples.label(number), members.indices.contains(label) {
        members[label].append(number)
      }
    }
    self.members = members
  }

  /// Whether there is a picture of the class.
  func has(_ label: Int) -> Bool { members.indices.contains(label) && !members[label].isEmpty }

  /// A picture of a class, other than the one that is asked for; nil where there is none.
  func donor(of label: Int, for example: Example) throws -> LocatedPicture? {
    let others = try donors(of: label).filter { $0.number != example.number }
    var random = SplitMix(seed: seed, example.number &* 1013 &+ label)
    return others.isEmpty ? nil : others[random.below(others.count)].picture
  }

  /// What the pictures of a class look like, without the one that is asked for.
  func appearance(of label: Int, but example: Example) throws -> ClassAppearance? {
    ClassAppearance(
      try donors(of: label).filter { $0.number != example.number }.map(\.picture.appearance))
  }

  func located(_ example: Example, _ picture: Picture) throws -> LocatedPicture {
    try LocatedPicture(
      picture, thing: try thing(of: example, picture),
      quality: jpegQuality(of: try example.bytes()), shortest: shortest)
  }

  /// The mask of the thing if there is one, or else its box: a mask leaves more to the background.
  private func thing(of example: Example, _ picture: Picture) throws -> Mask? {
    let mask = try dataset.masks(of: example).first { $0.kind == "object" }
    if let mask { return try mask.read(for: picture) }
    return example.box.map { Truth(box: $0, width: picture.width, height: picture.height).mask }
  }

  /// Pictures of the class, drawn by the seed. What cannot be read stands for nothing.
  private func donors(of label: Int) throws -> [Donor] {
    try known.value(of: label) {
      var random = SplitMix(seed: seed, 1 << 22 + label)
      var left = members.indices.contains(label) ? members[label] : []
      var found: [Donor] = []
      while found.count < AuditDonors.most, !left.isEmpty {
        try check()
        let place = random.below(left.count)
        left.swapAt(place, left.count - 1)
        let example = dataset.examples[left.removeLast()]
        guard let picture = try? example.picture(), let located = try? located(example, picture)
        else { continue }
        found.append(Donor(number: example.number, picture: located))
      }
      return found
    }
  }
}
