import Encoders
import Explaining
import Ground
import Models
import Parsing

/// The options for the linear head whose classes are explained: its file, what the file lacks, and
/// whether it may belong to another model.
struct HeadOptions: OptionGroup {
  let classifier = Option<Path?>(
    "classifier",
    "A linear classifier over image embeddings, as 'fieldmark train' makes one or as PyTorch or NumPy "
      + "(.npy, .npz) store one. Concepts are then names of its classes.")
  let classes = Option<Path?>(
    "classes",
    "A text file with the names of the classifier's classes, one on each line, for a classifier whose "
      + "file has no names.")
  let bias = Option<Path?>(
    "bias",
    "A .npy file with the classifier's biases, for a classifier whose file has none. The biases may also "
      + "be one more column of a .npy classifier.")

  /// `Outputs.Options.force` with more to it, for commands that take a classifier and write files.
  struct Forcing: OptionGroup {
    let force = Option<Bool>(
      "force", role: .silent,
      "Overwrites files that this command reads and files that Fieldmark did not make, and uses a classifier "
        + "that was trained on another model or pool.")
  }

  /// The head of `--classifier`; nil if there is none.
  static func read(_ input: Input) throws -> Classifier? {
    guard let path = input[HeadOptions.classifier] else {
      for option in [HeadOptions.classes, HeadOptions.bias] where input[option] != nil {
        throw InputError(
          "option \(option.declaration.flag)", expected: "--classifier as well", found: "none",
          kind: .words)
      }
      return nil
    }
    return try Classifier(
      path, bias: input[HeadOptions.bias], names: input[HeadOptions.classes].map(lines))
  }

  /// The head of a command that requires one.
  static func needed(_ input: Input) throws -> Classifier {
    if let head = try read(input) { return head }
    throw InputError(
      "option --classifier", expected: "a classifier such as 'fieldmark train' makes",
      found: "none",
      kind: .words)
  }

  /// The head, if it belongs to the model and the pool. What the user should know about it is
  /// noted.
  static func checked(
    _ head: Classifier, _ input: Input, _ model: Model, _ encoder: ImageEncoder,
    _ environment: Environment, _ output: Output
  ) throws -> Classifier {
    // Fingerprinting reads all weights of the model, so it is done only if the head stores an
    // origin to compare with.
    let now =
      try head.origin.map { _ in
        try HeadOrigin(model, encoder, remembering: .pictureMemory(environment))
      }
    let checked = try head.checked(
      for: now, width: encoder.architecture.embedding, isForced: input[Outputs.Options.force])
    for note in checked.notes { output.note("\(checked.place): \(note).") }
    return checked
  }

  /// The SHA-256 of the head's files, on which the numbers of a run depend besides the pictures and
  /// the model.
  static func fingerprint(_ input: Input) throws -> String {
    var digest = Digest.sha256
    for file in [HeadOptions.classifier, HeadOptions.bias, HeadOptions.classes].compactMap({
      input[$0]
    }) {
      digest.add(try file.read(limit: 1 << 30))
    }
    return digest.hexadecimal
  }

  private static func lines(_ file: Path) throws -> [String] {
    guard let text = String(validating: try file.read(limit: 1 << 26), as: UTF8.self) else {
      throw InputError(file.description, expected: "UTF-8 text", found: "other bytes")
    }
    return text.split(whereSeparator: \.isNewline).map(String.init)
  }
}

extension Classifier {
  /// The notes of every map that explains one of the head's classes.
  var remarks: [String] { notes.map { "\(place): \($0)" } + ["scored by the classifier \(place)"] }

  /// The class that the head predicts for a picture, with the notes of its map.
  func predicted(of tiles: Tiles) -> (concept: Target, notes: [String]) {
    let prediction = prediction(of: tiles)
    let probability = fixed(prediction.probabilities[prediction.best], 3)
    let note = "predicted by the classifier, with a probability of \(probability)"
    return (targets[prediction.best], remarks + [note])
  }
}

/// A number with this many digits after the point. An infinite, very large or undefined number is
/// printed as it is.
func fixed(_ number: Float, _ digits: Int) -> String {
  guard number.isFinite, number.magnitude < 1e12 else { return "\(number)" }
  let unit = (0..<digits).reduce(1.0) { unit, _ in unit * 10 }
  let whole = Int((Double(number.magnitude) * unit).rounded())
  let rest = String(whole % Int(unit))
  let sign = number < 0 && whole > 0 ? "-" : ""
  return "\(sign)\(whole / Int(unit))." + String(repeating: "0", count: digits - rest.count) + rest
}
