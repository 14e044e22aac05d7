import Dispatch
import FieldmarkCLI

/// What a run printed where, and how it ended.
struct Transcript: Equatable {
  var results = ""
  var notes = ""
  var status: ExitStatus = .done
}

extension Program {
  /// Runs a command line without a terminal.
  func transcript(_ words: [String]) -> Transcript {
    transcript(words: words.map { Word($0.utf8) })
  }

  func transcript(words: [Word]) -> Transcript {
    let page = Page()
    let status = run(
      words,
      output: Output(print: { page.add($0, to: \.results) }, note: { page.add($0, to: \.notes) }))
    var transcript = page.transcript
    transcript.status = status
    return transcript
  }
}

/// Collects lines from whatever thread they come.
private final class Page: @unchecked Sendable {
  private let queue = DispatchQueue(label: "page")
  private var lines = Transcript()

  func add(_ line: String, to place: WritableKeyPath<Transcript, String>) {
    queue.sync { lines[keyPath: place] += line + "\n" }
  }

  var transcript: Transcript { queue.sync { lines } }
}
