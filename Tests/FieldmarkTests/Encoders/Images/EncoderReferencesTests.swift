import Fieldmark
import Foundation
import Testing

/// Tiny models of every kind, against the libraries that they come from.
/// (`python3 References/make_encoders.py Tests/References/encoders`)
struct EncoderReference: CustomTestStringConvertible, Sendable {
  let name: String
  var testDescription: String { name }

  static let all = [
    "vit", "vit-h", "vit-bigg", "rectangle", "extras", "stretched", "huggingface", "resnet",
    "dinov2", "dinov2-registers", "dinov2-swiglu", "dinov2-unbiased",
  ].map(EncoderReference.init)
  static let transformers = all.filter { $0.name != "resnet" }
  static let withTexts = all.filter { !$0.name.hasPrefix("dinov2") }

  struct Facts: Decodable {
    let pictures: [String]
    let first: String
    let sizes: [String]?
    let prompts: [String]?
    let ids: [[Int32]]?
  }

  func path(_ file: String) -> Fieldmark.Path {
    Fieldmark.Path(ReferenceData.shipped("encoders/\(file)").path)
  }

  func facts() throws -> Facts {
    try ReferenceData.shipped(Facts.self, "encoders/\(name)/expected.json")
  }

  func model() throws -> Model {
    try Model(path(name), in: Caches(Environment([:])))
  }

  /// Three are in a folder; the transparent one is beside it.
  func picture(_ name: String) throws -> Picture {
    try Picture(path(name == "transparent" ? "\(name).png" : "pictures/\(name).png"))
  }

  /// What the libraries gave, by name.
  func expected() throws -> Checkpoint { try Checkpoint(path("\(name)/expected.safetensors")) }
}

extension Checkpoint {
  /// A tensor as a matrix; all axes but the first, or a single one, are columns.
  func matrix(_ name: String) throws -> Matrix {
    let tensor = try tensor(name)
    let rows = tensor.shape.count > 1 ? tensor.shape[0] : 1
    return Matrix(rows: rows, columns: tensor.count / rows, try tensor.floats())
  }
}

extension Matrix {
  fileprivate var turned: Matrix {
    Matrix(
      rows: columns, columns: rows, (0..<columns).flatMap { c in (0..<rows).map { self[$0, c] } })
  }
}

@Test(arguments: EncoderReference.all)
func picturesGetTheEmbeddingsOfTheirLibrary(_ reference: EncoderReference) throws {
  let (facts, expected) = (try reference.facts(), try reference.expected())
  let encoder = try ImageEncoder(reference.model())
  let pixels = encoder.planes(of: try reference.picture(facts.first))
  expectClose(pixels.elements, try expected.matrix("pixels.\(facts.first)").elements, within: 0)
  for name in facts.pictures {
    let picture = try reference.picture(name)
    expectClose(
      encoder(picture), try expected.matrix("embedding.\(name)"), within: 1e-5, "\(name): class")
  }
}

@Test(arguments: EncoderReference.transformers)
func patchesGetTheMeanOfTheirLibrary(_ reference: EncoderReference) throws {
  let (facts, expected) = (try reference.facts(), try reference.expected())
  let mean = try ImageEncoder(reference.model()).with(pool: .mean)
  for name in facts.pictures {
    let picture = try reference.picture(name)
    expectClose(mean(picture), try expected.matrix("mean.\(name)"), within: 1e-5, name)
  }
}

@Test(arguments: EncoderReference.all)
func positionsAreStretchedAsEachLibraryStretchesThem(_ reference: EncoderReference) throws {
  let (facts, expected) = (try reference.facts(), try reference.expected())
  let encoder = try ImageEncoder(reference.model())
  let ways: [(String, PositionResizing)] = [
    ("", .openCLIP), (":hf", .huggingFace), (":bilinear", .bilinear), (":dinov2", .dinoV2),
  ]
  for name in expected.names where name.hasPrefix("pixels@") {
    let size = name.dropFirst("pixels@".count).prefix { $0 != "." }
    let sides = size.split(separator: "x").compactMap { Int($0) }
    let planes = try expected.matrix(name)
    for (mark, way) in ways {
      let embedding = "embedding@\(size)\(mark).\(facts.first)"
      guard expected.names.contains(embedding) else { continue }
      let sized = try encoder.with(
        encoder.preprocessing.resized(width: sides[1], height: sides[0]), positions: way)
      expectClose(
        sized.layers(planes), try expected.matrix(embedding), within: 1e-5, embedding)
    }
  }
}

/// The answers of transformers' own code, which the script compares with those of `:hf`, and with
/// those without a mark where there are registers; and of open_clip's.
@Test(arguments: [
  ("vit", ""), ("huggingface", ":hf"), ("dinov2", ":hf"), ("dinov2-swiglu", ":hf"),
  ("dinov2-registers", ""),
])
func positionsAreStretchedAsTheModelsOwnCodeDoesUnlessAsked(_ name: String, _ mark: String) throws {
  let reference = EncoderReference(name: name)
  let (facts, expected) = (try reference.facts(), try reference.expected())
  let encoder = try ImageEncoder(reference.model())
  for size in try #require(facts.sizes) {
    let sides = size.split(separator: "x").compactMap { Int($0) }
    let sized = try encoder.with(
      encoder.preprocessing.resized(width: sides[1], height: sides[0]))
    let embedding = "embedding@\(size)\(mark).\(facts.first)"
    expectClose(
      sized.layers(try expected.matrix("pixels@\(size).\(facts.first)")),
      try expected.matrix(embedding), within: 1e-5, embedding)
  }
}

/// Layouts of DINOv2 that are not of transformers have their authors' way.
@Test(arguments: [
  ("dinov2/dinov2.safetensors", "dinov2"), ("dinov2/timm.safetensors", "dinov2"),
  ("dinov2-registers/dinov2.safetensors", "open_clip"),
  ("dinov2-registers/timm.safetensors", "open_clip"),
])
func aDINOv2OfItsAuthorsIsStretchedAsTheyDo(_ file: String, _ way: String) throws {
  let folder = Fieldmark.Path(ReferenceData.shipped("models").path)
  let model = try Model(
    folder / Path(file), in: Caches(Environment([:])),
    .init(config: folder / "dinov2/huggingface/config.json"))
  #expect(try ImageEncoder(model).positions.name == way)
}

@Test(arguments: EncoderReference.all)
func theWayBackThroughAWholeModelEqualsAutograd(_ reference: EncoderReference) throws {
  let (facts, expected) = (try reference.facts(), try reference.expected())
  let model = try reference.model()
  let encoder = try ImageEncoder(model)
  let planes = encoder.planes(of: try reference.picture(facts.first))
  let direction = try expected.matrix("direction")
  expectClose(
    encoder.layers.traced(planes).pullback(direction),
    try expected.matrix("gradient.\(facts.first)"), within: 1e-5, "at the pixels")
  let tap = encoder.tap(planes, block: encoder.blocks - 1)
  let gradient = tap.rest.traced(tap.activation).pullback(direction)
  if model.architecture.kind == "resnet" {
    // Theirs are channels x rows x columns.
    let channels = tap.activation.columns
    let tokens = try expected.tensor("tokens.\(facts.first)").floats()
    expectClose(
      tap.activation, Matrix(rows: channels, columns: tap.activation.rows, tokens).turned,
      within: 1e-5, "what the last block gives")
    let theirs = try expected.tensor("gradient-tokens.\(facts.first)").floats()
    expectClose(
      gradient, Matrix(rows: channels, columns: tap.activation.rows, theirs).turned, within: 1e-5,
      "at the last block's answer")
  } else {
    expectClose(
      gradient, try expected.matrix("gradient-ln1.\(facts.first)"), within: 1e-5,
      "at the last block's norm")
  }
}

@Test(arguments: EncoderReference.withTexts)
func textsGetTheEmbeddingsOfTheirLibrary(_ reference: EncoderReference) throws {
  let (facts, expected) = (try reference.facts(), try reference.expected())
  let model = try reference.model()
  let words = try TextEncoder(model)
  let prompts = try #require(facts.prompts)
  let ids = try prompts.map { try words.tokenizer.prompt($0).ids }
  #expect(ids == facts.ids)
  let texts = try words(prompts)
  expectClose(texts, try expected.matrix("texts"), within: 1e-5, "texts")
  let encoder = try ImageEncoder(model)
  for name in facts.pictures {
    let embedding = encoder(try reference.picture(name)).scaledToUnitRows()
    let cosines = embedding.timesTurned(texts.scaledToUnitRows())
    let logits = (words.scale * cosines).mapped { $0 + words.bias }
    expectClose(logits, try expected.matrix("logits.\(name)"), within: 1e-5, "logits of \(name)")
  }
  let alone = Sequences(lengths: [ids[0].count])
  let gradient = words.layers(alone).traced(try words.tokens([ids[0]], alone)).pullback(
    try expected.matrix("direction"))
  expectClose(
    gradient, try expected.matrix("text-gradient"), within: 1e-5, "the way back to the words")
}

/// Its table of tokens is a formula, which the script has too: no file of a table that large is kept.
@Test func tokensBeyondCLIPsOwnAreNeverMet() throws {
  let reference = EncoderReference(name: "vocabulary")
  let (facts, expected) = (try reference.facts(), try reference.expected())
  let weights = try Checkpoint(reference.path("vocabulary/model.safetensors"))
  let (rows, width) = (49_500, 8)
  let table = (0..<rows * width).map { place -> Float in
    let number = 31 * (place / width) + 17 * (place % width)
    return Float(number % 64 - 32) / 32
  }
  try inTemporaryFolder { folder in
    let tensors = weights.names.compactMap { weights[$0] }
    try writeSafetensors(
      tensors + [Tensor("token_embedding.weight", shape: [rows, width], table)],
      to: folder / "model.safetensors")
    let config =
      #"{"model_cfg":{"vision_cfg":{"head_width":4},"text_cfg":{"heads":2,"vocab_size":49500}}}"#
    try write(Array(config.utf8), to: folder / "open_clip_config.json")
    let model = try Model(folder, in: Caches(Environment([:])))
    #expect(
      model.notes == [
        "'model.safetensors' knows 49500 tokens, 92 more than CLIP's tokenizer has; no text contains those."
      ])
    #expect(model.architecture.text?.vocabulary == 49_500)
    #expect(model.architecture.text?.merges == 48_894)
    let words = try TextEncoder(model)
    let prompts = try #require(facts.prompts)
    #expect(try prompts.map { try words.tokenizer.prompt($0).ids } == facts.ids)
    expectClose(try words(prompts), try expected.matrix("texts"), within: 1e-5)
  }
}

/// The fast way shares what texts have in common; the plain one gives each its own rows.
@Test(arguments: EncoderReference.withTexts)
func textsThatShareTheirBeginningsEqualTheirPlainWay(_ reference: EncoderReference) throws {
  let words = try TextEncoder(reference.model())
  let texts = ["a red bird", "a red bill", "a red bird", "a", "red", "a red bird in a tree"]
  let prompts = try words.prompts(texts).map(\.ids)
  let apart = Sequences(lengths: prompts.map(\.count))
  let plain = words.layers(apart).traced(try words.tokens(prompts, apart)).value
  expectClose(try words(texts), plain, within: 2e-6)
}

@Test(arguments: EncoderReference.withTexts)
func aTextAloneGetsTheBytesThatItGetsAmongOthers(_ reference: EncoderReference) throws {
  let words = try TextEncoder(reference.model())
  let prompts = try #require(reference.facts().prompts)
  let many = Array(repeatElement(prompts, count: 40).joined())
  let all = try words(many)
  for (index, prompt) in prompts.enumerated() {
    let alone = try words([prompt])
    for place in stride(from: index, to: many.count, by: prompts.count) {
      #expect(all.rows(place..<place + 1) == alone, "\(prompt) at \(place)")
    }
  }
}

@Test(arguments: EncoderReference.all)
func theSameBytesComeOutWhateverTheThreads(_ reference: EncoderReference) throws {
  let encoder = try ImageEncoder(reference.model())
  let picture = try reference.picture(reference.facts().first)
  let before = Cores.allowed
  defer { Cores.allowed = before }
  let embeddings = (1...4).map { threads in
    Cores.allowed = threads
    return encoder(picture)
  }
  for embedding in embeddings { #expect(embedding == embeddings[0]) }
}

@Test(
  .enabled(if: Precision.bf16.isSupported, "needs a processor with bfloat16"),
  arguments: EncoderReference.all)
func roundedNumbersStayNearTheReference(_ reference: EncoderReference) throws {
  let (facts, expected) = (try reference.facts(), try reference.expected())
  let encoder = try ImageEncoder(reference.model(), precision: .bf16)
  for name in facts.pictures {
    let picture = try reference.picture(name)
    expectClose(
      encoder(picture), try expected.matrix("embedding.\(name)"), within: 0.05, "\(name): class")
    let planes = encoder.planes(of: picture)
    expectClose(
      encoder(picture), encoder.layers.traced(planes).value, within: 0.03, "\(name): plain")
  }
}
