import Fieldmark
import Testing

@Test func sequencesThatBeginAlikeShareTheirRows() {
  let sequences = Sequences(sharing: [[1, 4, 9], [1, 4, 7, 9], [1, 4, 7, 9], [2]])
  #expect(sequences.rows == 6)
  #expect(sequences.starts == [0, 3, 7, 11, 12])
  #expect(sequences.places == [0, 1, 2, 0, 1, 3, 4, 0, 1, 3, 4, 5])
  #expect(sequences.shared == [0, 2, 4, 0])
  #expect(sequences.lasts == [2, 4, 4, 5] && sequences.firsts == [0, 0, 0, 5])
}

@Test func sequencesApartAreRanges() {
  let sequences = Sequences(lengths: [5, 7])
  #expect(sequences.starts == [0, 5, 12] && sequences.rows == 12 && sequences.count == 2)
  #expect(sequences[1] == 5..<12)
  #expect(sequences.firsts == [0, 5] && sequences.lasts == [4, 11])
  #expect(Sequences(2, of: 3) == Sequences(lengths: [3, 3]))
  #expect(Sequences(lengths: []).rows == 0)
}
