import Ground
import Parsing

/// The options of `fieldmark manual`.
private struct Options: OptionGroup {
  let form = Option<ManualForm>(
    "form", default: .man,
    "A man page, a page in Markdown, or what a shell runs to complete commands, options and their values."
  )
}

private enum ManualForm: String, CaseIterable, Named, OptionValue {
  static let kind = "a form"
  case man, markdown, bash, zsh, fish

  func text(of program: Program) -> String {
    switch self {
    case .man: program.manPage
    case .markdown: program.markdown
    case .bash: program.bashCompletion
    case .zsh: program.zshCompletion
    case .fish: program.fishCompletion
    }
  }
}

extension Command {
  /// `fieldmark manual --form bash`: everything that `--help` says, as one text for a reader or a
  /// shell.
  package static let manual: Command = .init(
    "manual", "Prints the manual as a man page or in Markdown, or completions for a shell.",
    options: Options.self,
    notes: """
      'make install' installs the man page and the completions. To try completions without that:
      source <(fieldmark manual --form bash)
      """
  ) { input, output in
    try output.print(input[Options.form].text(of: .fieldmark))
    return .done
  }
}
