import Glibc

@testable import Auditing
@testable import Datasets
@testable import Encoders
@testable import Ground
@testable import Models
@testable import Pictures
@testable import Studies
@testable import Words

extension FuzzTarget {
  /// All parsers of datasets and runs that read bytes from outside. A new parser is added here.
  static let datasets = [
    FuzzTarget(name: "braces") { bytes in
      // A short pattern may already stand for a hundred thousand names.
      guard bytes.count <= 64 else { return }
      let names = try? Path(bytes: Array(bytes)).withBracesExpanded()
      precondition((names?.count ?? 0) <= 100_000, "More names than were promised.")
    },
    FuzzTarget(name: "csv") { bytes in
      let columns = (0..<3).map { "\($0)" }
      for names in [nil, columns] {
        let file = MappedFile(Array(bytes), named: "fuzz")
        guard let table = try? CSVRows(file, name: "fuzz", columns: names) else { continue }
        _ = try? table.eachRow(isHeadless: names != nil) { row in
          for column in row.fields.indices { _ = row[column] }
          checkWriting(row.fields)
        }
      }
    },
    FuzzTarget(name: "mat") { bytes in
      _ = try? MATFile(MappedFile(Array(bytes), named: "fuzz"), name: "fuzz")
    },
    FuzzTarget(name: "runs") { bytes in
      let path = root / "fuzz.run"
      try? path.folder.createFolder()
      put(Array(bytes), at: path)
      guard let run = try? RunFile(reading: path) else { return }
      struct Gone: Error {}
      if let summary = try? AuditSummary(run) {
        _ = (summary.text, summary.json.written())
        _ = try? AuditPage(run, summary) { _ in throw Gone() }.written
      }
      if let table = try? EvaluationTable(run) {
        _ = (table.markdown, table.json.written())
        _ = try? EvaluationPage(run, table) { _ in throw Gone() }.written
      }
      _ = try? RunMerging([path, path]).missing
    },
    FuzzTarget(name: "tables") { bytes in
      let pieces = bytes.split(separator: 0x1c, omittingEmptySubsequences: false)
      let layout = Layout.all[Int(bytes.first ?? 0) % Layout.all.count]
      layout.open(pieces.dropFirst().map { Array($0) })
    },
    FuzzTarget(name: "tar") { bytes in
      if var reader = try? TarReader(bytes, place: "fuzz") {
        while let member = try? reader.next() {
          precondition(!member.name.isEmpty, "A member without a name.")
          precondition(member.content.upperBound <= bytes.count, "A member beyond the end.")
        }
      }
      Layout.shard.open([Array(bytes)])
    },
  ]

  /// The target that the environment names in FIELDMARK_FUZZ.
  static let chosen: FuzzTarget = {
    let all = encoders + datasets + serving
    let name = getenv("FIELDMARK_FUZZ").map { String(cString: $0) } ?? ""
    guard let target = all.first(where: { $0.name == name }) else {
      let names = all.map(\.name).joined(separator: ", ")
      preconditionFailure("FIELDMARK_FUZZ names none of \(names).")
    }
    return target
  }()
}

/// Checks that what is written is read back unchanged.
private func checkWriting(_ fields: [[UInt8]]) {
  let texts = fields.map { String(decoding: $0, as: UTF8.self) }
  guard zip(texts, fields).allSatisfy({ $0.utf8.elementsEqual($1) }), texts != [""] else { return }
  let written = texts.map(\.asCSV).joined(separator: ",") + "\n"
  let file = MappedFile(Array("x\n".utf8) + Array(written.utf8), named: "again")
  let names = fields.indices.map { "\($0)" }
  var again: [[[UInt8]]] = []
  let table = try? CSVRows(file, name: "again", columns: names)
  try? table?.eachRow { again.append($0.fields) }
  precondition(again == [fields], "What was written is not what was read.")
}

/// The folder for files of targets that read from disk.
private let root = Path(
  getenv("FIELDMARK_FUZZ_FOLDER").map { String(cString: $0) } ?? ".build/fuzz/folder")

/// Writes a new file each time, because the previous one may still be mapped.
private func put(_ bytes: [UInt8], at path: Path) {
  unlink(path.description)
  let descriptor = Glibc.open(path.description, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  precondition(descriptor >= 0, "There is no room for a few small files.")
  _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  close(descriptor)
}

/// A dataset of a few small files in a folder, which is opened and asked for everything.
private struct Layout: Sendable {
  let format: DatasetFormat
  let names: [String]

  static let shard = Layout(format: .webDataset, names: ["train.tar"])
  static let all = [
    Layout(format: .cub, names: cub),
    Layout(format: .aviary, names: cub + ["masks/masks.jsonl", "aviary.json"]),
    Layout(
      format: .aircraft,
      names: [
        "variants.txt", "images_variant_train.txt", "images_variant_test.txt", "images_box.txt",
      ]),
    Layout(format: .manifest, names: ["manifest.csv"]),
    Layout(
      format: .fishVistaSegmentation,
      names: [
        "segmentation_train.csv", "classification_train.csv",
        "segmentation_masks/seg_id_trait_map.json", "segmentation_masks/images/a.png",
      ]),
  ]

  private static let cub = [
    "images.txt", "image_class_labels.txt", "classes.txt", "train_test_split.txt",
    "bounding_boxes.txt", "parts/parts.txt", "parts/part_locs.txt", "attributes.txt",
    "attributes/image_attribute_labels.txt",
    "attributes/class_attribute_labels_continuous.txt",
  ]

  func open(_ contents: [[UInt8]]) {
    let folder = root / Path(format.name)
    for (index, name) in names.enumerated() {
      let path = folder / Path(name)
      try? path.folder.createFolder()
      guard index < contents.count else {
        unlink(path.description)
        continue
      }
      put(contents[index], at: path)
    }
    guard let dataset = try? Dataset(folder, as: format) else { return }
    _ = dataset.description
    for example in dataset.examples.prefix(8) {
      _ = example.label.map { dataset.spokenName(of: $0) }
      _ = dataset.parts(of: example)
      _ = try? dataset.attributes(of: example)
      _ = try? example.bytes()
      for mask in (try? dataset.masks(of: example)) ?? [] {
        if let attribute = mask.attribute { _ = dataset.attributes[attribute] }
      }
    }
    _ = try? dataset.attributeNotes()
    if let table = dataset.classAttributes, table.percentages.rows > 1 {
      _ = table.normalizedByGroup().differences(from: 0, to: 1)
    }
    _ = try? ProbeSplit(dataset)
  }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  FuzzTarget.chosen.run(UnsafeRawBufferPointer(start: bytes, count: count))
  return 0
}
