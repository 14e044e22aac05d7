import Fieldmark
import Foundation
import Testing

@Test func aFileIsFoundFromAnotherFolder() throws {
  try inTemporaryFolder { folder in
    let files = FileManager.default
    for name in ["photos/birds", "out/maps"] {
      try files.createDirectory(
        atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
    }
    let bird = Fieldmark.Path("\(folder)/photos/birds/a.png")
    try write([1], to: bird)
    func seen(_ from: String) -> String? { bird.seen(from: Fieldmark.Path("\(folder)/\(from)")) }
    #expect(seen("photos/birds") == "a.png" && seen("photos") == "birds/a.png")
    #expect(seen("out/maps") == "../../photos/birds/a.png")
    #expect(seen("nowhere") == nil)
    #expect(Fieldmark.Path("gone.png").seen(from: "/") == nil)
  }
}
