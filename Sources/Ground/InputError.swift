/// An error in something that came from outside. It says where, what was expected there, what was
/// found, and, if there is one, a step that helps.
///
/// ```swift
/// throw InputError("tensor 'visual.proj'", expected: "768 x 512", found: "512 x 768")
/// // tensor 'visual.proj': expected 768 x 512, found 512 x 768.
/// ```
///
/// Mistakes in Fieldmark itself are `precondition`s; nothing that a user can cause may trap.
public struct InputError: Error, Equatable, Sendable {
  /// Where the error comes from, which decides the exit status of the command line.
  public enum Kind: Int32, Sendable {
    /// The arguments of a command line.
    case words = 64
    /// A file, weights, a dataset, a server's answer.
    case input = 65
    /// A place that cannot be written to.
    case output = 73
  }

  public var place: String
  public var expected: String
  public var found: String
  public var hint: String?
  /// The settings that the hint mentions, by their names in the library. Whoever shows the message
  /// may add how they are set: the command line adds the names of its options.
  public var settings: [String]
  public var kind: Kind

  public init(
    _ place: String, expected: String, found: String, hint: String? = nil,
    settings: [String] = [], kind: Kind = .input
  ) {
    self.place = place
    self.expected = expected
    self.found = found
    self.hint = hint
    self.settings = settings
    self.kind = kind
  }
}

extension InputError: CustomStringConvertible {
  public var description: String {
    let sentence = "\(place): expected \(expected), found \(found)" + (hint.map { "; \($0)" } ?? "")
    return sentence.hasSuffix("?") ? sentence : sentence + "."
  }
}
