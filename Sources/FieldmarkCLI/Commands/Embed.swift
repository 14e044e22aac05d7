import Encoders
import Synchronization

extension Command {
  /// `fieldmark embed photos/ --model ViT-B-16:openai -o photos.npy`: what a model makes of
  /// pictures, or of texts.
  package static func embed(_ environment: Environment) -> Command {
    Command(
      "embed", "Gives the embeddings of pictures, or of texts.",
      operands: .some("PICTURE", "Files, folders, or - for a list of paths; with --text, texts."),
      options: [text.declaration, unit.declaration, out.declaration, asJSON.declaration]
        + ModelOptions.declarations + PictureOptions.declarations,
      notes: """
        Prints an object on a line for every picture or text. With --out a matrix is written, and
        what each of its rows belongs to is printed instead, a line each.
        """
    ) { input, output in
      let model = try ModelOptions.open(input, environment, output)
      let sink = Sink(input, output)
      if input[text] {
        let texts = try input.texts()
        let encoder = try TextEncoder(model, precision: input[ModelOptions.precision])
        let embeddings = try encoder(texts)
        for (index, text) in texts.enumerated() {
          try sink.take("text", .string(text), embeddings.rows(index..<index + 1))
        }
        return try sink.end(.done)
      }
      let pictures = try Pictures(input, output)
      let encoder = try PictureOptions.encoder(input, model)
      let status = try pictures.each(output) {
        encoder($0)
      } then: { path, embedding in
        try sink.take("picture", .string(path.description), embedding)
      }
      return try sink.end(status)
    }
  }

  private static let text = Option<Bool>("text", "The words that follow are texts, not pictures.")
  fileprivate static let unit = Option<Bool>("unit", "Scales embeddings to unit length.")
  fileprivate static let out = Option<Path?>(
    "out", short: "o", "A .npy file for all embeddings, a row each, in 32-bit floats.")
  fileprivate static let asJSON = Option<Bool>(
    "json", "Prints objects even where a matrix is written.")
}

/// Where embeddings go: to standard output one by one, or into a matrix.
private final class Sink: Sendable {
  private let rows = Mutex<[Matrix]>([])
  private let output: Output
  private let out: Path?
  private let isUnit: Bool
  private let printsJSON: Bool

  init(_ input: Input, _ output: Output) {
    self.output = output
    out = input[Command.out]
    isUnit = input[Command.unit]
    printsJSON = input[Command.asJSON] || out == nil
  }

  func take(_ kind: String, _ name: JSON, _ embedding: Matrix) throws {
    let embedding = isUnit ? embedding.scaledToUnitRows() : embedding
    if out != nil { rows.withLock { $0.append(embedding) } }
    let object = JSON.object([
      JSON.Member(kind, name),
      JSON.Member("embedding", .array(embedding.elements.map { JSON($0) })),
    ])
    try output.print(printsJSON ? object.written() : printable((name.string ?? "").utf8))
  }

  /// Writes what there is, whether or not it is all.
  func end(_ status: ExitStatus) throws -> ExitStatus {
    let rows = rows.withLock { $0 }
    guard let out, let first = rows.first else { return status }
    let all = Matrix.stacked(rows)
    try writeNPY(Tensor("embeddings", shape: [all.rows, first.columns], all.elements), to: out)
    return status
  }
}
