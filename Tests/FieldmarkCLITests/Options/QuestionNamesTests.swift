import FieldmarkCLI
import Foundation
import Parsing
import Testing

private let vit = ModelsFixture.shipped("encoders/vit")
private let wide = ModelsFixture.shipped("encoders/pictures/wide.png")

@Test func anotherQuestionHasOtherFiles() throws {
  try ModelsFixture.run { home in
    let words = ["highlight", wide, "-m", vit, "-o", "HOME/out", "-c", "red epaulets"]
    let more = [
      [], ["-a", "bird"], ["-a", "bird", "-g", "1"], ["--method", "layer-cam"],
      ["-a", "bird", "-a", "wing"], ["-a", "bird wing"],
    ]
    #expect(
      more.map { home.transcript(words + $0).results } == [
        "HOME/out/wide-red-epaulets-encoders-vit.png\n",
        "HOME/out/wide-red-epaulets-against-bird-encoders-vit.png\n",
        "HOME/out/wide-red-epaulets-against-bird-strength-1-encoders-vit.png\n",
        "HOME/out/wide-red-epaulets-layer-cam-encoders-vit.png\n",
        "HOME/out/wide-red-epaulets-against-bird+wing-encoders-vit.png\n",
        "HOME/out/wide-red-epaulets-against-bird-wing-encoders-vit.png\n",
      ])
    let others = [
      ["--layer", "1"], ["--layer", "0"], ["--pool", "mean"], ["--fit", "pad"],
      ["--fit", "squash"],
      ["--resolution", "80"], ["--precision", "bf16"], ["--template", "a {}."], ["--ensemble"],
      ["--colormap", "viridis"], ["--threshold", "0.7"], ["--seed", "1"],
    ]
    let names = others.map { home.transcript(words + $0).results }
    #expect(
      names.allSatisfy {
        $0.wholeMatch(of: /HOME\/out\/wide-red-epaulets-encoders-vit-[0-9a-f]{6}\.png\n/) != nil
      }, "\(names)")
    #expect(Set(names).count == others.count)
    // What changes nothing changes no name.
    #expect(
      home.transcript(words + ["--threads", "1", "--pool", "class"]).results
        == "HOME/out/wide-red-epaulets-encoders-vit.png\n")
    let made = try FileManager.default.contentsOfDirectory(atPath: "\(home.home)/out")
    #expect(made.count == more.count + others.count)
  }
}

/// The default folder lies where the tests are run, so the picture has a name of its own.
@Test func aSheetIsNamedAfterWhatItCompares() throws {
  try ModelsFixture.run { home in
    let name = "test-\(UUID().uuidString)"
    try home.copy(wide, to: "\(home.home)/\(name).png")
    let words = ["compare", "HOME/\(name).png", "-c", "red epaulets", "-a", "bird"]
    let more: [[String]] = [
      [], ["--strengths", "0.6,1", "--methods", "grad-cam,layer-cam"], ["--layer", "0"],
    ]
    let printed = more.flatMap {
      home.transcript(words + $0).results.split(separator: "\n").map(String.init)
    }
    defer { for file in printed { try? FileManager.default.removeItem(atPath: file) } }
    let start = "fieldmark-out/\(name)-compared-red-epaulets-against-bird"
    #expect(
      printed.prefix(4) == [
        "\(start).png", "\(start).html", "\(start)-strength-0.6+1-grad-cam+layer-cam.png",
        "\(start)-strength-0.6+1-grad-cam+layer-cam.html",
      ])
    #expect(Set(printed).count == 6)
    #expect(printed.allSatisfy { FileManager.default.fileExists(atPath: $0) })
  }
}
