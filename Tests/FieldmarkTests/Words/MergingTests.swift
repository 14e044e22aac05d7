import Fieldmark
import Testing

/// Merges that come after what needs them, twice, and in each other's way.
private let tangled = ["a b", "ab a", "b a", "a b", "ab ab", "a a", "aa b</w>", "aba b</w>"]

@Test func mergesAreMadeInTheOrderOfTheirRanks() {
  #expect(merged("abab", by: ["a b", "ab ab</w>", "b</w> x"]) == ["ab", "a", "b</w>"])
  #expect(merged("abab", by: ["a b", "a b</w>", "ab ab</w>"]) == ["abab</w>"])
  #expect(merged("aaaa", by: ["a a", "a a</w>"]) == ["aa", "aa</w>"])
  #expect(merged("a", by: ["a b"]) == ["a</w>"])
  #expect(merged("", by: ["a b"]) == [])
}

@Test func theQueueMergesAsThePlainWayAndAsInStrings() {
  var random = SplitMix(seed: 5)
  for _ in 0..<400 {
    let letters = (0..<Int.random(in: 0...40, using: &random)).map { _ in
      "ab".utf8.randomElement(using: &random)!
    }
    let word = String(decoding: letters, as: UTF8.self)
    let merges = Array(
      tangled.shuffled(using: &random).prefix(Int.random(in: 0...8, using: &random)))
    let expected = mergedInStrings(word, by: merges)
    #expect(merged(word, by: merges) == expected, "\(word) by \(merges)")
    #expect(merged(word, by: merges, queued: true) == expected, "\(word) by \(merges)")
  }
}

@Test func aMillionLettersWithoutASpaceAreReadInSeconds() throws {
  let letters = String(repeating: "wingbar", count: 145_000)
  let ids = try Tokenizer(normalizer: .huggingface).ids(of: letters)
  #expect(Tokenizer(normalizer: .huggingface).text(of: ids) == letters)
}

private func merged(_ word: String, by merges: [String], queued: Bool = false) -> [String] {
  let table = Merges(Array(merges.joined(separator: "\n").utf8), from: 0, limit: merges.count)
  var parts = Part.parts(ofWord: word.utf8)
  if queued { table.mergeQueued(&parts) } else { table.mergePlainly(&parts) }
  return parts.map { String(decoding: table.spelling(of: $0.symbol), as: UTF8.self) }
}

/// The same in strings, as slow and as plain as can be.
private func mergedInStrings(_ word: String, by merges: [String]) -> [String] {
  var ranks: [[String]: Int] = [:]
  for (rank, merge) in merges.enumerated() {
    ranks[merge.split(separator: " ").map(String.init)] = rank
  }
  var parts = word.map(String.init)
  if let last = parts.popLast() { parts.append(last + "</w>") }
  while true {
    let pairs = zip(parts, parts.dropFirst()).map { [$0, $1] }
    guard let best = pairs.filter({ ranks[$0] != nil }).min(by: { ranks[$0]! < ranks[$1]! }) else {
      return parts
    }
    var joined: [String] = []
    var place = 0
    while place < parts.count {
      let isPair = place + 1 < parts.count && [parts[place], parts[place + 1]] == best
      joined.append(isPair ? parts[place] + parts[place + 1] : parts[place])
      place += isPair ? 2 : 1
    }
    parts = joined
  }
}
