import Encoders
import Fieldmark

/// The files that a comparison goes to.
struct SheetFiles {
  private let picture: Path
  private let source: String?
  private let files: [(path: Path, format: Format)]

  private enum Format: String, CaseIterable {
    case png = ".png"
    case html = ".html"
  }

  init(_ input: Input, _ out: Path?, for picture: Path, isSilent: Bool) throws {
    self.picture = picture
    guard let out else {
      source = input.source([picture])
      let question = QuestionNames.name(try QuestionOptions.concepts(input), input)
      let names = FileNames([picture], ["compared-" + question])
      let base = OwnFile.folder / names[picture, 0]
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
    source = nil
    files = [(out, format)]
  }

  /// Makes sure that the files may be written before any work is done.
  func claim(_ outputs: inout Outputs) throws {
    for file in files {
      try outputs.claim(file.path, as: file.format == .png ? .map : .page, source: source)
    }
  }

  /// Writes what was asked for, and gives the names.
  func write(_ comparison: Comparison, _ model: Model, _ colors: ColorMap) throws -> [Path] {
    try files.map { file in
      switch file.format {
      case .png:
        try comparison.sheet(colors).drawn()
          .write(to: file.path, text: OwnFile.texts(comparison.title, source: source))
      case .html:
        let page = try comparison.page(
          model: model.name, notes: model.notes, picture: picture, colors,
          source: source)
        try Encoders.write(Array(page.utf8), to: file.path)
      }
      return file.path
    }
  }
}
