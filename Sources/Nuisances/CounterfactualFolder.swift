import Datasets
import Ground
import Pictures

/// Pictures of known classes in which one attribute was exchanged, without the pictures as they were before.
///
///     SUB/Blue_Jay/has_crown_color--grey/17.png
///
/// The folder has one folder for each class, and in each of these one for each attribute that its pictures
/// got. This is how SUB (Bader et al. 2025, ICCV, arXiv 2507.23784), 38,400 generated pictures of 33 classes
/// of CUB-200-2011 with 33 attributes, lies on a disk when each row's picture is saved under the names of its
/// `bird_label` and `attr_label`. Names of classes are those of the dataset, with or without numbers; those of
/// attributes are the table's, with `::` or `--`.
public struct CounterfactualFolder: Sendable {
  /// The pictures of classes and attributes that are known.
  public let examples: [Example]
  /// The SHA-256 of the names of all pictures that are known, of whichever class.
  public let fingerprint: String
  /// How many pictures are of others.
  public let leftOut: Int
  /// The places of each group's pictures among `examples`.
  package let groups: [Group: [Int]]

  /// What a picture shows: a class, and the attribute that it got.
  package struct Group: Hashable, Sendable {
    package let label: Int
    package let attribute: Int
  }

  /// - Parameter labels: The classes that are asked about.
  public init(
    _ folder: Path, of dataset: Dataset, _ table: ClassAttributes, labels: Set<Int>
  ) throws {
    let classes = Dictionary(
      dataset.classes.indices.flatMap { label in
        [dataset.classes[label], dataset.spokenName(of: label)].map { (plain($0), label) }
      }, uniquingKeysWith: { first, _ in first })
    let attributes = Dictionary(
      table.attributes.enumerated().map { (plain($1.name), $0) },
      uniquingKeysWith: { first, _ in first })
    let pictures = try DatasetFormat.folders.open(folder).examples
    var examples: [Example] = []
    var groups: [Group: [Int]] = [:]
    var names: [String] = []
    for example in pictures {
      let place = example.name.folder
      let bird = Dataset.spoken(place.folder.lastComponent.description)
      guard let label = classes[plain(bird)],
        let attribute = attributes[plain(place.lastComponent)]
      else { continue }
      // Of all classes, so that parts of a run and a run that goes on agree.
      names.append(example.name.description)
      guard labels.contains(label) else { continue }
      groups[Group(label: label, attribute: attribute), default: []].append(examples.count)
      examples.append(example)
    }
    guard !names.isEmpty else {
      throw InputError(
        folder.description,
        expected:
          "folders of classes of the dataset, with folders of attributes of the table in them",
        found: pictures.first.map { "'\($0.name)'" } ?? "no picture",
        hint: "'\(dataset.spokenName(of: 0))/\(table.attributes[0].name)/1.png' would be one")
    }
    leftOut = pictures.count - names.count
    fingerprint = Digest.sha256(of: names).hexadecimal
    (self.examples, self.groups) = (examples, groups)
  }
}

private func plain(_ name: some CustomStringConvertible) -> String {
  name.description.replacing("--", with: "::").lowercased().replacing("_", with: " ")
}
