import Datasets
import Ground
import Words

/// The dataset's text files: those of CUB-200-2011, and the indexes of what it does not have.
struct WorldTables {
  let world: World
  let hasCaptions: Bool
  let hasTwins: Bool
  /// In the order of their numbers: class by class, as there.
  let records: [Record]

  init(_ world: World, captions: Bool, twins: Bool, _ records: [Record]) {
    self.world = world
    (hasCaptions, hasTwins) = (captions, twins)
    self.records = records.sorted { ($0.species, $0.index) < ($1.species, $1.index) }
  }

  func write(_ save: (_ name: String, _ text: String) throws -> Void) throws {
    let classes = world.species.enumerated().map { $1.folder(at: $0) }
    try save("classes.txt", numbered(classes))
    try save("images.txt", numbered(records.map(\.image)))
    try save("image_class_labels.txt", numbered(records.map { "\($0.species + 1)" }))
    // This table says whose bird is drawn, if that is not always the class's.
    if !world.cheats.isEmpty { try save("birds.txt", numbered(records.map { "\($0.bird + 1)" })) }
    try save(
      "bounding_boxes.txt",
      numbered(
        records.map { "\($0.box.x).0 \($0.box.y).0 \($0.box.width).0 \($0.box.height).0" }))
    try save(
      "train_test_split.txt", numbered(records.map { world.isForTraining($0.index) ? "1" : "0" }))
    try save("parts/parts.txt", numbered(BodyPart.allCases.map(\.name)))
    try save(
      "parts/part_locs.txt", rows { record, id, text in WorldTables.places(record, id, &text) })
    try save("parts/part_click_locs.txt", rows { WorldTables.clicks($0, $1, &$2) })
    try save("attributes/attributes.txt", numbered(Prompts.attributes.map(\.name)))
    try save(
      "attributes/certainties.txt", numbered(["not visible", "guessing", "probably", "definitely"]))
    try save(
      "attributes/class_attribute_labels_continuous.txt",
      world.species.map { species in
        species.attributePercentages.map(\.description).joined(separator: " ") + "\n"
      }.joined())
    try save("attributes/image_attribute_labels.txt", rows { WorldTables.labels($0, $1, &$2) })
    try save("masks/masks.jsonl", rows { record, _, text in WorldTables.masks(record, &text) })
    if hasCaptions {
      try save("captions.jsonl", rows { record, _, text in WorldTables.captions(record, &text) })
    }
    if hasTwins { try save("counterfactuals.csv", twins(classes)) }
  }

  /// Returns a line for each text, after its number.
  private func numbered(_ lines: [String]) -> String {
    lines.enumerated().map { "\($0 + 1) \($1)\n" }.joined()
  }

  private func rows(_ append: (Record, _ id: Int, inout String) -> Void) -> String {
    var text = ""
    for (index, record) in records.enumerated() { append(record, index + 1, &text) }
    return text
  }

  /// Paths are those below the table's folder.
  private func twins(_ classes: [String]) -> String {
    "picture,changed,kind,what,class,toward\n"
      + rows { record, _, text in
        for twin in record.twins {
          let fields = [
            "images/\(record.image)", twin.file, twin.kind.rawValue, twin.what,
            classes[record.species], classes[twin.toward],
          ]
          text += fields.map(\.asCSV).joined(separator: ",") + "\n"
        }
      }
  }

  private static func places(_ record: Record, _ id: Int, _ text: inout String) {
    for (part, place) in record.parts.enumerated() {
      text +=
        place.map { "\(id) \(part + 1) \($0.x).0 \($0.y).0 1\n" }
        ?? "\(id) \(part + 1) 0.0 0.0 0\n"
    }
  }

  /// Writes the clicks of three people beside each other. How long they took is not known.
  private static func clicks(_ record: Record, _ id: Int, _ text: inout String) {
    for (part, place) in record.parts.enumerated() {
      for step in -1...1 {
        text +=
          place.map { "\(id) \(part + 1) \(max(0, $0.x + step)).0 \($0.y).0 1 0.0\n" }
          ?? "\(id) \(part + 1) 0.0 0.0 0 0.0\n"
      }
    }
  }

  private static func labels(_ record: Record, _ id: Int, _ text: inout String) {
    for (attribute, label) in record.labels.enumerated() {
      text += "\(id) \(attribute + 1) \(label.isPresent ? 1 : 0) \(label.certainty) 0.0\n"
    }
  }

  private static func masks(_ record: Record, _ text: inout String) {
    for mask in record.masks {
      let row: JSON = [
        "picture": .string(record.image), "kind": .string(mask.kind),
        "trait": .string(mask.phrase), "attribute": mask.attribute.map(JSON.integer) ?? .null,
        "pixels": .integer(mask.pixels), "file": .string(mask.file),
      ]
      text += row.written() + "\n"
    }
  }

  private static func captions(_ record: Record, _ text: inout String) {
    let row: JSON = [
      "picture": .string(record.image), "captions": .array(record.captions.map(JSON.string)),
    ]
    text += row.written() + "\n"
  }
}
