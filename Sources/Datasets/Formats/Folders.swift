import Ground

extension DatasetFormat {
  /// Pictures in a folder for each class: `train/robin/1.jpg` or `robin/1.jpg`. Folders for
  /// training, validation and test may have any of the names in `Example.Use.words`. Classes are
  /// ordered by the bytes of their names, as in torchvision's ImageFolder.
  public static let folders = DatasetFormat(
    "folders", "a folder for each class, below train/, val/, test/ or not",
    recognizes: { path in path.isFolder && PictureFolders.hasFolders(path) },
    open: { try PictureFolders.dataset("folders", $0, $0) })

  /// Birds-525 (and its predecessors with 500, 450 ... species): train, valid and test, each with a
  /// folder for each species. `birds.csv` is not used, because in known copies its names differ
  /// from the folders'.
  public static let birds525 = DatasetFormat(
    "birds-525", "Birds-525: train/, valid/ and test/ with a folder for each species",
    recognizes: { path in
      ["train", "valid", "test"].allSatisfy { (path / Path($0)).isFolder }
        && path.birdTable != nil
    },
    open: { path in
      var dataset = try PictureFolders.dataset("birds-525", path, path)
      if let table = path.birdTable {
        dataset.notes.append("classes are named by their folders, not by \(table)")
      }
      return dataset
    })
}

extension Path {
  /// `birds.csv`, which some copies renamed.
  fileprivate var birdTable: Path? {
    ["birds.csv", "BIRDS.csv", "bird_dataset.csv", "BIRDS.CSV"].first { (self / $0).isFile }
  }
}

/// Folders of pictures in which the folder below the split gives the class.
enum PictureFolders {
  static func hasFolders(_ path: Path) -> Bool {
    path.namesIfAny.contains { (path / $0).isFolder && $0 != OwnFile.folder }
  }

  /// Reads the dataset of the pictures below `folder`.
  static func dataset(_ format: String, _ path: Path, _ folder: Path) throws -> Dataset {
    let folders = try folder.names().filter { (folder / $0).isFolder }
    var parts = Example.Use.named(folders).map { (below: $0.name, use: Optional($0.use)) }
    // The folder is divided into splits if one of them is named for training, or if all folders are
    // named for splits and have folders inside. Otherwise a class may be called "test".
    let isDivided =
      parts.contains { $0.use == .training }
      || !parts.isEmpty && parts.count == folders.count
        && parts.allSatisfy { hasFolders(folder / $0.below) }
    if !isDivided { parts = [("", nil)] }

    var examples = Examples(in: .folder(folder))
    var walk = Walk(root: folder)
    var classes = FoundClasses()
    for part in parts {
      let base = part.below.bytes.isEmpty ? folder : folder / part.below
      guard walk.enters(part.below) else { continue }
      for name in try base.namesLinksLast() where (base / name).isFolder && name != OwnFile.folder {
        var found: [Path] = []
        let below = part.below.bytes.isEmpty ? name : part.below / name
        guard walk.enters(below) else { continue }
        try walk.visit(below, 0) { found.append($0) }
        // A folder without pictures is not a class.
        guard !found.isEmpty else { continue }
        let label = classes.label(of: name.bytes)
        for path in found { examples.append(path.bytes, label: label, use: part.use) }
      }
    }
    let (names, order) = classes.sorted()
    examples.renumber(order)
    var dataset = Dataset(format, path, classes: names, examples)
    let beside = folders.filter { name in isDivided && !parts.contains { $0.below == name } }
    if !beside.isEmpty {
      let names = beside.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
      dataset.notes.append("folders left out, since they are not named for a split: \(names)")
    }
    if !isDivided, (folder / OwnFile.folder).isFolder {
      dataset.notes.append("folder left out, since it holds Fieldmark's results: \(OwnFile.folder)")
    }
    if walk.maps > 0 {
      dataset.notes.append(
        "pictures left out, since they are maps that Fieldmark drew: \(walk.maps)")
    }
    if !walk.links.isEmpty {
      let names = walk.links.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
      let more = walk.links.count > 5 ? " and \(walk.links.count - 5) more" : ""
      dataset.notes.append(
        "links left out, since their folders are read already: \(names)\(more)")
    }
    if walk.others > 0 {
      dataset.notes.append("files left out, whose names are not those of pictures: \(walk.others)")
    }
    return dataset
  }

  /// Walks through folders in the order of their names. Links are followed, since people assemble
  /// datasets from links, but no folder is entered twice.
  private struct Walk {
    let root: Path
    var others = 0
    var maps = 0
    var links: [Path] = []
    private var entered = EnteredFolders()

    init(root: Path) { self.root = root }

    /// Whether the folder is to be visited. If it was visited before, this is a link to it and is
    /// left out.
    mutating func enters(_ below: Path) -> Bool {
      if entered.enter(below.bytes.isEmpty ? root : root / below) { return true }
      links.append(below)
      return false
    }

    mutating func visit(_ below: Path, _ depth: Int, _ found: (Path) -> Void) throws {
      guard depth < 16 else {
        throw InputError(
          (root / below).description, expected: "at most 16 folders in each other",
          found: "one more")
      }
      for name in try (root / below).namesLinksLast() {
        let path = below / name
        switch (root / path).kind {
        case .folder where !enters(path): break
        case .folder: try visit(path, depth + 1, found)
        case .file where name.bytes.endsLikeAPicture:
          if OwnFile(root / path)?.kind == .map { maps += 1 } else { found(path) }
        default: others += 1
        }
      }
    }
  }
}
