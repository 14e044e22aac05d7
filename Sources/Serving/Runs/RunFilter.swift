import Auditing
import Ground

/// Which pictures of a run are shown, as an address says it. So a view can be sent.
///
///     let filter = try RunFilter(["class": "Cardinal", "right": "no"], served)
///     filter.query(from: 60)          // ?class=Cardinal&right=no&from=60
struct RunFilter: Equatable, Sendable {
  var label: Int?
  var isRight: Bool?
  var verdict: Verdict.Kind?
  /// Letters that a picture's path contains, in whatever case.
  var text = ""
  var isFailed = false
  /// The name of another run whose maps are shown beside.
  var beside: String?
  var from = 0
  /// Of the classes, for `query`.
  private var className: String?

  /// How many pictures a page shows.
  static let page = 60
  static let names: Set = ["class", "right", "verdict", "text", "failed", "beside", "from"]

  init(_ query: [String: String], _ served: ServedRun) throws {
    for name in query.keys.sorted() where !RunFilter.names.contains(name) {
      throw Refusal(
        400,
        "The address has '\(printable(name.utf8))', which no list of pictures knows; it may have "
          + RunFilter.names.sorted().joined(separator: ", ") + ".")
    }
    /// An empty field of a form asks for nothing.
    func asked(_ name: String) -> String? { query[name].flatMap { $0.isEmpty ? nil : $0 } }
    if let name = asked("class") {
      guard let place = served.classes.firstIndex(of: name) else {
        let near = nearest(to: name, among: served.classes)
        throw Refusal(
          400,
          "The run has no class '\(printable(name.utf8))'"
            + (near.map { "; did you mean '\(printable($0.utf8))'?" } ?? "."))
      }
      (label, className) = (place, name)
    }
    isRight = try asked("right").map { try RunFilter.yesOrNo($0, "right") }
    isFailed = try asked("failed").map { try RunFilter.yesOrNo($0, "failed") } ?? false
    verdict = try asked("verdict").map { name in
      guard let kind = Verdict.Kind(rawValue: name) else {
        throw Refusal(
          400,
          "No verdict is called '\(printable(name.utf8))'; there are "
            + Verdict.Kind.allCases.map(\.rawValue).joined(separator: ", ") + ".")
      }
      return kind
    }
    text = asked("text") ?? ""
    beside = asked("beside")
    from =
      try asked("from").map { text in
        guard let number = Int(text), number >= 0 else {
          throw Refusal(400, "'from' is a number of pictures, not '\(printable(text.utf8))'.")
        }
        return number
      } ?? 0
  }

  private static func yesOrNo(_ text: String, _ name: String) throws -> Bool {
    guard ["yes", "no"].contains(text) else {
      throw Refusal(400, "'\(name)' is yes or no, not '\(printable(text.utf8))'.")
    }
    return text == "yes"
  }

  func allows(_ entry: ServedRun.Entry) -> Bool {
    if isFailed != (entry.failure != nil) { return false }
    if let label, entry.label != label { return false }
    if let isRight, entry.isRight != isRight { return false }
    if let verdict, entry.verdict != verdict { return false }
    return text.isEmpty || entry.path.lowercased().contains(text.lowercased())
  }

  /// What follows the path in an address that shows the same with another beginning.
  func query(from: Int = 0) -> String {
    let parts: [(String, String?)] = [
      ("class", className), ("right", isRight.map { $0 ? "yes" : "no" }),
      ("verdict", verdict?.rawValue), ("text", text.isEmpty ? nil : text),
      ("failed", isFailed ? "yes" : nil), ("beside", beside),
      ("from", from > 0 ? "\(from)" : nil),
    ]
    let known = parts.compactMap { name, value in value.map { "\(name)=\(percentEncoded($0))" } }
    return known.isEmpty ? "" : "?" + known.joined(separator: "&")
  }
}
