/// Merging of a word's symbols, pair by pair, with the best rank first.
///
///     var word = Part.parts(ofWord: "epaulets".utf8)     // e p a u l e t s</w>
///     merges.merge(&word)                                // ep au lets</w>
///
/// As in OpenAI's encoder, a round merges all occurrences of one pair, from left to right. Only
/// then does it look for the pair that is best now.
extension Merges {
  /// Merges what can be merged. Short words are merged plainly, which is faster for them. The time
  /// that this takes grows with the square of the length, so long words need the queue.
  package func merge(_ word: inout [Part]) {
    if word.count <= 64 { mergePlainly(&word) } else { mergeQueued(&word) }
  }

  /// Searches the whole word for the best pair until there is none.
  package func mergePlainly(_ word: inout [Part]) {
    guard word.count > 1 else { return }
    var ranks = (1..<word.count).map { rank(word[$0 - 1], word[$0]) ?? .max }
    while let best = ranks.min(), best != .max {
      // `ranks[i]` belongs to the pair of `word[i]` and its successor; the first `kept` symbols are
      // done.
      var kept = 0
      var place = 0
      while place < word.count {
        if place < word.count - 1, ranks[place] == best {
          word[kept] = join(word[place], word[place + 1], rank: best)
          place += 2
        } else {
          word[kept] = word[place]
          place += 1
        }
        kept += 1
      }
      word.removeLast(word.count - kept)
      ranks.removeLast(ranks.count - (kept - 1))
      for place in 0..<kept - 1 { ranks[place] = rank(word[place], word[place + 1]) ?? .max }
    }
  }

  /// Does the same with a queue of pairs in the order of rank and place. The time that this takes
  /// grows hardly faster than the length of the word.
  package func mergeQueued(_ word: inout [Part]) {
    guard word.count > 1 else { return }
    // The parts are a doubly linked list. A part that was merged into its left neighbor is gone.
    var isGone = [Bool](repeating: false, count: word.count)
    var next = (1...Int32(word.count)).map { $0 }
    var previous = (-1..<Int32(word.count - 1)).map { $0 }
    var queue = Queue()
    func current(_ place: Int32) -> Int32? {
      let right = next[Int(place)]
      guard !isGone[Int(place)], Int(right) < word.count else { return nil }
      return rank(word[Int(place)], word[Int(right)])
    }
    for place in 0..<Int32(word.count - 1) {
      if let rank = current(place) { queue.insert(rank, place) }
    }
    while let best = queue.first?.rank {
      // New pairs wait until the round is over, however good they are.
      var touched: [Int32] = []
      while let (rank, place) = queue.first, rank == best {
        queue.removeFirst()
        guard current(place) == best else { continue }
        let right = next[Int(place)]
        word[Int(place)] = join(word[Int(place)], word[Int(right)], rank: best)
        isGone[Int(right)] = true
        next[Int(place)] = next[Int(right)]
        if Int(next[Int(right)]) < word.count { previous[Int(next[Int(right)])] = place }
        if previous[Int(place)] >= 0 { touched.append(previous[Int(place)]) }
        touched.append(place)
      }
      for place in touched {
        if let rank = current(place) { queue.insert(rank, place) }
      }
    }
    word = zip(word, isGone).filter { !$0.1 }.map(\.0)
  }

  private func join(_ left: Part, _ right: Part, rank: Int32) -> Part {
    Part(symbol: symbol(rank: rank), hash: left.hash + right.hash)
  }
}

/// A binary heap of pairs in the order of their ranks and, for equal ranks, of their places.
private struct Queue {
  private var heap: [UInt64] = []

  var first: (rank: Int32, place: Int32)? {
    heap.first.map { (Int32($0 >> 32), Int32($0 & 0xffff_ffff)) }
  }

  mutating func insert(_ rank: Int32, _ place: Int32) {
    heap.append(UInt64(rank) << 32 | UInt64(place))
    var child = heap.count - 1
    while child > 0, heap[child] < heap[(child - 1) / 2] {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func removeFirst() {
    let last = heap.removeLast()
    if heap.isEmpty { return }
    heap[0] = last
    var parent = 0
    while true {
      var child = 2 * parent + 1
      guard child < heap.count else { return }
      if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
      guard heap[child] < heap[parent] else { return }
      heap.swapAt(child, parent)
      parent = child
    }
  }
}
