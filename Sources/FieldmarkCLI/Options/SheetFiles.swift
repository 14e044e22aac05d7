import Ground
import Models
import Parsing
import Reports

/// The files that a comparison is written to.
struct SheetFiles {
  private let picture: Path
  private let source: String?
  private let files: [(path: Path, format: Format)]

  private enum Format: String, CaseIterable {
    case png = ".png"
    case html = ".html"
    case jpg = ".jpg"
    case jpeg = ".jpeg"
    /// The formats that are written without `--out`.
    static let both = [png, html]
  }

  init(_ input: Input, _ out: Path?, for picture: Path, isSilent: Bool) throws {
    self.picture = picture
    guard let out else {
      source = input.source([picture])
      let question = QuestionNames.name(try QuestionOptions.titles(input), input)
      let names = FileNames([picture], ["compared-" + question])
      let base = OwnFile.folder / names[picture, 0]
      files =
        isSilent
        ? [] : Format.both.map { (Path(bytes: base.bytes + Array($0.rawValue.utf8)), $0) }
      return
    }
    let name = out.description.lowercased()
    guard let format = Format.allCases.first(where: { name.hasSuffix($0.rawValue) }) else {
      throw InputError(
        "option --out", expected: "a name that ends in .png, .jpg or .html",
        found: quoted(out.bytes),
        kind: .words)
    }
    source = nil
    files = [(out, format)]
  }

  /// Makes sure that the files may be written before any work is done.
  func claim(_ outputs: inout Outputs) throws {
    for file in files {
      try outputs.claim(file.path, as: file.format == .html ? .page : .map, source: source)
    }
  }

  /// Writes the files and returns their names.
  func write(
    _ comparison: Comparison, _ model: Model, _ colors: ColorMap, quality: Int, maxSide: Int?
  ) throws -> [Path] {
    func draw(_ format: DrawingFormat, to path: Path) throws {
      let sheet = try comparison.sheet(colors, maxSide: maxSide)
      try Ground.write(format.bytes(of: sheet.drawn(), sheet.title, source: source), to: path)
    }
    return try files.map { file in
      switch file.format {
      case .png: try draw(.png, to: file.path)
      case .jpg, .jpeg: try draw(.jpeg(quality: quality), to: file.path)
      case .html:
        let page = try comparison.page(
          model: model.name, notes: model.notes, picture: picture, colors,
          source: source)
        try Ground.write(Array(page.utf8), to: file.path)
      }
      return file.path
    }
  }
}
