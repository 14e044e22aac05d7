import Encoders
import Fieldmark

/// The files that a comparison goes to.
struct SheetFiles {
  private let picture: Path
  private let files: [(path: Path, format: Format)]

  private enum Format: String, CaseIterable {
    case png = ".png"
    case html = ".html"
  }

  init(_ out: Path?, for picture: Path, isSilent: Bool) throws {
    self.picture = picture
    guard let out else {
      let names = FileNames([picture], ["compared"])
      let base = Path("fieldmark-out") / names[picture, 0]
      files =
        isSilent
        ? [] : Format.allCases.map { (Path(bytes: base.bytes + Array($0.rawValue.utf8)), $0) }
      return
    }
    let name = out.description.lowercased()
    guard let format = Format.allCases.first(where: { name.hasSuffix($0.rawValue) }) else {
      throw InputError(
        "option --out", expected: "a name that ends in .png or .html", found: quoted(out.bytes),
        kind: .words)
    }
    if picture.isSameFile(as: out) {
      throw InputError(
        "option --out", expected: "a file other than the picture", found: quoted(out.bytes),
        kind: .words)
    }
    files = [(out, format)]
  }

  /// Makes sure that there is a place for the files before any work is done.
  func makeRoom() throws {
    for file in files {
      try file.path.folder.createFolder()
      _ = try AtomicFile(file.path)
    }
  }

  /// Writes what was asked for, and gives the names.
  func write(_ comparison: Comparison, _ model: Model, _ colors: ColorMap) throws -> [Path] {
    try files.map { file in
      switch file.format {
      case .png: try comparison.sheet(colors).drawn().write(to: file.path)
      case .html:
        let page = try comparison.page(
          model: model.name, notes: model.notes, picture: picture, colors)
        try Encoders.write(Array(page.utf8), to: file.path)
      }
      return file.path
    }
  }
}
