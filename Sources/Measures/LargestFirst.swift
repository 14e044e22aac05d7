import Ground

extension [Float] {
  /// The indices from the largest number to the smallest. Equal numbers keep their order.
  ///
  /// ```swift
  /// [0.5, 2, 0.5].orderFromLargest      // 1, 0, 2
  /// ```
  ///
  /// Several measures sort every pixel of every map, and a sort by comparisons would take most of
  /// their time. This is therefore a radix sort from the last digit, which is stable (Hollerith's
  /// machines sorted cards in the same way). The bits of a nonnegative float grow with it; those of
  /// a negative one grow as it falls, so that the bits of one kind are inverted. NaN has no place
  /// in this order, so the caller must replace it before.
  package var orderFromLargest: [Int] { sorted { cards in cards.indices.map { cards.place($0) } } }

  /// The rank of each number among all, from 1 for the smallest. Equal numbers get the mean of
  /// their ranks.
  package var ranks: [Double] {
    let middle = Double(count + 1) / 2
    return standing(best: 0).ranks.map { Double($0) + middle }
  }

  /// The ranks minus their mean, the sum of their squares, and the indices of the best numbers.
  /// These are needed for hundreds of maps of one picture.
  package func standing(best: Int) -> (ranks: [Float], squares: Double, best: [Int]) {
    sorted { cards in
      var squares = 0.0
      let ranks = [Float](unsafeUninitializedCapacity: count) { ranks, made in
        var start = 0
        while start < count {
          var end = start + 1
          while end < count, cards.key(end) == cards.key(start) { end += 1 }
          // The mean of the ranks count - end + 1 ... count - start, minus the mean of all: a
          // multiple of a half.
          let rank = Float(count - start - end) / 2
          for index in start..<end { ranks.initializeElement(at: cards.place(index), to: rank) }
          squares += Double(end - start) * Double(rank) * Double(rank)
          start = end
        }
        made = count
      }
      return (ranks, squares, cards.indices.prefix(best).map { cards.place($0) })
    }
  }

  private func sorted<Result>(_ body: (Cards.Dealt) -> Result) -> Result {
    precondition(count < 1 << 32, "A picture's pixels can be numbered by 32 bits.")
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * count) { memory in
      withUnsafeBufferPointer { body(Cards($0, in: memory).dealt()) }
    }
  }
}

/// A card for each number: the key in the upper 32 bits, and the index in the lower ones.
private struct Cards {
  private let numbers: UnsafeBufferPointer<Float>
  /// Memory for two copies of every card, which are dealt from one half to the other and back.
  private let memory: UnsafeMutableBufferPointer<UInt64>

  init(_ numbers: UnsafeBufferPointer<Float>, in memory: UnsafeMutableBufferPointer<UInt64>) {
    (self.numbers, self.memory) = (numbers, memory)
  }

  /// The cards in order, the largest number first.
  struct Dealt {
    fileprivate let cards: UnsafeMutableBufferPointer<UInt64>

    var indices: Range<Int> { cards.indices }
    func place(_ index: Int) -> Int { Int(truncatingIfNeeded: cards[index] & 0xffff_ffff) }
    func key(_ index: Int) -> UInt32 { UInt32(truncatingIfNeeded: cards[index] >> 32) }
  }

  /// Sorts by four digits of eight bits.
  func dealt() -> Dealt {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 4 << 8) { piles in
      let count = numbers.count
      var (from, to) = (half(0..<count), half(count..<2 * count))
      write(to: from, piles)
      for digit: UInt64 in 0..<4 {
        let first = Int(digit) << 8
        // Turns the number of cards on each pile into the place where the pile begins.
        var start: UInt32 = 0
        for pile in first..<first + 256 { (piles[pile], start) = (start, start &+ piles[pile]) }
        for place in 0..<count {
          let card = from[place]
          let pile = first + Int(truncatingIfNeeded: card &>> (32 + 8 * digit) & 255)
          to[Int(piles[pile])] = card
          piles[pile] &+= 1
        }
        swap(&from, &to)
      }
      return Dealt(cards: from)
    }
  }

  /// Writes the cards in their original order, and counts for each digit how many go to which pile.
  private func write(
    to cards: UnsafeMutableBufferPointer<UInt64>, _ piles: UnsafeMutableBufferPointer<UInt32>
  ) {
    piles.initialize(repeating: 0)
    for place in 0..<numbers.count {
      // Positive and negative zero are equal.
      let bits = (numbers[place] == 0 ? 0 : numbers[place]).bitPattern
      let falling = bits >> 31 == 0 ? ~(bits | 1 << 31) : bits
      cards[place] = UInt64(falling) << 32 | UInt64(place)
      piles[Int(falling & 255)] &+= 1
      piles[256 + Int(falling >> 8 & 255)] &+= 1
      piles[512 + Int(falling >> 16 & 255)] &+= 1
      piles[768 + Int(falling >> 24)] &+= 1
    }
  }

  private func half(_ range: Range<Int>) -> UnsafeMutableBufferPointer<UInt64> {
    UnsafeMutableBufferPointer(rebasing: memory[range])
  }
}
