import Fieldmark
import FieldmarkCLI
import Foundation
import Parsing
import Testing

/// Every command that writes a file where the words say so, with each place where none can be written.
@Test func aPlaceThatCannotBeWrittenToIsOneStatusForAllCommands() throws {
  try inTrainedWorld { home, birds, probe in
    func path(_ name: String) -> String { "\(home.home)/\(name)" }
    let run = path("whole.run")
    let words = ["--classifier", probe, "-n", "1", "-o"]
    #expect(
      home.transcript(["evaluate", birds, "--measures", "energy"] + words + [run]).status == .done)
    try FileManager.default.createDirectory(
      atPath: path("folder"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: path("link"), withDestinationPath: path("nothing"))
    let commands = [
      ["evaluate", birds, "--measures", "energy"] + words, ["audit", birds] + words,
      ["merge", run, "-o"], ["report", run, "-o"],
      ["train", birds, "--with", "least-squares", "-o"],
    ]
    for command in commands {
      for place in ["folder", "link", "whole.run/x", "/proc/x"] {
        let place = place.hasPrefix("/") ? place : path(place)
        let transcript = home.transcript(command + [place])
        #expect(
          transcript.status == ExitStatus(code: 73),
          "\(command[0]) -o \(place): \(transcript.notes)")
        #expect(transcript.results == "" && !transcript.notes.contains("unable to open"))
        if place == path("link") { continue }
        let forced = home.transcript(command + [place, "--force"])
        #expect(
          forced.status == ExitStatus(code: 73), "\(command[0]) -o \(place): \(forced.notes)")
      }
    }
    // A run is begun in its file, which a link to nothing is not.
    for command in commands.prefix(3) {
      let forced = home.transcript(command + [path("link"), "--force"])
      #expect(forced.status == ExitStatus(code: 73), "\(command[0]): \(forced.notes)")
      #expect(
        forced.notes.hasSuffix("HOME/link: expected a file of tables, found a link to nothing.\n"))
    }
    #expect(!FileManager.default.fileExists(atPath: path("nothing")))
  }
}
