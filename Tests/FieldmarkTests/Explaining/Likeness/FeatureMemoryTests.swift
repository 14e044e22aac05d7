import Fieldmark
import Synchronization
import Testing

private let model = TinyModel(name: "vit")

private func memory(_ folder: Path?, _ encoder: ImageEncoder, block: Int? = nil) throws
  -> FeatureMemory
{
  try FeatureMemory(model.model(), encoder, block: block, folder: folder)
}

/// A folder with the tiny pictures and a file that is none.
private func pictures(in folder: Path) throws -> [Path] {
  try folder.createFolder()
  let paths = ["square", "tall", "wide"].map { folder / Path("\($0).png") }
  for (path, name) in zip(paths, ["square", "tall", "wide"]) {
    try write(try model.pictureFile(name).pictureBytes(), to: path)
  }
  try write(Array("no picture".utf8), to: folder / "zero.png")
  return paths + [folder / "zero.png"]
}

private func isClose(_ a: Matrix, _ b: Matrix) -> Bool {
  a.rows == b.rows && zip(a.elements, b.elements).allSatisfy { abs($0 - $1) < 1e-5 }
}

@Test func aGroupHasTheFeaturesOfItsPictures() throws {
  try inTemporaryFolder { folder in
    let paths = try pictures(in: folder / "group")
    let encoder = try model.encoder()
    let expected = try paths.prefix(3).map { View(encoder, try Picture($0)).features }
    let memory = try memory(folder / "memory", encoder)
    let steps = Mutex<[String]>([])
    func group(_ memory: FeatureMemory) throws -> PictureGroup {
      try memory.group(paths) { step in
        let failure = step.failure.map { " \($0)" } ?? ""
        steps.withLock { $0.append("\(step.done) of \(step.count)\(failure)") }
        return true
      }
    }
    let none =
      "\(paths[3]): expected a picture (JPEG, PNG or WebP), found bytes that begin with 'no pictu'."
    for turn in ["computed", "remembered"] {
      let group = try group(memory)
      // One picture on all threads adds in another order than three on one each.
      #expect(isClose(group.features, Matrix(expected)), "\(turn)")
      #expect(group.pictures == Array(paths.prefix(3)))
      #expect(group.leftOut == [paths[3]])
      #expect(group.contains(memory.key(try paths[0].pictureBytes())))
      #expect(!group.contains(memory.key([1, 2])))
    }
    #expect(steps.withLock { $0.count } == 5, "the second time the broken one alone is looked at")
    #expect(steps.withLock { $0.last } == "1 of 1 \(none)")
    let forgetful = try FeatureMemory(model.model(), encoder, folder: nil)
    #expect(isClose(try group(forgetful).features, Matrix(expected)))
  }
}

/// Another layer, another size, another pool: each has features of its own.
@Test func otherSettingsHaveOtherFeatures() throws {
  try inTemporaryFolder { folder in
    let paths = [try pictures(in: folder / "group")[2]]
    let encoder = try model.encoder()
    let last = try memory(folder, encoder).group(paths).features
    let first = try memory(folder, encoder, block: 0).group(paths).features
    #expect(first != last)
    let squashed = try encoder.with(encoder.preprocessing.fitting(.pad(.white)))
    #expect(try memory(folder, squashed).group(paths).features != last)
    #expect(try memory(folder, encoder, block: encoder.blocks - 1).group(paths).features == last)
    let keys = try [
      memory(folder, encoder), memory(folder, encoder, block: 0), memory(folder, squashed),
      memory(folder, try encoder.with(pool: .mean)),
      FeatureMemory(model.model(), encoder, precision: .bf16, folder: folder),
      memory(folder, try encoder.with(positions: .bilinear)),
    ].map { $0.key([1]) }
    #expect(Set(keys).count == keys.count)
  }
}

/// Features and embeddings of one model lie in one file, each by its own key.
@Test func featuresAndEmbeddingsOfAPictureAreKeptInOneFile() throws {
  try inTemporaryFolder { folder in
    let paths = Array(try pictures(in: folder / "group").prefix(2))
    let encoder = try model.encoder()
    let dataset = Dataset(picture: paths[0], of: 0, classes: ["one", "other"])
    let embeddings = try EmbeddingMemory(model.model(), encoder, folder: folder / "memory")
    let first = try embeddings.embeddings(of: dataset.examples)
    let features = try memory(folder / "memory", encoder).group(paths).features
    #expect(first.known == 0 && features.rows == 2)
    let again = try EmbeddingMemory(model.model(), encoder, folder: folder / "memory")
      .embeddings(of: dataset.examples)
    #expect(again.known == 1 && again.rows == first.rows)
    let keptOutput = Mutex(0)
    let known = try memory(folder / "memory", encoder).group(paths) { _ in
      keptOutput.withLock { $0 += 1 }
      return true
    }
    #expect(known.features == features && keptOutput.withLock { $0 } == 0)
    let kept = try (folder / "memory").names().filter { $0.hasSuffix(".embeddings") }
    #expect(kept.count == 1)
  }
}

@Test func aCacheThatIsTooLargeForgetsHalfOfItsEntries() throws {
  try inTemporaryFolder { folder in
    let encoder = try model.encoder()
    func memory(most: Int = PictureMemory.most) throws -> PictureMemory {
      try PictureMemory(model.model(), encoder, folder: folder, most: most)
    }
    func keys(_ memory: PictureMemory) -> [[UInt8]] {
      (0..<400).map { memory.key(["\($0)"], []) }
    }
    func known(_ memory: PictureMemory) -> Int {
      keys(memory).count { memory.known($0, count: 64) != nil }
    }
    let first = try memory()
    try first.each(400) { place in
      PictureMemory.Found(
        key: first.key(["\(place)"], []), [Float](repeating: Float(place), count: 64), isNew: true)
    } delivering: { _, _ in
      true
    }
    #expect(known(first) == 400)
    #expect(try known(memory()) == 400)
    let left = try known(memory(most: 50_000))
    #expect((140...260).contains(left))
    // The pages of what was forgotten do not count.
    #expect(try known(memory(most: 110_000)) == left)
  }
}

@Test func damagedFeaturesAreComputedAnew() throws {
  try inTemporaryFolder { folder in
    let paths = try pictures(in: folder / "group")
    let encoder = try model.encoder()
    func features() throws -> Matrix {
      try memory(folder / "memory", encoder).group(paths).features
    }
    let right = try features()
    let name = try #require((folder / "memory").names().first { $0.hasSuffix(".embeddings") })
    let file = folder / "memory" / name
    let whole = try MappedFile(file).withBytes { Array($0) }
    for place in stride(from: 0, to: whole.count, by: 97) {
      var damaged = whole
      damaged[place] ^= 0x10
      try write(damaged, to: file)
      #expect(isClose(try features(), right), "byte \(place) differs")
    }
    try write(whole.prefix(70), to: file)
    #expect(isClose(try features(), right))
  }
}

@Test func aGroupThatIsStoppedKeepsWhatIsDone() throws {
  try inTemporaryFolder { folder in
    let paths = Array(try pictures(in: folder / "group").prefix(3))
    let encoder = try model.encoder()
    let memory = try memory(folder / "memory", encoder)
    let stopped = try memory.group(paths) { $0.done < 2 }
    #expect(stopped.pictures.count == 2 && stopped.leftOut.count == 1)
    let keptOutput = Mutex(0)
    let whole = try memory.group(paths) { _ in
      keptOutput.withLock { $0 += 1 }
      return true
    }
    #expect(whole.pictures == paths && keptOutput.withLock { $0 } == 1)
  }
}

@Test(arguments: TinyModel.transformers + [TinyModel(name: "resnet")])
func channelsAreWhatABlockHas(model: TinyModel) throws {
  let encoder = try model.encoder()
  let picture = try model.picture()
  for block in 0..<encoder.blocks {
    let view = View(encoder, picture, block: block)
    #expect(view.features.count == encoder.channels(block: block), "block \(block)")
  }
}
