import Fieldmark
import Testing

@Test(arguments: [
  ("red epaulets", "red-epaulets"), ("a Gambel's quail!", "a-gambel-s-quail"),
  ("  2 wing bars; ", "2-wing-bars"), ("Ä/Ö\\..", "ä-ö"), ("कौवा", "कौवा"), ("!?", "concept"),
  ("..", "concept"), (String(repeating: "ö", count: 40), String(repeating: "ö", count: 30)),
])
func aSlugHasTheWordsOfAConcept(_ concept: String, _ slug: String) {
  #expect(FileNames.slug(concept) == slug)
}

@Test func namesComeFromPictureAndQuestion() {
  let names = FileNames(
    ["photos/blackbird.jpg", ".hidden", "photos/no"], ["red-epaulets", "bird"])
  #expect(names["photos/blackbird.jpg", 0] == "blackbird-red-epaulets")
  #expect(names["photos/blackbird.jpg", 1] == "blackbird-bird")
  #expect(names[".hidden", 1] == ".hidden-bird")
  #expect(names["photos/no", 0] == "no-red-epaulets")
}

@Test func noTwoNamesAreTheSame() {
  let pictures: [Fieldmark.Path] = ["a/1.jpg", "b/1.jpg", "b/1.png", "1-bird.jpg", "A/1-BIRD.jpg"]
  let names = FileNames(pictures, ["bird", "Bird", "2"])
  let all = pictures.flatMap { picture in (0..<3).map { names[picture, $0].description } }
  #expect(
    all == [
      "1-bird-2", "1-Bird-3", "1-2", "1-bird-4", "1-Bird-5", "1-2-2", "1-bird-6", "1-Bird-7",
      "1-2-3", "1-bird-bird", "1-bird-Bird-2", "1-bird-2-2", "1-BIRD-bird-3", "1-BIRD-Bird-4",
      "1-BIRD-2-3",
    ])
  #expect(Set(all.map { $0.lowercased() }).count == all.count)
}

/// `1-bird.jpg` and `1-bird.heat.png` may lie where the files of `1.jpg` go.
@Test func noNameIsThatOfAPicture() {
  for other in ["1-bird.jpg", "x/1-Bird.heat.png", "1-bird.png.jpg"] as [Fieldmark.Path] {
    #expect(FileNames(["1.jpg", other], ["bird"])["1.jpg", 0] == "1-bird-2", "\(other)")
  }
}

@Test func aPictureNamedTwiceHasItsNamesOnce() {
  #expect(FileNames(["1.jpg", "1.jpg"], ["bird"])["1.jpg", 0] == "1-bird")
}

@Test func namesFitIntoADirectoryAndStayText() {
  let long = Fieldmark.Path("x/a" + String(repeating: "ü", count: 120) + ".jpeg")
  let names = FileNames([long], [String(repeating: "w", count: 127)])
  #expect(names[long, 0].bytes.count < 240)
  #expect(String(validating: names[long, 0].bytes, as: UTF8.self) != nil)
  let bytes = Fieldmark.Path(bytes: [0xff, 0x2e, 0x6a])
  #expect(FileNames([bytes], ["bird"])[bytes, 0].bytes == [0xff] + Array("-bird".utf8))
}
