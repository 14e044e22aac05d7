import Fieldmark
import Foundation
import Testing

private let texts = ["red epaulets", "bird", "red epaulets", "a long bill"]

private func model() throws -> Model { try EncoderReference(name: "vit").model() }

/// The one file of a folder with this ending.
private func file(_ ending: String, in folder: Fieldmark.Path) throws -> Fieldmark.Path {
  let names = try folder.names().filter { $0.hasSuffix(ending) }
  return folder / (try #require(names.first))
}

private func bytes(_ path: Fieldmark.Path) throws -> [UInt8] {
  try MappedFile(path).withBytes { Array($0) }
}

@Test func rememberedEmbeddingsAreTheComputedOnes() throws {
  try inTemporaryFolder { folder in
    let computed = try TextEncoder(model())(texts)
    let forgetful = try TextMemory(model(), folder: nil)
    #expect(try forgetful.raw(texts) == computed)
    let memory = try TextMemory(model(), folder: folder / "new" / "folder")
    #expect(try memory.raw(Array(texts.prefix(2))) == computed.rows(0..<2))
    #expect(try memory.raw(texts) == computed, "some remembered, some not")
    #expect(try memory.raw(texts) == computed, "all remembered")
    let sentences = ["a photo of a {}.", "one {} of many"]
    let ensembles = try memory.ensembles(["bird"], sentences)
    #expect(try memory.ensembles(["bird"], sentences) == ensembles)
    let encoder = try TextEncoder(model())
    #expect(try encoder.ensemble("bird", sentences) == ensembles)
    #expect(try memory.ensembles(["bird"], sentences.reversed()).rows == 1)
  }
}

/// The values of two records are exchanged, each with the digest that belongs to it: what comes out
/// then can only come from the file.
@Test func whatIsRememberedIsNotComputedAgain() throws {
  try inTemporaryFolder { folder in
    let memory = try TextMemory(model(), folder: folder)
    let (a, b) = (try memory.raw(["bird"]), try memory.raw(["a long bill"]))
    let path = try file(".embeddings", in: folder)
    let all = try bytes(path)
    let records = [Array(all.prefix(all.count / 2)), Array(all.suffix(all.count / 2))]
    let exchanged = [(records[0], records[1]), (records[1], records[0])].flatMap { own, other in
      let content = own.prefix(32) + other.dropFirst(32).dropLast(8)
      var digest = Digest.sha256
      digest.add(Array(content))
      return content + digest.bytes.prefix(8)
    }
    try write(exchanged, to: path)
    #expect(try memory.raw(["bird", "a long bill"]) == .stacked([b, a]))
  }
}

@Test func damagedMemoriesAreComputedAnew() throws {
  try inTemporaryFolder { folder in
    let memory = try TextMemory(model(), folder: folder)
    let right = try memory.raw(texts)
    let path = try file(".embeddings", in: folder)
    let whole = try bytes(path)
    for place in stride(from: 0, to: whole.count, by: 13) {
      var damaged = whole
      damaged[place] ^= 0x10
      try write(damaged, to: path)
      #expect(try memory.raw(texts) == right, "byte \(place) differs")
    }
    for count in [1, 40, whole.count - 1] {
      try write(whole.prefix(count), to: path)
      #expect(try memory.raw(texts) == right, "\(count) bytes are left")
    }
    try write(Array("no fingerprint".utf8), to: file(".fingerprint", in: folder))
    #expect(try memory.raw(texts) == right)
  }
}

@Test func otherWeightsOtherMemories() throws {
  try inTemporaryFolder { folder in
    let source = EncoderReference(name: "vit").path("vit")
    let copy = folder / "model"
    try copy.createFolder()
    for name in ["open_clip_config.json", "open_clip_model.safetensors"] {
      try write(try bytes(source / Path(name)), to: copy / Path(name))
    }
    let caches = Caches(Environment([:]))
    let first = try TextMemory(Model(copy, in: caches), folder: folder / "memory").raw(texts)
    // The same name, size and place; one number of the table of words is another.
    let weights = copy / "open_clip_model.safetensors"
    let checkpoint = try Checkpoint(weights)
    let tensors = try checkpoint.names.map { name -> Tensor in
      let tensor = try checkpoint.tensor(name)
      var values = try tensor.floats()
      if name.hasSuffix("positional_embedding"), !name.hasPrefix("visual") { values[1] += 1 }
      return Tensor(name, shape: tensor.shape, values)
    }
    try writeSafetensors(tensors, to: weights)
    let changed = try Model(copy, in: caches)
    let second = try TextMemory(changed, folder: folder / "memory").raw(texts)
    #expect(try TextEncoder(changed)(texts) == second)
    #expect(second != first)
  }
}

@Test func whereNothingCanBeKeptWorkGoesOn() throws {
  try inTemporaryFolder { folder in
    try write([0], to: folder / "file")
    let memory = try TextMemory(model(), folder: folder / "file" / "texts")
    let computed = try TextEncoder(model())(texts)
    #expect(try memory.raw(texts) == computed)
  }
}

@Test func theMemoryLiesAmongTheUsersCaches() {
  #expect(Path.textMemory(Environment(["HOME": "/home/ada"])) == "/home/ada/.cache/fieldmark/texts")
  #expect(
    Path.textMemory(Environment(["HOME": "/home/ada", "XDG_CACHE_HOME": "/scratch"]))
      == "/scratch/fieldmark/texts")
  #expect(
    Path.textMemory(Environment(["HOME": "/home/ada", "XDG_CACHE_HOME": "scratch"]))
      == "/home/ada/.cache/fieldmark/texts")
  #expect(Path.textMemory(Environment(["XDG_CACHE_HOME": "scratch"])) == nil)
}
