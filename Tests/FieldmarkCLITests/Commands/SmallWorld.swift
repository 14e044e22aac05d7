import Fieldmark
import FieldmarkCLI
import Parsing
import Testing

/// Six pictures of each of three species that differ much, in a folder of their own.
func inWorld(_ body: (ModelsFixture, _ folder: String) throws -> Void) throws {
  try ModelsFixture.run { home in
    let species = ["Redshouldered Brackle", "Lemon Thornet", "Leafgreen Thornet"]
    let world = World(seed: 3, size: 96, species: try species.map { try Species.find($0) })
    let folder = "\(home.home)/birds"
    _ = try WorldFolder(world, at: Fieldmark.Path(folder), captions: 0).write(30, goesOn: { true })
    {
      _ in
    }
    try body(home, folder)
  }
}

/// With a head for the three species.
func inTrainedWorld(
  _ body: (ModelsFixture, _ birds: String, _ probe: String) throws -> Void
)
  throws
{
  try inWorld { home, birds in
    let probe = "\(home.home)/probe.safetensors"
    #expect(
      home.transcript(["train", birds, "-o", probe, "--with", "least-squares"]).status == .done)
    try body(home, birds, probe)
  }
}
