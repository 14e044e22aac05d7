import Fieldmark
import Testing

private func key(_ number: UInt8) -> [UInt8] { [UInt8](repeating: number, count: 32) }

private func values(_ known: [[UInt8]: [UInt8]]) -> [UInt8: [UInt8]] {
  Dictionary(uniqueKeysWithValues: known.map { ($0.key[0], $0.value) })
}

@Test func theOldestRecordsGoWhenThereAreTooMany() throws {
  try inTemporaryFolder { folder in
    let file = MemoryFile(folder / "new" / "memory", valueSize: 2, mostRecords: 3)
    let keys = Set((1...5).map { key($0) })
    #expect(file.read(keys).isEmpty)
    file.add([(key(1), [1, 1]), (key(2), [2, 2])])
    #expect(values(file.read(keys)) == [1: [1, 1], 2: [2, 2]])
    #expect(values(file.read([key(2)])) == [2: [2, 2]])
    file.add([(key(3), [3, 3]), (key(1), [9, 9])])
    #expect(values(file.read(keys)) == [2: [2, 2], 3: [3, 3], 1: [9, 9]], "1 is new again")
    file.add([(key(4), [4, 4])])
    #expect(values(file.read(keys)) == [3: [3, 3], 1: [9, 9], 4: [4, 4]])
    file.add([(key(1), [0, 0]), (key(2), [0, 0]), (key(4), [0, 0]), (key(5), [5, 5])])
    #expect(values(file.read(keys)) == [2: [0, 0], 4: [0, 0], 5: [5, 5]])
  }
}

/// A record that is damaged is missing alone; a file that is cut off is missing as a whole.
@Test func damagedRecordsAreMissing() throws {
  try inTemporaryFolder { folder in
    let path = folder / "memory"
    let file = MemoryFile(path, valueSize: 4, mostRecords: 10)
    let keys = Set([key(1), key(2)])
    file.add([(key(1), [1, 2, 3, 4]), (key(2), [5, 6, 7, 8])])
    let whole = try MappedFile(path).withBytes { Array($0) }
    #expect(whole.count == 2 * (32 + 4 + 8))
    for place in 0..<44 {
      var damaged = whole
      damaged[place] ^= 1
      try write(damaged, to: path)
      #expect(values(file.read(keys)) == [2: [5, 6, 7, 8]], "byte \(place)")
    }
    try write(whole.dropLast(), to: path)
    #expect(file.read(keys).isEmpty)
    file.add([(key(1), [1, 2, 3, 4])])
    #expect(values(file.read(keys)) == [1: [1, 2, 3, 4]])
  }
}

@Test func numbersLieInRecordsAsTheyAre() {
  #expect(Array(bytesOf: [Float(1), -2]) == [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0])
  #expect(Array(bytesOf: [Float(1), -2]).numbers(Float.self) == [1, -2])
  #expect(Array(bytesOf: [0.1, -0.0]).numbers(Double.self) == [0.1, 0])
}
