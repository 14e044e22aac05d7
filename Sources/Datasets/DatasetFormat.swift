import Ground

/// A way in which people store pictures and their annotations: a name, one line of help, how to
/// recognize it, and how to open it.
///
/// ```swift
/// try DatasetFormat.cub.open("CUB_200_2011")
/// DatasetFormat.all.map(\.name)      // aviary, cub, cars, ...
/// ```
///
/// A new format is a few lines in a file beside the others, and an entry in `all`.
public struct DatasetFormat: Named {
  public static let kind = "a format"

  public let name: String
  public let summary: String
  /// Tables that only this format has. A folder with one of them is not taken for a folder of
  /// classes, even if other tables are missing.
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

  /// A format whose tables may name paths in the user's home folder.
  init(
    _ name: String, _ summary: String, tables: [Path] = [],
    recognizes: @escaping @Sendable (Path) -> Bool,
    openIn open: @escaping @Sendable (Path, Environment) throws -> Dataset
  ) {
    (self.name, self.summary, self.tables) = (name, summary, tables)
    (looksRight, reading) = (recognizes, open)
  }

  /// Whether the files at `path` look like this format, judged by the names of a few of them.
  public func recognizes(_ path: Path) -> Bool { looksRight(path) }

  public func open(_ path: Path, in environment: Environment = .process) throws -> Dataset {
    let dataset = try reading(path, environment)
    guard !dataset.examples.isEmpty else {
      throw InputError(path.description, expected: "a dataset with pictures", found: "none")
    }
    return dataset
  }

  /// Every known format. The first that recognizes a folder opens it.
  public static let all: [DatasetFormat] = [
    .aviary, .cub, .cars, .aircraft, .aircraftFamily, .aircraftManufacturer, .birds525, .fishVista,
    .fishVistaIdentification, .fishVistaSegmentation, .manifest, .webDataset, .folders,
  ]

  /// The format of the dataset at `path`.
  public init(of path: Path) throws {
    if let format = DatasetFormat.all.first(where: { $0.recognizes(path) }) {
      // Other formats have folders of pictures too, and opening them says which table is missing.
      let other = DatasetFormat.all.first { $0.tables.contains { (path / $0).isFile } }
      self = format.name == DatasetFormat.folders.name ? other ?? format : format
      return
    }
    let names = DatasetFormat.all.map(\.name).joined(separator: ", ")
    throw InputError(
      path.description, expected: "a dataset in one of the formats \(names)",
      found: try DatasetFormat.contents(path))
  }

  /// Describes, for an error message, a path that no format recognizes.
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
  /// Opens a dataset in the given format, or in the first that recognizes it.
  public init(
    _ path: Path, as format: DatasetFormat? = nil, in environment: Environment = .process
  ) throws {
    self = try (format ?? DatasetFormat(of: path)).open(path, in: environment)
  }
}
