import Datasets

/// Which attributes a picture of a class is asked for: those in which the class is most ahead of the one
/// that it may be taken for.
///
/// ```swift
/// let choice = AttributeChoice()
/// choice(table, of: 9, against: 8, words).map { table.attributes[$0.attribute].name }
/// // has_wing_pattern::multi-colored, has_wing_color::red, has_wing_color::orange
/// ```
///
/// The paper takes the three largest differences of the class-attribute table (Zhang et al. 2025, arXiv
/// 2501.11309, appendix A.2). Of CUB-200-2011's Red-winged and Brewer's Blackbird the third is
/// `shape::perching-like`, which is nowhere in particular: a map of it says nothing, so by default only
/// what is seen at a part counts.
public struct AttributeChoice: Equatable, Sendable {
  public var count = 3
  /// In percentage points: below it people did not agree that the classes differ.
  public var least: Float = 10
  /// Leaves out what belongs to no part.
  public var isLocal = true
  /// Of attributes that are seen at the same parts only the first.
  public var isOnePerPart = false
  /// Each group's percentages as shares of the group, for groups that allow several answers.
  public var isNormalized = false

  public init() {}

  public func callAsFunction(
    _ table: ClassAttributes, of target: Int, against confuser: Int, _ words: AttributeWords
  ) -> [ClassAttributes.Difference] {
    let table = isNormalized ? table.normalizedByGroup() : table
    var taken: Set<[String]> = []
    let fit = table.differences(from: confuser, to: target).filter { difference in
      guard difference.points >= least else { return false }
      if isLocal && !words.isLocal(difference.attribute) { return false }
      // Of parts that nobody told each attribute has its own.
      guard isOnePerPart, let parts = words.all[difference.attribute].parts else { return true }
      return taken.insert(parts.sorted()).inserted
    }
    return Array(fit.prefix(max(0, count)))
  }

  /// Attributes that hardly anybody saw in either class: what a map of an attribute is held against.
  public static func absent(
    _ table: ClassAttributes, in classes: [Int], atMost percent: Float = 1
  ) -> [Int] {
    table.attributes.indices.filter { attribute in
      classes.allSatisfy { table.percentages[$0, attribute] <= percent }
    }
  }
}
