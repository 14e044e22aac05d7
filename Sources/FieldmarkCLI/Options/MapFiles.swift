import Explaining
import Ground
import Parsing
import Pictures
import Reports

/// The files that maps are written to: their formats, their content and their names.
struct MapFiles: Sendable {
  struct Options: OptionGroup {
    let out = Option<Path?>(
      "out", short: "o", placeholder: "FOLDER|FILE", role: .output,
      "The folder that files are written to, or the file where there is only one. The ending of a file says "
        + "what is saved, unless --save does. Default: fieldmark-out.")
    let force = HeadOptions.Forcing.force
    let save = Option<Formats?>(
      "save", role: .silent,
      "What is saved of each map: "
        + HighlightFormat.all.map { "\($0.name) (\($0.summary))" }.joined(separator: ", ")
        + "; and html, one page with all maps. Default: png.")
    let threshold = Option<Threshold>(
      "threshold", default: .at(0.5),
      "Where masks and connected parts begin, from 0 (the lowest value of the map) to 1 (its highest), or "
        + "otsu for where it divides the values best into two groups.")
    let scale = MapScale.option
    let colormap = DrawingOptions.colormap
    let asJSON = Option<Bool>(
      "json", role: .silent,
      "Prints one JSON object on a line for each map. Files are then written only if --out or --save is "
        + "given.")
    let drawing = DrawingOptions()
  }

  private let formats: Formats
  private let style: HighlightFormat.Style
  private let scale: MapScale
  private let folder: Path
  /// The single file that everything goes to, if `--out` names a file.
  private let file: Path?
  /// The page of all maps, if there is one.
  private let page: Path
  private let names: FileNames
  private let concepts: Range<Int>
  /// The pictures without repetitions.
  private let pictures: [Path]
  /// A fingerprint of everything that a picture's files are made from.
  private let source: @Sendable (Path) -> String
  /// The fingerprint of the page. It is made from the operands, so that a folder may get more
  /// pictures later.
  private let pageSource: String
  private let printsJSON: Bool

  init(_ input: Input, _ pictures: [Path], _ concepts: [String]) throws {
    let out = input[Options.out]
    printsJSON = input[Options.asJSON]
    let isSilent = (printsJSON || input[Screen.Options.show]) && out == nil
    formats =
      input[Options.save] ?? out.flatMap { Formats(namedBy: $0) }
      ?? Formats(isSilent ? [] : [.png])
    style = HighlightFormat.Style(
      colors: input[DrawingOptions.colormap], threshold: input[Options.threshold],
      overlay: try DrawingOptions.overlay(input, to: out),
      maxSide: try DrawingOptions.checkedMaxSide(input),
      hasColorBar: input[DrawingOptions.colorBar])
    scale = input[MapScale.option]
    names = FileNames(pictures, concepts.map { QuestionNames.name([$0], input) })
    self.concepts = concepts.indices
    var seen: Set<Path> = []
    self.pictures = pictures.filter { seen.insert($0).inserted }
    source = { input.source([$0]) }
    pageSource = input.source(input.paths.contains("-") ? self.pictures : input.paths)
    let maps = pictures.count * concepts.count
    let endings = formats.endings(DrawingOptions.endings(input))
    let file = try out.flatMap { [formats] in
      try MapFiles.file($0, formats, endings, maps: maps)
    }
    self.file = file
    folder = file?.folder ?? out ?? OwnFile.folder
    // With --like there are maps of several pictures, and the page is named after the first title
    // only.
    let titles = input[PictureGroupOptions.like].isEmpty ? concepts : Array(concepts.prefix(1))
    let stem: Path = self.pictures.count == 1 ? self.pictures[0] : "highlights"
    let all = FileNames([stem], [QuestionNames.name(titles, input)])[stem, 0]
    page = file ?? folder / Path(bytes: all.bytes + Array(".html".utf8))
  }

  /// Whether numbers are written besides pictures.
  var tellAll: Bool { formats.hasSheet || formats.formats.contains(.json) || printsJSON }

  /// Makes sure that the files may be written, before hours of work rather than after.
  func claim(_ outputs: inout Outputs) throws {
    if let file {
      return try outputs.claim(file, as: formats.hasSheet ? .page : formats.formats[0].kind)
    }
    for picture in pictures where !formats.formats.isEmpty {
      let source = source(picture)
      for concept in concepts {
        for format in formats.formats {
          try outputs.claim(name(picture, concept, format), as: format.kind, source: source)
        }
      }
    }
    if formats.hasSheet { try outputs.claim(page, as: .page, source: pageSource) }
  }

  private func name(_ picture: Path, _ concept: Int, _ format: HighlightFormat) -> Path {
    folder / Path(bytes: names[picture, concept].bytes + Array(format.ending(style).utf8))
  }

  /// The file that `--out` names; nil for a folder, which is one that exists or a name without an
  /// ending.
  private static func file(
    _ out: Path, _ formats: Formats, _ endings: [String], maps: Int
  ) throws -> Path? {
    let name = out.lastComponent.bytes.drop { $0 == UInt8(ascii: ".") }
    guard out.kind != .folder, name.contains(UInt8(ascii: ".")) else { return nil }
    let files = formats.files(maps)
    let hint = "write / at the end of the name of a new folder"
    guard files == 1 else {
      throw InputError(
        "option --out", expected: "a folder for \(files) files", found: quoted(out.bytes),
        hint: hint, kind: .words)
    }
    guard endings.contains(where: out.description.lowercased().hasSuffix) else {
      throw InputError(
        "option --out", expected: "a name that ends in \(DrawingOptions.oneOf(endings))",
        found: quoted(out.bytes),
        hint: hint, kind: .words)
    }
    return out
  }

  /// Writes the files of a map and returns their names.
  func write(
    _ highlight: any Explanation, _ picture: Picture, at path: Path, concept: Int, _ object: JSON,
    scale top: Float?
  ) throws -> [Path] {
    var style = style
    style.top = top
    return try formats.formats.map { format in
      let file = file ?? name(path, concept, format)
      try format.write(highlight, picture, object, to: file, style, source: source(path))
      return file
    }
  }

  /// The row of a picture on the page of all maps; nil if there is no such page.
  func row(
    _ path: Path, _ picture: Picture, _ shown: [ExplainedPicture], scale top: Float?
  ) throws -> HighlightSheet.Row? {
    guard formats.hasSheet else { return nil }
    return try HighlightSheet.row(path, picture, shown, style.colors, scale: top)
  }

  /// The value of the strongest color in all maps of a picture; nil if each map has its own.
  func top(of shown: [ExplainedPicture]) -> Float? {
    guard scale == .shared else { return nil }
    return shown.map { $0.highlight.heatmap.values.elements.max() ?? 0 }.max().map { max(0, $0) }
  }

  /// The object with the connected parts of the map above the threshold.
  func withBoxes(_ highlight: any Explanation, _ object: JSON, _ top: Float?) -> JSON {
    guard tellAll, let members = object.members else { return object }
    let found = MapBoxes(highlight.heatmap, above: style.threshold, scale: top)
    return .object(
      members + [.init("threshold", JSON(found.threshold)), .init("boxes", found.json)])
  }

  /// Writes the page if there is one, and returns its name.
  func write(_ sheet: HighlightSheet) throws -> Path? {
    guard formats.hasSheet, !sheet.rows.isEmpty else { return nil }
    try Ground.write(Array(sheet.page(source: pageSource).utf8), to: page)
    return page
  }
}

extension ColorMap: OptionValue {}
