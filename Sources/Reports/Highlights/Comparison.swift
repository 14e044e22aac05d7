import Explaining
import Pictures

/// Maps of one picture side by side: a row for each concept and method, and a column for each
/// choice of references and strength. The first column is the method without references.
///
/// ```swift
/// let plan = Comparison.Plan([.init(named: [wing])], strengths: [0.6, 1])
/// let comparison = try Comparison([epaulets], plan, [.gradCAM], bird, Tiles(view))
/// try comparison.sheet(.turbo).drawn().write(to: "sheet.png")
/// ```
public struct Comparison: Sendable {
  /// The headings of the columns.
  public let columns: [String]
  public let rows: [Row]
  let picture: Picture

  public struct Row: Sendable {
    public let concept: String
    public let method: String
    /// A highlight for each column.
    public let highlights: [Highlight]
  }

  /// The references that each concept is compared with, and the strengths and weightings.
  public struct Plan: Sendable {
    public var references: [Group]
    public var strengths: [Float]
    public var weightings: [Weighting]
    public var words: [String: LeftOutWords]
    public var notes: [String: [String]]

    /// References that are subtracted together.
    public struct Group: Sendable {
      public let title: String
      public let count: Int
      let references: @Sendable (_ concept: Target) -> References

      public init(named targets: [Target]) {
        title = "against " + targets.map(\.name).joined(separator: ", ")
        count = targets.count
        references = { _ in .named(targets) }
      }

      /// References that a rule chooses for each picture among others, which may depend on the
      /// concept.
      public init(_ rule: ReferenceRule, others: @escaping @Sendable (Target) -> [Target]) {
        title = "against \(rule)"
        count = rule.count
        references = { .similar(rule, among: others($0)) }
      }
    }

    public init(
      _ references: [Group], strengths: [Float], weightings: [Weighting] = [.mean],
      words: [String: LeftOutWords] = [:], notes: [String: [String]] = [:]
    ) {
      self.references = references
      self.strengths = strengths
      self.weightings = weightings
      self.words = words
      self.notes = notes
    }
  }

  public init(
    _ concepts: [Target], _ plan: Plan, _ methods: [Method], _ picture: Picture, _ tiles: Tiles,
    _ settings: Method.Settings = .init()
  ) throws {
    let choices = plan.choices
    self.picture = picture
    columns = choices.map(\.title)
    rows = try concepts.flatMap { concept in
      let questions = choices.map { $0.question(concept, plan) }
      return try methods.map { method in
        Row(
          concept: concept.name, method: method.name,
          highlights: try Highlight.all(questions, method, tiles, settings))
      }
    }
  }
}

/// The question of one column.
private struct Choice {
  let title: String
  let question: @Sendable (Target, Comparison.Plan) -> Question
}

extension Comparison.Plan {
  fileprivate var choices: [Choice] {
    let plain = Choice(title: "alone") { concept, plan in
      Question(
        concept, .named([]), strength: 0, words: plan.words[concept.name],
        notes: plan.notes[concept.name] ?? [])
    }
    let contrasts = references.flatMap { group in
      // With a single reference, all weightings are the same.
      (group.count > 1 ? weightings : [.mean]).flatMap { weighting in
        strengths.filter { $0 != 0 }.map { strength in
          let way = group.count > 1 && weightings.count > 1 ? ", \(weighting.name)" : ""
          return Choice(title: "\(group.title), strength \(strength)\(way)") { concept, plan in
            Question(
              concept, group.references(concept), strength: strength, weighting: weighting,
              words: plan.words[concept.name], notes: plan.notes[concept.name] ?? [])
          }
        }
      }
    }
    return [plain] + contrasts
  }
}
