import FieldmarkCLI
import Foundation
import Parsing
import Testing

/// What stands on a line where somebody asks for completions, and words that are offered and are not.
struct Line: CustomTestStringConvertible, Sendable {
  let text: String
  let offered: [String]
  var missing: [String] = []
  var testDescription: String { text }

  static let all = [
    Line(
      text: "fieldmark ", offered: ["highlight", "models", "bench", "manual"], missing: ["show"]),
    Line(text: "fieldmark hi", offered: ["highlight"], missing: ["audit"]),
    Line(text: "fieldmark models ", offered: ["show", "get"], missing: ["audit", "wren.png"]),
    Line(text: "fieldmark bench p", offered: ["passes", "probes", "pictures"], missing: ["words"]),
    Line(text: "fieldmark bench maps --m", offered: ["--model", "--method"], missing: ["--fit"]),
    Line(
      text: "fieldmark highlight --co", offered: ["--colormap", "--concept", "--color-bar"],
      missing: ["--compare"]),
    Line(text: "fieldmark models show --ac", offered: ["--activation"]),
    Line(text: "fieldmark highlight --method grad-c", offered: ["grad-cam", "grad-cam++"]),
    Line(text: "fieldmark highlight --colormap ", offered: ["viridis", "turbo", "jet"]),
    Line(text: "fieldmark compare a --methods gem,lay", offered: ["gem,layer-cam"]),
    Line(text: "fieldmark evaluate a --measures inse", offered: ["insertion"]),
    Line(text: "fieldmark train a --format fish-vista-i", offered: ["fish-vista-identification"]),
    Line(text: "fieldmark highlight wren.", offered: ["wren.png"]),
    Line(text: "fieldmark highlight a -o wren.", offered: ["wren.png"]),
    Line(text: "fieldmark tokens wren.", offered: [], missing: ["wren.png"]),
  ]
}

private let bash = Shell.find("bash")
private let zsh = Shell.find("zsh")
private let fish = Shell.find("fish")

@Test(.enabled(if: bash != nil, "bash is not on this machine"))
func bashCompletesCommandsOptionsValuesAndFiles() throws {
  try Shell.withManual("bash") { folder in
    for line in Line.all {
      let script = """
        source ./manual
        COMP_WORDS=(\(line.text)"")
        [[ "\(line.text)" == *" " ]] || COMP_WORDS=(\(line.text))
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _fieldmark
        printf '%s\\n' "${COMPREPLY[@]}"
        """
      let found = try Shell.output(of: #require(bash), ["--norc", "-c", script], in: folder)
      try expect(line, found.split(separator: "\n").map(String.init))
    }
  }
}

/// bash hands `--option=value` over as three words, and a file's name may have spaces.
@Test(.enabled(if: bash != nil, "bash is not on this machine"))
func bashCompletesBehindAnEqualsSignAndNamesWithSpaces() throws {
  try Shell.withManual("bash") { folder in
    let script = """
      source ./manual
      COMP_WORDS=(fieldmark highlight --colormap = v); COMP_CWORD=4; _fieldmark
      echo "${COMPREPLY[*]}"
      COMP_WORDS=(fieldmark highlight --colormap =); COMP_CWORD=3; _fieldmark
      echo "${COMPREPLY[*]}"
      COMP_WORDS=(fieldmark highlight "wren o"); COMP_CWORD=2; _fieldmark
      echo "${#COMPREPLY[@]} ${COMPREPLY[0]}"
      """
    let found = try Shell.output(of: #require(bash), ["--norc", "-c", script], in: folder)
    #expect(found == "viridis\nviridis turbo jet\n1 wren one.jpg\n")
  }
}

@Test(.enabled(if: fish != nil, "fish is not on this machine"))
func fishCompletesCommandsOptionsValuesAndFiles() throws {
  try Shell.withManual("fish") { folder in
    for line in Line.all {
      let script = "source ./manual; complete -C '\(line.text)'"
      let found = try Shell.output(of: #require(fish), ["--no-config", "-c", script], in: folder)
      let words = found.split(separator: "\n").compactMap {
        $0.split(separator: "\t").first.map(String.init)
      }
      try expect(line, words)
    }
  }
}

/// zsh completes in its line editor alone, so that a terminal is played to it.
@Test(.enabled(if: zsh != nil, "zsh is not on this machine"))
func zshCompletesCommandsOptionsValuesAndFiles() throws {
  try Shell.withManual("zsh") { folder in
    try """
    PROMPT='%%%%'; unsetopt beep promptsp promptcr automenu; LISTMAX=0; COLUMNS=400
    autoload -Uz compinit; compinit -u -D
    source ./manual
    bindkey '^I' list-choices
    """.write(to: folder.appendingPathComponent(".zshrc"), atomically: true, encoding: .utf8)
    let script = """
      zmodload zsh/zpty
      zpty -b z 'ZDOTDIR=. zsh -d -i'
      zpty -r z chunk '*%%*'
      zpty -n -w z "$1"$'\\t'
      all=
      for ((i = 0; i < 40; i++)); do
        sleep 0.05
        before=$#all
        while zpty -rt z chunk; do all+=$chunk; done
        (( $#all > $#1 + 20 && $#all == before )) && break
      done
      print -r -- $all
      """
    for line in Line.all where !line.offered.isEmpty {
      let found = try Shell.output(
        of: #require(zsh), ["-f", "-c", script, "zsh", line.text], in: folder)
      let words = found.split { $0.isWhitespace || $0 == "\r\n" }.map(String.init)
      // The last part of a list is offered by itself.
      let offered = line.offered.map { String($0.split(separator: ",").last ?? "") }
      for word in offered {
        #expect(words.contains { $0.hasSuffix(word) }, "\(line.text): \(word) in \(found)")
      }
      // Sentences stand beside them, in which any word may be.
      for word in line.missing where word.contains("-") || word.contains(".") {
        #expect(!words.contains(word), "\(line.text): no \(word) in \(found)")
      }
    }
  }
}

private func expect(_ line: Line, _ found: [String]) throws {
  for word in line.offered {
    #expect(found.contains(word), "\(line.text): \(word) in \(found)")
  }
  for word in line.missing {
    #expect(!found.contains(word), "\(line.text): no \(word) in \(found)")
  }
}
