import Encoders

/// What was asked of a run: by name, in the order in which a reader wants it.
public struct RunSettings: Equatable, Sendable {
  public let members: [JSON.Member]

  public init(_ members: [JSON.Member]) { self.members = members }

  public subscript(name: String) -> JSON? { members.first { $0.key == name }?.value }

  /// The same with another value for one of them.
  public func with(_ name: String, _ value: JSON) -> RunSettings {
    RunSettings(members.map { $0.key == name ? JSON.Member(name, value) : $0 })
  }

  /// Throws where another run's differ: its numbers and these would not mean the same.
  func check(same other: RunSettings, as path: Path) throws {
    let names = other.members.map(\.key) + members.map(\.key).filter { other[$0] == nil }
    let differing = names.filter { self[$0] != other[$0] }
    guard !differing.isEmpty else { return }
    func told(_ settings: RunSettings) -> String {
      differing.map { "\($0) \(settings[$0]?.written() ?? "not set")" }.joined(separator: ", ")
    }
    throw InputError(
      path.description, expected: "a run with \(told(self))", found: told(other),
      hint: "another file takes a run with other settings", kind: .words)
  }
}
