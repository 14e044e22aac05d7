import Encoders
import Fieldmark
import Glibc

/// The files that maps go to: which there are, what is in them, and how they are named.
struct MapFiles: Sendable {
  static let out = Option<Path?>(
    "out", short: "o", placeholder: "FOLDER|FILE",
    "A folder, or the file where there is only one. Default: fieldmark-out.")
  static let save = Option<Formats?>(
    "save",
    "What is written of each map: png (over the picture), heat (in 16-bit grey), npy (the raw grid), "
      + "json, mask (what lies above the threshold), rle (the same for COCO); and of all, html: one "
      + "page. Default: png.")
  static let threshold = Option<Float>(
    "threshold", default: 0.5, "From 0, the map's least, to 1, its most.")
  static let colours = Option<ColorMap>("colours", default: .turbo, "What maps are drawn in.")
  static let asJSON = Option<Bool>(
    "json", "Prints an object on a line for each map, in place of files unless --out or --save ask."
  )
  static let declarations =
    [
      out.declaration, save.declaration, threshold.declaration, colours.declaration,
      asJSON.declaration,
    ] + DrawingOptions.declarations

  private let formats: Formats
  private let style: HighlightFormat.Style
  private let folder: Path
  /// Where all goes to one file.
  private let file: Path?
  private let names: FileNames
  private let printsJSON: Bool

  init(_ input: Input, _ pictures: [Path], _ concepts: [String]) throws {
    let out = input[MapFiles.out]
    printsJSON = input[MapFiles.asJSON]
    let isSilent = (printsJSON || input[Screen.show]) && out == nil
    formats = input[MapFiles.save] ?? Formats(isSilent ? [] : [.png])
    style = HighlightFormat.Style(
      colors: input[MapFiles.colours], threshold: input[MapFiles.threshold],
      overlay: try DrawingOptions.overlay(input, to: out),
      maxSide: try DrawingOptions.maxSide(input),
      hasColorBar: input[DrawingOptions.colorBar])
    guard (0...1).contains(style.threshold) else {
      throw InputError(
        "option --threshold", expected: "0 to 1", found: "\(style.threshold)", kind: .words)
    }
    names = FileNames(pictures, concepts)
    let maps = pictures.count * concepts.count
    let endings = formats.endings(DrawingOptions.endings(input))
    let file = try out.flatMap { [formats] in
      try MapFiles.file($0, formats, endings, maps: maps)
    }
    if let file, let picture = pictures.first(where: { $0.isSameFile(as: file) }) {
      throw InputError(
        "option --out", expected: "a file other than the picture", found: quoted(picture.bytes),
        kind: .words)
    }
    self.file = file
    folder = file?.folder ?? out ?? "fieldmark-out"
  }

  /// Whether numbers go out beside pictures.
  var tellAll: Bool { formats.hasSheet || formats.formats.contains(.json) || printsJSON }

  /// Makes sure that there is a place for the files: now, not after hours of work.
  func makeRoom() throws {
    guard formats.files(1) > 0 else { return }
    try folder.createFolder()
    _ = try AtomicFile(file ?? folder / "map")
  }

  /// The file that a name means; nil for a folder, which is there or has no ending.
  private static func file(
    _ out: Path, _ formats: Formats, _ endings: [String], maps: Int
  ) throws -> Path? {
    let name = out.lastComponent.bytes.drop { $0 == UInt8(ascii: ".") }
    guard out.kind != .folder, name.contains(UInt8(ascii: ".")) else { return nil }
    let files = formats.files(maps)
    let hint = "a folder that is not there yet is written with / behind it"
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

  /// Writes what there is of a map, and gives the names.
  func write(
    _ highlight: any Highlighted, _ picture: Picture, at path: Path, concept: Int, _ object: JSON
  ) throws -> [Path] {
    try formats.formats.map { format in
      let base = folder / names[path, concept]
      let file = file ?? Path(bytes: base.bytes + Array(format.ending(style).utf8))
      try format.write(highlight, picture, object, to: file, style)
      return file
    }
  }

  /// The row of a picture on the page of all maps; nil where there is to be none.
  func row(_ path: Path, _ picture: Picture, _ shown: [Shown]) throws -> HTML? {
    guard formats.hasSheet else { return nil }
    return try HighlightSheet.row(path, picture, shown, style.colors)
  }

  /// Writes the page, if there is one, and gives its name.
  func write(_ sheet: HighlightSheet) throws -> Path? {
    guard formats.hasSheet, !sheet.rows.isEmpty else { return nil }
    let file = file ?? folder / "highlights.html"
    try Encoders.write(Array(sheet.page.utf8), to: file)
    return file
  }
}

extension Path {
  /// Whether both names stand for one file that is there, by whatever way.
  func isSameFile(as other: Path) -> Bool {
    func place(_ path: Path) -> [UInt]? {
      var status = stat()
      let name = path.bytes.map { CChar(bitPattern: $0) } + [0]
      return stat(name, &status) == 0 ? [UInt(status.st_dev), UInt(status.st_ino)] : nil
    }
    return place(self).map { $0 == place(other) } ?? false
  }
}

extension ColorMap: Choice {
  public var description: String { rawValue }
}
