import Fieldmark
import Testing

private func model() throws -> Model { try EncoderReference(name: "vit").model() }

@Test func aFlippedByteInTheCacheGivesNoWrongFingerprint() throws {
  try inTemporaryFolder { folder in
    let right = try TowerFingerprint(of: model(), .texts, remembering: folder)
    let note = folder / (try #require(try folder.names().first))
    let bytes = try note.read(limit: 1 << 10)
    for place in stride(from: 0, to: bytes.count, by: 8) {
      var damaged = bytes
      damaged[place] ^= 1
      try write(damaged, to: note)
      #expect(try TowerFingerprint(of: model(), .texts, remembering: folder) == right)
      // It was worked out again, and is kept again.
      #expect(try note.read(limit: 1 << 10) == bytes)
    }
    for other in [[], Array(bytes.prefix(64)), bytes + [10]] {
      try write(other, to: note)
      #expect(try TowerFingerprint(of: model(), .texts, remembering: folder) == right)
    }
  }
}

@Test func aFingerprintUnderAnothersNameIsNotTaken() throws {
  try inTemporaryFolder { folder in
    let texts = try TowerFingerprint(of: model(), .texts, remembering: folder)
    let note = folder / (try #require(try folder.names().first))
    let pictures = try TowerFingerprint(of: model(), .pictures, remembering: folder)
    let other = folder / (try #require(try folder.names().first { folder / $0 != note }))
    try write(try other.read(limit: 1 << 10), to: note)
    #expect(texts != pictures)
    #expect(try TowerFingerprint(of: model(), .texts, remembering: folder) == texts)
  }
}

@Test func aFingerprintThatIsKeptIsNotWorkedOutAgain() throws {
  try inTemporaryFolder { folder in
    let right = try TowerFingerprint(of: model(), .texts, remembering: folder)
    let note = folder / (try #require(try folder.names().first))
    let name = note.lastComponent.description
    let invented = String(repeating: "a", count: 64)
    let check = Digest.sha256(of: [name, invented]).hexadecimal
    try write(Array("\(invented) \(check)".utf8), to: note)
    let found = try TowerFingerprint(of: model(), .texts, remembering: folder)
    #expect(found.hexadecimal == invented && found != right)
  }
}
