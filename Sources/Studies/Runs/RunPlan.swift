import Ground

/// What a command was asked, as a run keeps it: a value that writes itself into the run, and reads itself
/// back.
///
/// ```swift
/// let run = try RunFile("birds.run", plan)       // new, or one of the same plan
/// try EvaluationPlan(run) == plan
/// ```
///
/// What a run does not say is nil, or what is usual: runs of older versions have fewer settings.
public protocol RunPlan: Equatable, Sendable {
  var settings: RunSettings { get }

  /// Throws where a setting is damaged or unknown.
  init(_ settings: RunSettings, of path: Path) throws
}

extension RunPlan {
  public init(_ run: RunFile) throws { try self.init(run.settings, of: run.path) }

  /// Plans are equal that are written alike.
  public static func == (a: Self, b: Self) -> Bool { a.settings == b.settings }

  /// In what another plan differs from this one, setting by setting, in words.
  package func differences(from other: Self) -> [RunDifference] {
    RunDifference.all(between: settings.members, and: other.settings.members)
  }
}

extension RunFile {
  /// Opens a run to go on with it, or begins one. A run of another plan is refused, with what differs.
  public convenience init(_ path: Path, _ plan: some RunPlan) throws {
    try self.init(path, plan.settings)
  }
}

/// Which command a run is of.
public enum RunKind: String, CaseIterable, Sendable {
  case evaluate, audit

  /// Named first in every run.
  package static let setting = RunSetting<RunKind>.choice("command")
}

extension RunFile {
  /// Nil of a run that no command here makes.
  public var kind: RunKind? {
    let kind = try? RunKind.setting.read(settings, of: path)
    return kind ?? nil
  }

  /// What the run depends on, whatever it asks.
  public func inputs() throws -> RunInputs { try RunInputs(settings, of: path) }

  /// What messages say that a run is: `one of 'train'`, `another`.
  package var kindInWords: String {
    settings[RunKind.setting.name]?.string.map { "one of '\(printable($0.utf8))'" } ?? "another"
  }
}
