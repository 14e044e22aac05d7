import Glibc

/// Words in, embeddings out: the classifier that a vision-language model makes of prompts.
///
///     let words = try TextEncoder(Model("ViT-B-16:openai", in: Caches(.process)))
///     try words(["red epaulets", "bird"])                // 2 x 512, raw
///     try words.ensemble("bird", Prompts.templates)      // 1 x 512, of unit length
///
/// A text is read only as far as its end token: nothing behind it could be seen from there.
public struct TextEncoder: Sendable {
  public let tokenizer: Tokenizer
  /// What cosines are multiplied by to give logits: exp(logit scale).
  public let scale: Float
  private let text: Architecture.Text
  private let table: Weight
  private let positions: Matrix
  private let blocks: [Block]
  private let after: Normalization
  private let projection: Linear

  public init(_ model: Model, precision: Precision = .fp32) throws {
    tokenizer = try Tokenizer(of: model)
    guard let text = model.architecture.text else {
      preconditionFailure("A model with a tokenizer reads words.")
    }
    self.text = text
    let reading = try LayerReading(model, precision)
    table = model.weight("token_embedding.weight")
    positions = try Matrix(
      rows: text.context, columns: text.blocks.width, reading.floats("positional_embedding"))
    blocks = try reading.blocks("transformer.resblocks", text.blocks, isCausal: true)
    after = try reading.normalization("ln_final", text.blocks.epsilon)
    projection = try reading.projection("text_projection")
    scale = try model.logitScale()
  }

  /// The embedding of each text, raw: not of unit length.
  public func callAsFunction(_ texts: [String]) throws -> Matrix {
    try self(texts.map { try tokenizer.prompt($0).ids })
  }

  /// Texts as the model takes them; the start and the end alone for one without words.
  public func prompts(_ texts: [String], truncating: Bool = false) throws -> [Prompt] {
    try texts.map { try tokenizer.prompt($0, truncating: truncating, allowingEmpty: true) }
  }

  /// The embedding of each list of numbers, as a prompt has them.
  public func callAsFunction(_ prompts: [[Int32]]) throws -> Matrix {
    let prompts = prompts.map { $0.prefix(through: end(of: $0)) }
    let batches = TextEncoder.batches(prompts.map(\.count))
    let parts = try concurrently(batches.count) { index in
      let batch = prompts[batches[index]]
      return layers(batch.map(\.count))(try tokens(batch.map(Array.init)))
    }
    return parts.isEmpty ? Matrix(rows: 0, columns: projection.outputs) : .stacked(parts)
  }

  /// The mean of a prompt's embeddings in many sentences: each of unit length, and so is the mean.
  /// (Radford et al. 2021, section 3.1.4.)
  public func ensemble(
    _ prompt: String, _ templates: [String], truncating: Bool = false
  ) throws -> Matrix {
    let sentences = Prompts.sentences(about: prompt, templates: templates)
    return try self(prompts(sentences, truncating: truncating).map(\.ids))
      .scaledToUnitRows().meanRow().scaledToUnitRows()
  }

  /// The steps from the tokens of texts of these lengths to their embeddings.
  public func layers(_ lengths: [Int]) -> Chain {
    Chain(
      Transformer(blocks, on: Sequences(lengths: lengths), leaving: .lasts), after, projection)
  }

  /// What goes into the first block: for each number its embedding and its position, all texts one
  /// below the other.
  public func tokens(_ prompts: [[Int32]]) throws -> Matrix {
    let width = text.blocks.width
    var elements: [Float] = []
    elements.reserveCapacity(prompts.reduce(0) { $0 + $1.count } * width)
    for ids in prompts {
      for (place, id) in ids.enumerated() {
        elements += zip(try table.row(Int(id)), positions[row: place]).map { $0 + $1 }
      }
    }
    return Matrix(rows: elements.count / width, columns: width, elements)
  }

  /// The place whose output stands for the whole text.
  private func end(of ids: [Int32]) -> Int {
    let end =
      switch text.pooling {
      case .first(let number): ids.firstIndex(of: Int32(number))
      default: ids.max().flatMap { ids.firstIndex(of: $0) }
      }
    return end ?? ids.count - 1
  }

  /// Rows in one batch: enough for products to run at full speed, and to share out among cores.
  private static let rowsOfBatch = 256

  /// Neighbouring texts together, up to so many tokens; whatever the number of cores.
  private static func batches(_ lengths: [Int]) -> [Range<Int>] {
    var batches: [Range<Int>] = []
    var (start, rows) = (0, 0)
    for (index, length) in lengths.enumerated() {
      if rows + length > rowsOfBatch, index > start {
        batches.append(start..<index)
        (start, rows) = (index, 0)
      }
      rows += length
    }
    if start < lengths.count { batches.append(start..<lengths.count) }
    return batches
  }
}

extension Tokenizer {
  /// The one that a model was trained with.
  public init(of model: Model) throws {
    guard let text = model.architecture.text, let normalizer = model.normalizer else {
      throw InputError(
        model.name, expected: "a model that reads words", found: "one of pictures alone")
    }
    self.init(try .clip(count: text.vocabulary), normalizer: normalizer)
  }
}

extension Model {
  /// What cosines are multiplied by to give logits: exp(logit scale).
  public func logitScale() throws -> Float { expf(try weight("logit_scale").floats()[0]) }
}
