import Ground

/// The settings of a command as typed values. A plan writes itself into a run and reads itself
/// back.
///
/// ```swift
/// let run = try RunFile("birds.run", plan)       // new, or one of the same plan
/// try EvaluationPlan(run) == plan
/// ```
///
/// Settings that a run does not have are nil or the default, since runs of older versions have
/// fewer of them.
public protocol RunPlan: Equatable, Sendable {
  var settings: RunSettings { get }

  /// Throws if a setting is damaged or unknown.
  init(_ settings: RunSettings, of path: Path) throws
}

extension RunPlan {
  public init(_ run: RunFile) throws { try self.init(run.settings, of: run.path) }

  /// Plans are equal if they are written alike.
  public static func == (a: Self, b: Self) -> Bool { a.settings == b.settings }

  /// The settings in which another plan differs from this one, in words.
  package func differences(from other: Self) -> [RunDifference] {
    RunDifference.all(between: settings.members, and: other.settings.members)
  }
}

extension RunFile {
  /// Opens a run to continue it, or begins a new one. If the run has another plan, an error says
  /// what differs.
  public convenience init(_ path: Path, _ plan: some RunPlan) throws {
    try self.init(path, plan.settings)
  }
}

/// The command that made a run.
public enum RunKind: String, CaseIterable, Sendable {
  case evaluate, audit

  /// The setting that comes first in every run.
  package static let setting = RunSetting<RunKind>.choice("command")
}

extension RunFile {
  /// Nil if the run was made by an unknown command.
  public var kind: RunKind? {
    let kind = try? RunKind.setting.read(settings, of: path)
    return kind ?? nil
  }

  /// What the run depends on, whichever command made it.
  public func inputs() throws -> RunInputs { try RunInputs(settings, of: path) }

  /// The kind of the run in messages: `one of 'train'`, `another`.
  package var kindInWords: String {
    settings[RunKind.setting.name]?.string.map { "one of '\(printable($0.utf8))'" } ?? "another"
  }
}
