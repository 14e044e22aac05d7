import Dispatch
import FieldmarkCLI
import Parsing
import Testing

/// What a run printed where, and how it ended.
struct Transcript: Equatable {
  var results = ""
  var notes = ""
  var status: Parsing.ExitStatus = .done
}

extension Program {
  /// Runs a command line without a terminal. A command that reads an option which it does not have is a
  /// mistake that every test finds, unless it is about that.
  func transcript(_ words: [String], isStrict: Bool = true) -> Transcript {
    transcript(words: words.map { Word($0.utf8) }, isStrict: isStrict)
  }

  func transcript(words: [Word], isStrict: Bool = true) -> Transcript {
    let page = Page()
    var program = self
    if isStrict {
      program.undeclared = { command, option in
        Issue.record("'\(command)' reads \(option.flag), which it does not have")
      }
    }
    let status = program.run(
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
