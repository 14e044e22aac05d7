import Fieldmark
import FieldmarkCLI
import Foundation
import Testing

private let vit = ModelsFixture.shipped("encoders/vit")
private let wide = ModelsFixture.shipped("encoders/pictures/wide.png")
private let words = ["highlight", wide, "-m", vit, "-c", "bird", "-c", "snow"]

private func objects(_ transcript: Transcript) throws -> [JSON] {
  try transcript.results.split(separator: "\n").map {
    try JSON(parsing: Array($0.utf8), place: "results")
  }
}

private func heat(_ object: JSON, _ home: ModelsFixture) throws -> (most: UInt8, name: String) {
  let name = try #require(object["files"]?.array?.first?.string)
  let path = name.replacingOccurrences(of: "HOME", with: home.home)
  return (try #require(try Picture(Fieldmark.Path(path)).pixels.max()), name)
}

/// The brightest of all maps of a picture is white, and the others are as bright as they are beside
/// it.
@Test func mapsMayShareOneScale() throws {
  try ModelsFixture.run { home in
    let each = try objects(home.transcript(words + ["--json", "--save", "heat", "-o", "HOME/o"]))
    // Between the middles of cells a map does not quite reach its highest value.
    #expect(try each.allSatisfy { try heat($0, home).most > 240 })
    let shared = try objects(
      home.transcript(
        words + ["--json", "--save", "heat", "-o", "HOME/o", "--scale", "shared"]))
    #expect(shared.map { $0["values"] } == each.map { $0["values"] })
    let peaks = shared.map { ($0["values"]?.array ?? []).compactMap(\.number).max() ?? 0 }
    let most = try #require(peaks.max())
    for (object, peak) in zip(shared, peaks) {
      let (white, name) = try heat(object, home)
      #expect(abs(Double(white) - 255 * max(0, peak) / most) < 12)
      #expect(name.wholeMatch(of: /HOME\/o\/wide-(bird|snow)-encoders-vit-[0-9a-f]{6}.*/) != nil)
    }
  }
}

/// With another concept beside it, the drawing is another one, and so is its file.
@Test func aSharedScaleNamesFilesAfterAllConcepts() throws {
  try ModelsFixture.run { home in
    func names(_ concepts: [String]) -> [String] {
      let asked = concepts.flatMap { ["-c", $0] }
      return home.transcript(
        ["highlight", wide, "-m", vit, "--scale", "shared", "-o", "HOME/o/"] + asked
      ).results.split(separator: "\n").map(String.init)
    }
    let (alone, beside) = (names(["bird"]), names(["bird", "snow"]))
    #expect(alone.count == 1 && beside.count == 2 && alone[0] != beside[0])
  }
}

/// Shades of the terminal: the darkest is that of the highest value of all maps.
@Test func drawingsInTheTerminalShareTheScale() throws {
  try ModelsFixture.run { home in
    func darkest(_ more: [String]) -> [Bool] {
      let shown = home.transcript(words + ["--show"] + more, ["NO_COLOR": "1"]).results
      return shown.components(separatedBy: "snow, by").map { $0.contains("█") }
    }
    #expect(darkest([]) == [true, true])
    #expect(darkest(["--scale", "shared"]).count { $0 } == 1)
  }
}

@Test func aScaleThatIsNoneIsRefused() throws {
  try ModelsFixture.run { home in
    #expect(
      home.transcript(words + ["--scale", "all"]).notes
        == "option --scale: expected one of each, shared, found 'all'.\n")
  }
}
