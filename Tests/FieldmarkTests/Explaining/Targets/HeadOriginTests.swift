import Fieldmark
import Testing

/// A head that remembers what it was trained on, over embeddings of now.
private func checked(
  _ then: HeadOrigin?, _ now: HeadOrigin, width: Int, isForced: Bool = false
) throws -> (notes: [String], sentence: String?) {
  var answer: (notes: [String], sentence: String?) = ([], nil)
  try inTemporaryFolder { folder in
    let path = folder / "head.safetensors"
    try writeSafetensors(
      [Tensor("weight", shape: [2, width], [Float](repeating: 1, count: 2 * width))],
      metadata: then.map { ["probe": JSON.object($0.members).written()] } ?? [:], to: path)
    do {
      answer.notes = try Classifier(path).checked(for: now, width: width, isForced: isForced).notes
    } catch let error as InputError {
      answer.sentence = error.description.replacing(path.description, with: "head")
    }
  }
  return answer
}

private func origin() throws -> (HeadOrigin, width: Int) {
  let model = try TinyModel(name: "vit").model()
  let encoder = try ImageEncoder(model)
  return (
    try HeadOrigin(model, encoder, remembering: nil), encoder.architecture.embedding
  )
}

@Test func aHeadIsTakenWhereItWasTrained() throws {
  let (now, width) = try origin()
  #expect(now.pool == "class" && now.layer == 2 && now.fingerprint?.count == 64)
  let same = try checked(now, now, width: width)
  #expect(same.sentence == nil && same.notes == [])
  let silent = try checked(nil, now, width: width)
  #expect(
    silent.notes == ["nothing says which model the head was trained on; it is taken to be this one"]
  )
}

@Test func aHeadOfAnotherModelPoolOrLayerIsRefusedUnlessThatIsForced() throws {
  let (now, width) = try origin()
  func changed(_ change: (inout HeadOrigin) -> Void) -> HeadOrigin {
    var then = now
    change(&then)
    return then
  }
  let cases: [(HeadOrigin, String, String)] = [
    (
      changed { ($0.model, $0.fingerprint) = ("ViT-B-16:openai", "0f") },
      "head: expected the model 'ViT-B-16:openai', which it was trained on, found '\(now.model ?? "")'; "
        + "take the model 'ViT-B-16:openai', or force the head to be used all the same.",
      "it was trained on the model 'ViT-B-16:openai', and is forced to be used with '\(now.model ?? "")'"
    ),
    (
      changed { $0.fingerprint = "0f" },
      "head: expected the weights that '\(now.model ?? "")' had then, which it was trained on, found "
        + "others; the file may have changed, or the activation, or the config; or force the head to be "
        + "used all the same.",
      "it was trained on the weights that '\(now.model ?? "")' had then, and is forced to be used with others"
    ),
    (
      changed { $0.pool = "mean" },
      "head: expected embeddings of the pool 'mean', which it was trained on, found those of the pool "
        + "'class'; take the pool 'mean', or force the head to be used all the same.",
      "it was trained on embeddings of the pool 'mean', and is forced to be used with those of the pool 'class'"
    ),
    (
      changed { $0.layer = 1 },
      "head: expected embeddings of block 1, which it was trained on, found those of block 2, the last; "
        + "force the head to be used all the same.",
      "it was trained on embeddings of block 1, and is forced to be used with those of block 2, the last"
    ),
  ]
  for (then, sentence, note) in cases {
    #expect(try checked(then, now, width: width).sentence == sentence)
    #expect(try checked(then, now, width: width, isForced: true).notes == [note])
  }
}

@Test func anotherPreparationOfPicturesIsNoted() throws {
  let model = try TinyModel(name: "vit").model()
  let encoder = try ImageEncoder(model)
  let then = try HeadOrigin(model, encoder, remembering: nil)
  let preprocessing = encoder.preprocessing
  let (side, finer) = (preprocessing.width, 2 * preprocessing.width)
  let squashed = try preprocessing.resized(width: finer, height: finer).fitting(.squash)
  let now = try HeadOrigin(model, encoder.with(squashed), remembering: nil)
  let width = encoder.architecture.embedding
  #expect(
    try checked(then, now, width: width).notes == [
      "pictures are prepared in another way than when the head was trained: size \(finer) x \(finer) "
        + "instead of \(side) x \(side), fit squash instead of crop"
    ])
}

/// Heads that were trained before a file said so know nothing of it, which is no difference.
@Test func anotherWayWithTransparentPicturesIsNoted() throws {
  let model = try TinyModel(name: "dinov2").model()
  let encoder = try ImageEncoder(model)
  let now = try HeadOrigin(model, encoder, remembering: nil)
  let width = encoder.architecture.embedding
  func told(_ change: (JSON.Member) -> JSON.Member?) -> HeadOrigin {
    var then = now
    then.preprocessing = .object((now.preprocessing?.members ?? []).compactMap(change))
    return then
  }
  let other = told {
    $0.key == "transparency" ? JSON.Member($0.key, "dropped before resizing") : $0
  }
  #expect(
    try checked(other, now, width: width).notes == [
      "pictures are prepared in another way than when the head was trained: transparency laid on white "
        + "before resizing instead of dropped before resizing"
    ])
  let silent = told { $0.key == "transparency" ? nil : $0 }
  #expect(try checked(silent, now, width: width).notes == [])
}

/// Heads of 0.1 knew their model by its name alone.
@Test func aModelThatIsKnownByNameAloneIsNoted() throws {
  var (then, width) = try origin()
  let now = then
  (then.fingerprint, then.model) = (nil, "RN50:openai")
  #expect(
    try checked(then, now, width: width).notes == [
      "the head was trained on a model that was called 'RN50:openai', and this one is "
        + "'\(now.model ?? "")'"
    ])
}
