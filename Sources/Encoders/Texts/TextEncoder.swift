import Glibc
import Ground
import Models
import Words

/// Turns texts into embeddings, which are the rows of the classifier that a vision-language model
/// makes of prompts.
///
/// ```swift
/// let words = try TextEncoder(Model("ViT-B-16:openai", in: Caches(.process)))
/// try words(["red epaulets", "bird"])                // 2 x 512, raw
/// try words.ensemble("bird", Prompts.templates)      // 1 x 512, of unit length
/// ```
///
/// A text is read only up to its end token. The attention is causal, so the end token does not see
/// what follows.
public struct TextEncoder: Sendable {
  public let tokenizer: Tokenizer
  /// The factor exp(logit scale) that turns cosines into logits.
  public let scale: Float
  /// The number that is added to the logits: 0 for most models.
  public let bias: Float
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
    positions = try text.stretched(
      Matrix(
        rows: text.positions, columns: text.blocks.width, reading.floats("positional_embedding")))
    blocks = try reading.blocks("transformer.resblocks", text.blocks, isCausal: true)
    after = try reading.normalization("ln_final", text.blocks.epsilon)
    projection = try reading.projection(
      "text_projection", bias: text.hasProjectionBias ? "text_projection.bias" : nil)
    scale = try model.logitScale()
    bias = try model.logitBias()
  }

  /// Returns the raw embedding of each text, which is not scaled to unit length.
  public func callAsFunction(_ texts: [String]) throws -> Matrix {
    try self(texts.map { try tokenizer.prompt($0).ids })
  }

  /// Returns texts as the model takes them; a text without words is a start and an end alone.
  public func prompts(_ texts: [String], truncating: Bool = false) throws -> [Prompt] {
    try texts.map { try tokenizer.prompt($0, truncating: truncating, allowingEmpty: true) }
  }

  /// Returns the embedding of each list of token numbers, as a prompt has them.
  ///
  /// Beginnings that texts share are computed once, because causal rows do not depend on what
  /// follows.
  public func callAsFunction(_ prompts: [[Int32]]) throws -> Matrix {
    let prompts = prompts.map { Array($0.prefix(through: end(of: $0))) }
    let distinct = Set(prompts).sorted { $0.lexicographicallyPrecedes($1) }
    let batches = TextEncoder.batches(distinct)
    let parts = try concurrently(batches.count) { index in
      let batch = Array(distinct[batches[index]])
      let sequences = Sequences(sharing: batch)
      return layers(sequences)(try tokens(batch, sequences))
    }
    guard !parts.isEmpty else { return Matrix(rows: 0, columns: projection.outputs) }
    let rows = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, $0) })
    return Matrix.stacked(parts).picking(prompts.compactMap { rows[$0] })
  }

  /// Returns the mean of a prompt's embeddings in many sentences. Each embedding is scaled to unit
  /// length before, and the mean after. (Radford et al. 2021, section 3.1.4.)
  public func ensemble(
    _ prompt: String, _ templates: [String], truncating: Bool = false
  ) throws -> Matrix {
    let sentences = Prompts.sentences(about: prompt, templates: templates)
    return try self(prompts(sentences, truncating: truncating).map(\.ids))
      .scaledToUnitRows().meanRow().scaledToUnitRows()
  }

  /// The layers from the tokens of texts to their embeddings.
  public func layers(_ sequences: Sequences) -> Chain {
    Chain(Transformer(blocks, on: sequences, leaving: .lasts), after, projection)
  }

  /// Returns the input of the first block: for each token number a row, which is its embedding plus
  /// its position. Rows that texts share appear once.
  public func tokens(_ prompts: [[Int32]], _ sequences: Sequences) throws -> Matrix {
    let width = text.blocks.width
    var elements: [Float] = []
    elements.reserveCapacity(sequences.rows * width)
    for (ids, shared) in zip(prompts, sequences.shared) {
      for place in shared..<ids.count {
        elements += zip(try table.row(Int(ids[place])), positions[row: place]).map { $0 + $1 }
      }
    }
    return Matrix(rows: sequences.rows, columns: width, elements)
  }

  /// Returns the place whose output stands for the whole text.
  private func end(of ids: [Int32]) -> Int {
    let end =
      switch text.pooling {
      case .first(let number): ids.firstIndex(of: Int32(number))
      default: ids.max().flatMap { ids.firstIndex(of: $0) }
      }
    return end ?? ids.count - 1
  }

  /// With about this many rows in a batch, products run at full speed.
  private static let rowsOfBatch = 256

  /// Cuts the texts into batches of neighbors with about the same number of rows, and the same
  /// number of batches for each core. No row depends on which others are in its batch.
  private static func batches(_ prompts: [[Int32]]) -> [Range<Int>] {
    let own = prompts.indices.map { index in
      let before = index > 0 ? prompts[index - 1] : []
      return prompts[index].count - zip(prompts[index], before).prefix { $0 == $1 }.count
    }
    let rows = own.reduce(0, +)
    let turns = (rows + rowsOfBatch * Cores.allowed - 1) / (rowsOfBatch * Cores.allowed)
    let count = min(prompts.count, Cores.allowed * turns)
    var batches: [Range<Int>] = []
    var (start, done) = (0, 0)
    for index in prompts.indices {
      done += own[index]
      // The batch ends where its share of all rows does.
      if done * count >= rows * (batches.count + 1) || index == prompts.count - 1 {
        batches.append(start..<index + 1)
        start = index + 1
      }
    }
    return batches
  }
}

extension Tokenizer {
  /// Makes the tokenizer that a model was trained with.
  public init(of model: Model) throws {
    guard let text = model.architecture.text, let normalizer = model.normalizer else {
      throw InputError(
        model.name, expected: "a model that reads words", found: model.form.withoutTexts)
    }
    self.init(try .clip(count: text.tokens), normalizer: normalizer)
    context = text.context
  }
}

extension Model {
  /// Returns the factor exp(logit scale) that turns cosines into logits.
  public func logitScale() throws -> Float { expf(try weight("logit_scale").floats()[0]) }

  /// Returns the number that is added to the logits: 0 if the model has none. Models trained with a
  /// sigmoid loss have one.
  public func logitBias() throws -> Float {
    has("logit_bias") ? try weight("logit_bias").floats()[0] : 0
  }
}

extension Architecture.Text {
  /// Resizes the table of positions for texts longer or shorter than those of the training, by
  /// linear interpolation between neighbors. (open_clip 3.3, `resize_text_pos_embed`.)
  func stretched(_ table: Matrix) -> Matrix {
    guard context != table.rows else { return table }
    let step = Float(table.rows) / Float(context)
    var elements: [Float] = []
    elements.reserveCapacity(context * table.columns)
    for place in 0..<context {
      let source = max(0, step * (Float(place) + 0.5) - 0.5)
      let first = min(table.rows - 1, Int(source))
      let next = min(table.rows - 1, first + 1)
      let share = source - Float(first)
      elements += zip(table[row: first], table[row: next]).map {
        (1 - share) * $0 + share * $1
      }
    }
    return Matrix(rows: context, columns: table.columns, elements)
  }
}
