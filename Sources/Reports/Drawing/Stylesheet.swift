import CFieldmark

/// Style rules that are part of the program.
///
/// ```swift
/// Page("Birds", remark: "", [.stylesheet(.reports)])
/// ```
public struct Stylesheet: Sendable {
  let rules: String

  private init(_ file: fm_embedded) {
    rules = String(
      decoding: UnsafeBufferPointer(start: file.bytes, count: file.count), as: UTF8.self)
  }

  /// `Styles/report.css`, the rules of every page.
  public static let reports = Stylesheet(fm_embedded_report_style())
  /// `Styles/runs.css`, what pages about runs have besides.
  public static let runs = Stylesheet(fm_embedded_run_style())
}
