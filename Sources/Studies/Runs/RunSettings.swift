import Ground

/// The settings of a run by name, in the order in which a reader wants them.
public struct RunSettings: Equatable, Sendable {
  public let members: [JSON.Member]

  public init(_ members: [JSON.Member]) { self.members = members }

  public subscript(name: String) -> JSON? { members.first { $0.key == name }?.value }

  /// Throws if another run has different settings, since numbers of the two runs would not be
  /// comparable.
  package func check(same other: RunSettings, as path: Path) throws {
    let differences = RunDifference.all(between: members, and: other.members)
    guard !differences.isEmpty else { return }
    let some = differences.prefix(RunDifference.most)
    let more = differences.count - some.count
    throw InputError(
      path.description,
      expected: "a run with " + some.map(\.expected).joined(separator: ", "),
      found: some.map(\.found).joined(separator: ", ") + (more > 0 ? ", and \(more) more" : ""),
      hint: "write a run with other settings to another file", kind: .words)
  }
}
