/// A part of a run: `3/8` is the third of eight.
struct Shard: OptionValue, Equatable {
  static let placeholder = "I/N"
  static let expectation = "a part as 3/8, the third of eight"
  let index: Int
  let of: Int

  init(index: Int, of: Int) { (self.index, self.of) = (index, of) }

  init?(text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let index = parts[0], let of = parts[1], of > 0,
      (1...of).contains(index)
    else { return nil }
    self.init(index: index, of: of)
  }
}
