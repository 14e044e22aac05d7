extension [Float] {
  /// Places from the largest number to the least, equal ones as they stand.
  ///
  ///     [0.5, 2, 0.5].orderFromLargest      // 1, 0, 2
  ///
  /// Several measures sort every pixel of every map, and comparing takes most of their time. So places
  /// are dealt out by digits of the numbers instead, the last digit first, each time in the order that
  /// is there (Hollerith's machines did the same with cards). The bits of a float that is not negative
  /// grow with it, those of others are turned. What is no number has no place among them: whoever has
  /// such says beforehand what it counts as.
  package var orderFromLargest: [Int] {
    precondition(count < 1 << 32, "A picture's pixels can be numbered by 32 bits.")
    var cards = enumerated().map { place, value in
      // Two zeros are one number.
      let bits = (value == 0 ? 0 : value).bitPattern
      let rising = bits >> 31 == 0 ? bits | 1 << 31 : ~bits
      return UInt64(~rising) << 32 | UInt64(place)
    }
    var dealt = [UInt64](repeating: 0, count: count)
    // 32 bits in three digits of 11, or, since counting digits takes a few numbers' time longer than
    // dealing them, in four of 8.
    let width: UInt64 = count < 4096 ? 8 : 11
    for shift in stride(from: 32, to: 64, by: Int(width)) {
      cards.withUnsafeBufferPointer { cards in
        dealt.withUnsafeMutableBufferPointer { dealt in
          deal(cards, to: dealt, by: UInt64(shift), digits: 1 << width)
        }
      }
      swap(&cards, &dealt)
    }
    return cards.map { Int($0 & 0xffff_ffff) }
  }

  /// The place of each number among all, from 1 for the least; of equal ones the mean of theirs.
  package var ranks: [Double] { ranks(inOrder: orderFromLargest) }

  /// The same where the order from the largest is known.
  package func ranks(inOrder order: [Int]) -> [Double] {
    var ranks = [Double](repeating: 0, count: count)
    var start = 0
    while start < count {
      var end = start + 1
      while end < count, self[order[end]] == self[order[start]] { end += 1 }
      // The mean of count - end + 1 ... count - start.
      for place in start..<end { ranks[order[place]] = Double(2 * count + 1 - start - end) / 2 }
      start = end
    }
    return ranks
  }
}

/// Puts cards in the order of one digit.
private func deal(
  _ cards: UnsafeBufferPointer<UInt64>, to dealt: UnsafeMutableBufferPointer<UInt64>,
  by shift: UInt64, digits: UInt64
) {
  // First how many have each digit, a place behind; then where those of each begin.
  var places = [Int](repeating: 0, count: Int(digits) + 1)
  places.withUnsafeMutableBufferPointer { places in
    for card in cards { places[Int(card >> shift & (digits - 1)) + 1] += 1 }
    for digit in 1..<places.count { places[digit] += places[digit - 1] }
    for card in cards {
      let digit = Int(card >> shift & (digits - 1))
      dealt[places[digit]] = card
      places[digit] += 1
    }
  }
}
