import Ground

/// A way in which people keep pictures and what they know of them: a name, one line of help, how to
/// recognize it, and how to open it.
///
/// ```swift
/// try DatasetFormat.cub.open("CUB_200_2011")
/// DatasetFormat.all.map(\.name)      // aviary, cub, cars, ...
/// ```
///
/// A new format is a few lines in a file beside the others and a word in `all`.
public struct DatasetFormat: Named {
  public static let kind = "a format"

  public let name: String
  public let summary: String
  /// Tables that no other format has: a folder with one of them is no folder of classes, even where
  /// others are missing.
  private let tables: [Path]
  private let looksRight: @Sendable (Path) -> Bool
  private let reading: @Sendable (Path, Environment) throws -> Dataset

  public init(
    _ name: String, _ summary: String, tables: [Path] = [],
    recognizes: @escaping @Sendable (Path) -> Bool,
    open: @escaping @Sendable (Path) throws -> Dataset
  ) {
    self.init(name, summary, tables: tables, recognizes: recognizes) { path, _ in try open(path) }
  }

  /// A format whose tables may speak of the user's home folder.
  init(
    _ name: String, _ summary: String, tables: [Path] = [],
    recognizes: @escaping @Sendable (Path) -> Bool,
    openIn open: @escaping @Sendable (Path, Environment) throws -> Dataset
  ) {
    (self.name, self.summary, self.tables) = (name, summary, tables)
    (looksRight, reading) = (recognizes, open)
  }

  /// Whether what lies there looks like it, by the names of a few files.
  public func recognizes(_ path: Path) -> Bool { looksRight(path) }

  public func open(_ path: Path, in environment: Environment = .process) throws -> Dataset {
    let dataset = try reading(path, environment)
    guard !dataset.examples.isEmpty else {
      throw InputError(path.description, expected: "a dataset with pictures", found: "none")
    }
    return dataset
  }

  /// Every format there is; the first that recognizes a folder opens it.
  public static let all: [DatasetFormat] = [
    .aviary, .cub, .cars, .aircraft, .aircraftFamily, .aircraftManufacturer, .birds525, .fishVista,
    .fishVistaIdentification, .fishVistaSegmentation, .manifest, .webDataset, .folders,
  ]

  /// The format of what lies there.
  public init(of path: Path) throws {
    if let format = DatasetFormat.all.first(where: { $0.recognizes(path) }) {
      // Folders of pictures belong to other formats too, whose opening says what is missing.
      let other = DatasetFormat.all.first { $0.tables.contains { (path / $0).isFile } }
      self = format.name == DatasetFormat.folders.name ? other ?? format : format
      return
    }
    let names = DatasetFormat.all.map(\.name).joined(separator: ", ")
    throw InputError(
      path.description, expected: "a dataset in one of the formats \(names)",
      found: try DatasetFormat.contents(path))
  }

  /// What a message says of a place that looks like nothing.
  private static func contents(_ path: Path) throws -> String {
    guard let kind = path.kind else { return "nothing there" }
    guard kind == .folder else { return kind.description }
    let names = try path.names()
    if names.isEmpty { return "an empty folder" }
    let first = names.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
    return "a folder with \(first)" + (names.count > 5 ? " and \(names.count - 5) more" : "")
  }
}

extension Dataset {
  /// Opens a dataset in a known format, or in the first that it looks like.
  public init(
    _ path: Path, as format: DatasetFormat? = nil, in environment: Environment = .process
  ) throws {
    self = try (format ?? DatasetFormat(of: path)).open(path, in: environment)
  }
}
