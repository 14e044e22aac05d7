import Datasets

/// Chooses the traits of a class: the attributes that it has most often beyond the class that it may be
/// taken for.
///
/// ```swift
/// let choice = AttributeChoice()
/// choice(table, of: 9, against: 8, words).map { table.attributes[$0.attribute].name }
/// // has_wing_pattern::multi-colored, has_wing_color::red, has_wing_color::orange
/// ```
///
/// The paper takes the three largest differences of the class-attribute table (Zhang et al. 2025, arXiv
/// 2501.11309, appendix A.2). Of CUB-200-2011's Red-winged and Brewer's Blackbird the third is
/// `shape::perching-like`, which lies at no place in particular, so a map of it says nothing. By default
/// only attributes that are seen at a part count.
public struct AttributeChoice: Equatable, Sendable {
  public var count = 3
  /// The least difference in percentage points; people did not agree on smaller ones.
  public var least: Float = 10
  /// Whether attributes that belong to no part are left out.
  public var isLocal = true
  /// Whether only the first of several attributes that are seen at the same parts is used.
  public var isOnePerPart = false
  /// Whether the percentages of each group are scaled to their sum, for groups that allow several
  /// answers.
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
      // An attribute without known parts is assumed to have parts of its own.
      guard isOnePerPart, let parts = words.all[difference.attribute].parts else { return true }
      return taken.insert(parts.sorted()).inserted
    }
    return Array(fit.prefix(max(0, count)))
  }
}
