import Datasets
import Glibc
import Ground
import Pictures

/// Pictures that somebody changed in exactly one thing. What a classifier does with them is its reliance on
/// that thing, and needs no estimate.
///
/// The file is a CSV table with a row for each changed picture, with paths relative to the file's folder:
///
///     picture,changed,kind,what,class,toward
///     images/1.png,twins/1-snow.png,cue,forest to snow,Plain Brackle,Redshouldered Brackle
///
/// `picture` is one of the dataset's, `changed` is the same with one thing changed, and `what` says which.
/// `kind` is `trait` where that is one of the listed traits, and anything else where it is not. A row with
/// a class in `toward` counts where the picture's class is told apart from that one; `class` is not read.
/// `fieldmark aviary --counterfactuals` writes such a file.
public struct CounterfactualPictures: Sendable {
  /// The SHA-256 of the file.
  public let fingerprint: String
  /// How many rows there are.
  public let count: Int
  private let changes: [Path: [Change]]

  package struct Change: Sendable {
    package let picture: Path
    let what: String
    let isTrait: Bool
    /// The class whose look it has; nil where the file does not say.
    let toward: Int?

    /// What a run calls it: its kind is the first word.
    package var name: String {
      "\(isTrait ? CounterfactualPictures.trait : CounterfactualPictures.other)\(what)"
    }
  }

  package static let trait = "counterfactual trait: "
  package static let other = "counterfactual: "

  public init(_ file: Path, of dataset: Dataset) throws {
    let bytes = try MappedFile(file)
    var digest = Digest.sha256
    bytes.withBytes { digest.add(Array($0)) }
    fingerprint = digest.hexadecimal
    let table = try CSVRows(bytes, name: file.description)
    let columns = (
      picture: try table.column("picture"), changed: try table.column("changed"),
      what: try table.column("what"), kind: table.find(anyOf: ["kind"]).first,
      toward: table.find(anyOf: ["toward"]).first
    )
    let classes = Dictionary(
      dataset.classes.indices.flatMap { label in
        [dataset.classes[label], dataset.spokenName(of: label)].map { (plain($0), label) }
      }, uniquingKeysWith: { first, _ in first })
    var changes: [Path: [Change]] = [:]
    var count = 0
    try table.eachRow { row in
      guard !row.isBlank else { return }
      func path(_ column: Int) throws -> Path {
        guard !row[column].isEmpty else {
          throw row.error("a path as '\(table.columns[column])'", found: "nothing")
        }
        let path = Path(bytes: Array(row[column]))
        return path.bytes.first == UInt8(ascii: "/") ? path : file.folder / path
      }
      let what = row.text(columns.what)
      guard !what.isEmpty else {
        throw row.error("what was changed, as 'what'", found: "nothing")
      }
      let toward = columns.toward.map { row.text($0) } ?? ""
      if !toward.isEmpty, classes[plain(toward)] == nil {
        throw row.error("a class of the dataset as 'toward'", found: "'\(toward.prefix(80))'")
      }
      let change = Change(
        picture: try path(columns.changed), what: what,
        isTrait: columns.kind.map { row.text($0) == "trait" } ?? false,
        toward: toward.isEmpty ? nil : classes[plain(toward)])
      changes[try path(columns.picture).real, default: []].append(change)
      count += 1
    }
    (self.changes, self.count) = (changes, count)
    let known = dataset.examples.indices.contains { number in
      dataset.examples[number].file.map { changes[$0.real] != nil } ?? false
    }
    guard known || count == 0 else {
      throw InputError(
        file.description, expected: "pictures of the dataset as 'picture'",
        found: "none of them in \(counted(count, "row"))",
        hint: "paths are relative to the file's folder")
    }
  }

  /// What was changed in a picture, toward a class or toward any.
  package func changes(of example: Example, toward rival: Int) -> [Change] {
    guard let file = example.file else { return [] }
    return (changes[file.real] ?? []).filter { $0.toward == nil || $0.toward == rival }
  }
}

private func plain(_ name: String) -> String { Dataset.spoken(name).lowercased() }

extension Example {
  /// Nil of a member of an archive.
  fileprivate var file: Path? {
    if case .file(let path) = source { path } else { nil }
  }
}

extension Path {
  /// Without links and `..`, so that two names of one file are equal; itself where there is no file.
  fileprivate var real: Path {
    guard let real = withCString({ realpath($0, nil) }) else { return self }
    defer { free(real) }
    return Path(bytes: UnsafeRawBufferPointer(start: real, count: strlen(real)).map { $0 })
  }
}
