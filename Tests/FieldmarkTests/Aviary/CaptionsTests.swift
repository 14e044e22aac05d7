import Fieldmark
import Testing

@Test func captionsAreTrueAndOfManyWordings() {
  let world = World(seed: 6, size: 128)
  var seen: Set<String> = []
  var names = 0
  for index in 0..<60 {
    let sighting = world.draw(index)
    let captions = sighting.captions(20, seed: UInt64(index))
    #expect(captions == sighting.captions(20, seed: UInt64(index)))
    seen.formUnion(captions)
    let name = sighting.species.name.lowercased()
    names += captions.filter { $0.contains(name) }.count
    for caption in captions {
      #expect(!caption.contains("{}") && !caption.contains("  "), "\(caption)")
      // What it is said not to have, it does not have.
      for patch in sighting.plumage.keys {
        #expect(!caption.hasSuffix("without a \(patch.name)"), "\(caption)")
        #expect(!caption.hasSuffix("without \(patch.name)"), "\(caption)")
      }
      let others = Species.all.map { $0.name.lowercased() }.filter { $0 != name }
      #expect(!others.contains(where: caption.contains), "\(caption)")
    }
  }
  #expect(seen.count > 700 && names > 200)
  #expect(seen.contains { $0.hasPrefix("a bird without ") })
}
