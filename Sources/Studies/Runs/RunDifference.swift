import Ground

/// A setting in which two runs differ, described in a few words whatever the size of its value.
///
///     expected a run with model "demo", classes with "Wren" as number 3 of 60,
///     found model "tiny", classes with "Robin" as number 3 of 60 (2 differ)
package struct RunDifference: Equatable {
  package let expected: String
  package let found: String

  /// The most differences that a message lists. Runs with different phrases can differ in dozens of
  /// settings.
  static let most = 3

  /// All differences, in the order of the other run's settings, followed by settings that it lacks.
  static func all(between own: [JSON.Member], and other: [JSON.Member]) -> [RunDifference] {
    differences("", own, other)
  }

  private static func differences(
    _ path: String, _ own: [JSON.Member], _ other: [JSON.Member]
  ) -> [RunDifference] {
    func value(_ members: [JSON.Member], _ name: String) -> JSON? {
      members.first { $0.key == name }?.value
    }
    let names = other.map(\.key) + own.map(\.key).filter { value(other, $0) == nil }
    return names.flatMap { name -> [RunDifference] in
      let (mine, theirs) = (value(own, name), value(other, name))
      guard mine != theirs else { return [] }
      let name = path + printable(name.utf8.prefix(longest))
      if let mine = mine?.members, let theirs = theirs?.members {
        // Objects are compared member by member; a different order of members is no difference.
        return differences("\(name): ", mine, theirs)
      }
      if let mine = mine?.array, let theirs = theirs?.array { return [lists(name, mine, theirs)] }
      let (first, second) = shortened(mine, theirs)
      return [RunDifference(expected: "\(name) \(first)", found: "\(name) \(second)")]
    }
  }

  private static func lists(_ name: String, _ own: [JSON], _ other: [JSON]) -> RunDifference {
    let length = max(own.count, other.count)
    func item(_ list: [JSON], _ place: Int) -> JSON? {
      list.indices.contains(place) ? list[place] : nil
    }
    let differing = (0..<length).filter { item(own, $0) != item(other, $0) }
    guard let first = differing.first else {
      preconditionFailure("Lists that are not equal differ somewhere.")
    }
    let (mine, theirs) = shortened(item(own, first), item(other, first))
    func told(_ list: [JSON], _ value: String) -> String {
      first < list.count
        ? "\(name) with \(value) as number \(first + 1) of \(list.count)"
        : "\(name) of \(counted(list.count, "entry", "entries"))"
    }
    return RunDifference(
      expected: told(own, mine),
      found: told(other, theirs) + (differing.count > 1 ? " (\(differing.count) differ)" : ""))
  }

  /// The most characters of a value that are shown: a fingerprint has 64 characters, plus quotes.
  private static let longest = 66

  /// Two values as text. If they are long, only the piece where they begin to differ is returned.
  private static func shortened(_ own: JSON?, _ other: JSON?) -> (String, String) {
    let mine = Array(own?.written() ?? "not set")
    let theirs = Array(other?.written() ?? "not set")
    guard max(mine.count, theirs.count) > longest else { return (String(mine), String(theirs)) }
    let common = zip(mine, theirs).prefix { $0 == $1 }.count
    let start = common > longest / 2 ? common - longest / 4 : 0
    func piece(_ text: [Character]) -> String {
      let end = min(text.count, start + longest)
      guard start < end else { return String(text.prefix(longest)) }
      return (start > 0 ? "..." : "") + String(text[start..<end]) + (end < text.count ? "..." : "")
    }
    return (piece(mine), piece(theirs))
  }
}
