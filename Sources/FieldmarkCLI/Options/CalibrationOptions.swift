import Auditing
import Calibrating
import Ground
import Parsing

/// The option that has an audit calibrated on the user's own model and pictures.
struct CalibrationOptions: OptionGroup {
  let pairs = Option<Int?>(
    "calibrate", placeholder: "N",
    "Before the audit, plants marks (a word, a border, a color cast, another background, a listed color on a "
      + "part) in pictures of N pairs of classes that look alike, and tells from which share on heads that go by "
      + "them are found.")

  static func isAsked(_ input: Input) -> Bool { input[CalibrationOptions.pairs] != nil }

  /// Refuses what a calibration cannot be done with, before anything is read.
  static func check(_ input: Input, isSingle: Bool) throws {
    guard let count = input[CalibrationOptions.pairs] else { return }
    let option = "option --calibrate"
    guard count > 0 else {
      throw InputError(
        option, expected: "at least 1 pair of classes", found: "\(count)", kind: .words)
    }
    guard !input[AuditOptions.isQuick] else {
      throw InputError(option, expected: "not together with --quick", found: "both", kind: .words)
    }
    guard !isSingle else {
      throw InputError(option, expected: "a dataset", found: "a single picture", kind: .words)
    }
  }

  /// What makes the calibration that is asked for; nil where none is.
  static func calibrator(_ input: Input, _ audit: Audit) throws -> Calibrator? {
    try input[CalibrationOptions.pairs].map { try Calibrator(audit, pairs: $0) }
  }

  /// The calibration of a run, from its file where that is of the same; nil if the user interrupted it.
  static func calibration(
    _ calibrator: Calibrator, _ plan: AuditPlan, to path: Path, _ study: OpenedStudy,
    _ output: Output
  ) throws -> Calibration? {
    let subject = plan.calibrationSubject
    if let kept = try? Calibration(reading: path), kept.subject == subject,
      kept.asked == calibrator.pairsCount
    {
      output.note("\(path): the calibration of the same model, pictures and settings is kept.")
      return kept
    }
    output.note(
      "The calibration plants marks in \(counted(calibrator.pictures, "picture")) of "
        + "\(counted(calibrator.pairsCount, "pair")) of classes and takes up to \(calibrator.passes) passes "
        + "through the model, before the audit begins.")
    let found = try study.before(
      "planted pictures", of: calibrator.plantings,
      "Ctrl-C ends it, and nothing of the calibration is kept"
    ) { try calibrator.calibration(of: subject, after: $0) }
    try found?.write(to: path)
    return found
  }
}

extension JSON {
  /// The summary of a run with the calibration, where there is one.
  func with(_ calibration: Calibration?) -> JSON {
    guard let calibration, let members else { return self }
    return .object(members + [.init("calibration", calibration.json())])
  }
}
