import Testing

/// What is checked are the blocks that are fenced as Swift, which are examples of public and package
/// declarations. Other declarations cannot be seen from outside their target, so their examples are
/// indented without a fence, as formulas and file formats are. The compiler checks types and runs
/// nothing: a result that an example states in a comment is not checked.
@Test func everyExampleInADocCommentCompiles() throws {
  let examples = try CommentExample.all()
  try #require(examples.count > 200)
  let complaints = try CommentExample.complaints(about: examples)
  if !complaints.isEmpty {
    Issue.record("Examples do not compile:\n\(complaints.joined(separator: "\n"))")
  }
}

@Test func aFalseExampleIsRefusedWithItsPlace() throws {
  let text = """
    /// A path.
    ///
    /// ```swift
    /// let folder = Path("photos")
    /// folder.knid
    /// ```
    struct Path {
      /// ```swift
      /// folder.read(limit: 1)
      /// ```
      func read() {}

      /// ```swift
      /// try folder / "bird.jpg"
      /// bird.jpeg()      // `bird` is a sample
      /// birdie
      /// ```
      func jpeg() {}
    }
    """
  let examples = CommentExample.all(in: text, of: "Sources/Ground/Path.swift")
  let complaints = try CommentExample.complaints(about: examples)
  #expect(
    Set(complaints) == [
      "Sources/Ground/Path.swift:5:12: error: value of type 'Path' has no member 'knid'",
      "Sources/Ground/Path.swift:9:7: error: call can throw but is not marked with 'try'",
      "Sources/Ground/Path.swift:14:7: warning: no calls to throwing functions occur within 'try' "
        + "expression",
      "Sources/Ground/Path.swift:15:7: error: call can throw but is not marked with 'try'",
      "Sources/Ground/Path.swift:16:7: error: cannot find 'birdie' in scope",
    ])
}

@Test func anExampleIsABlockThatIsFencedAsSwift() {
  let text = """
    /// One, at its own line and column.
    ///
    /// ```swift
    /// first()
    ///
    ///   second()
    /// ```
    ///
    ///     let indented = "a formula"
    ///
    /// ```
    /// plain
    /// ```
    func one() {}

      /// ```swift
      /// third()
      func withoutAFence() {}
    """
  let examples = CommentExample.all(in: text, of: "Sources/Ground/One.swift")
  #expect(examples.map(\.line) == [4, 17])
  #expect(examples.map(\.code) == ["    first()\n   \n      second()\n", "      third()\n"])
}
