import Encoders
import Explaining
import Ground
import Models
import Parsing
import Pictures
import Reports

/// The options that compare pictures with other pictures instead of words: with a folder of them,
/// or with some that they resemble.
struct PictureGroupOptions: OptionGroup {
  let against = Option<Path?>(
    "against-pictures", placeholder: "FOLDER", role: .spelled,
    "Explains, without words, what sets a picture apart from the pictures of a folder (DiffCAM).")
  let nearest = Option<Int?>(
    "nearest",
    "Compares with only this many of the folder's pictures, those that are most similar to the picture."
  )
  let tikhonov = Option<Float>(
    "tikhonov", default: DiffCAM.standardShare,
    "How strongly DiffCAM's covariance is regularized: what is added to it, as a share of its mean "
      + "variance.")
  let like = Option<[Path]>(
    "like", placeholder: "PICTURE", role: .spelled,
    "Explains, without words, what makes a picture similar to another one. Several pictures stand for one "
      + "kind of thing.")
  let likeness = Option<Likeness>(
    "likeness", default: .sfam, role: .spelled,
    "The method that explains a similarity; 'fieldmark methods' lists them.")

  /// The titles that the maps of each picture are named after; nil if the options name no pictures
  /// to compare with.
  static func titles(_ input: Input) throws -> [String]? {
    guard let asked = try asked(input) else { return nil }
    switch asked {
    case .against(let folder): return ["against \(folder.shortName)"]
    case .like(let paths):
      let names = paths.map(\.shortName)
      return ["like " + names.joined(separator: " ")] + names.map { "on \($0)" }
    }
  }

  private enum Asked {
    case against(Path)
    case like([Path])
  }

  /// Words, --against-pictures and --like are three different questions, of which a call answers
  /// one.
  private static func asked(_ input: Input) throws -> Asked? {
    let folder = input[PictureGroupOptions.against]
    let likes = input[PictureGroupOptions.like]
    guard folder != nil || !likes.isEmpty else {
      if input[PictureGroupOptions.nearest] != nil {
        throw InputError(
          "option --nearest", expected: "--against-pictures as well", found: "none", kind: .words)
      }
      return nil
    }
    let name = folder == nil ? "--like" : "--against-pictures"
    let others = [
      (folder != nil && !likes.isEmpty, "--like"),
      (!input[QuestionOptions.concepts].isEmpty, "--concept"),
      (!input[QuestionOptions.against].isEmpty, "--against"),
      (input[HeadOptions.classifier] != nil, "--classifier"),
      (input[PictureOptions.fit] == .tiles, "--fit tiles"),
      (input[MethodOptions.method].name != Method.gradCAM.name, "--method"),
      (folder == nil && input[PictureGroupOptions.nearest] != nil, "--nearest"),
    ]
    if let other = others.first(where: \.0)?.1 {
      throw InputError(
        "option \(name)", expected: "to be the only question", found: "\(other) too",
        hint: "leave one of them out; pictures and words are asked one after the other",
        kind: .words)
    }
    if let count = input[PictureGroupOptions.nearest], count < 1 {
      throw InputError("option --nearest", expected: "at least 1", found: "\(count)", kind: .words)
    }
    guard input[PictureGroupOptions.tikhonov] > 0 else {
      throw InputError(
        "option --tikhonov", expected: "a share above 0",
        found: "\(input[PictureGroupOptions.tikhonov])", kind: .words)
    }
    if let folder { return .against(folder) }
    return .like(likes)
  }

  /// A function that answers the question on one picture.
  typealias Ask = @Sendable (Path, Picture, Tiles) throws -> [ExplainedPicture]

  /// Reads the pictures to compare with, and returns the function that answers; nil if the options
  /// name none.
  static func ask(
    _ input: Input, _ model: Model, _ encoder: ImageEncoder, block: Int?,
    _ environment: Environment, _ output: Output
  ) throws -> Ask? {
    switch try asked(input) {
    case nil: return nil
    case .against(let folder):
      let memory = try FeatureMemory(
        model, encoder, block: block, precision: input[ModelOptions.precision],
        folder: input[TextOptions.forget] ? nil : .pictureMemory(environment))
      let group = try group(folder, memory, output)
      let contrast = try PictureContrast(
        group, of: folder, memory, nearest: input[PictureGroupOptions.nearest],
        lambda: input[PictureGroupOptions.tikhonov])
      return { path, picture, tiles in
        let highlight = try PictureHighlight(
          contrast, tiles.views[0], bytes: path.pictureBytes())
        return [ExplainedPicture(highlight, path, picture)]
      }
    case .like(let paths):
      let others = try paths.map { path in
        (path: path, view: View(encoder, try Picture(path), block: block))
      }
      let likeness = input[PictureGroupOptions.likeness]
      return { path, picture, tiles in
        let (query, supports) = try PictureHighlight.both(
          likeness, tiles.views[0], path, like: others)
        return [ExplainedPicture(query, path, picture)]
          + zip(others, supports).map { ExplainedPicture($1, $0.path, $0.view.picture) }
      }
    }
  }

  /// The features of a folder's pictures. Those that fail are reported and left out.
  private static func group(
    _ folder: Path, _ memory: FeatureMemory, _ output: Output
  ) throws -> PictureGroup {
    guard folder.kind == .folder else {
      throw InputError(
        "option --against-pictures", expected: "a folder of pictures",
        found: folder.kind.map { "\($0), \(folder)" } ?? "no \(folder)")
    }
    let files = try PictureFiles([folder])
    if let note = files.note { output.note("\(folder): \(note)") }
    let work = LongWork(output)
    work.begin(
      "pictures of \(folder)", of: files.paths.count,
      "Ctrl-C keeps the features so far, and the same command goes on from there")
    defer { work.end() }
    let group = try memory.group(files.paths) { step in
      if let failure = step.failure { output.note("\(failure) It is left out.") }
      work.reach(step.done, of: step.count)
      return work.goesOn
    }
    guard work.goesOn else { throw Interrupted() }
    return group
  }
}

extension Path {
  /// The last component of the path without a picture's extension.
  fileprivate var shortName: String {
    let bytes = Array(self.bytes.reversed().drop { $0 == UInt8(ascii: "/") }.reversed())
    let name = Path(bytes: bytes).lastComponent
    let ending = PictureFiles.endings.first { name.hasSuffix($0) }
    return Path(bytes: name.bytes.dropLast(ending?.utf8.count ?? 0)).description
  }
}

extension Likeness: OptionValue {}
