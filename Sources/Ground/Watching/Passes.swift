/// An observer that is told of a picture's passes through an encoder, and may end the work between
/// two of them.
///
/// ```swift
/// let scores = try view.passes.concurrently(4000) { score(changed($0)) }
/// ```
///
/// A pass takes a second at most and cannot be divided, so maps and measures that take thousands of
/// passes ask here before each one. If they may not go on, they throw `Interrupted`, and nothing is
/// kept of that picture.
public struct Passes: Sendable {
  /// Is told that so many more passes are about to begin.
  package var begin: @Sendable (_ count: Int) -> Void
  /// Is told that one pass is done.
  package var end: @Sendable () -> Void
  package var goesOn: @Sendable () -> Bool

  package init(
    begin: @escaping @Sendable (_ count: Int) -> Void = { _ in },
    end: @escaping @Sendable () -> Void = {}, goesOn: @escaping @Sendable () -> Bool = { true }
  ) {
    self.begin = begin
    self.end = end
    self.goesOn = goesOn
  }

  /// The observer that ignores all passes and never ends the work.
  public static let silent = Passes()

  package func check() throws {
    guard goesOn() else { throw Interrupted() }
  }

  /// Runs one pass: asks beforehand whether to go on, and reports the pass afterward.
  package func each<Value>(_ pass: () throws -> Value) throws -> Value {
    try check()
    let value = try pass()
    end()
    return value
  }

  /// Runs many passes, each on one core, and returns their results in order.
  package func concurrently<Value: Sendable>(
    _ count: Int, _ pass: @escaping @Sendable (Int) throws -> Value
  ) throws -> [Value] {
    begin(count)
    return try Ground.concurrently(count) { index in try each { try pass(index) } }
  }
}
