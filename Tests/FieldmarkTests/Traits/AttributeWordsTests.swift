import Fieldmark
import Foundation
import Testing

private let attributes = [
  "has_wing_color::blue", "has_size::small_(5_-_9_in)", "fin_shape::forked",
]
.map { Attribute($0) }

@Test func theWordsOfKnownAttributesAreKnown() {
  let words = AttributeWords(of: attributes)
  #expect(
    words.all[0]
      == .init("blue wings", base: "bird wings", parts: ["left wing", "right wing"]))
  #expect(words.all[1].parts == [], "a size is nowhere in particular")
  #expect(words.isLocal(0) && !words.isLocal(1))
}

@Test func othersGetTheirWordsFromTheirNames() {
  let words = AttributeWords(of: [Attribute("has_fin_shape::deeply_forked"), Attribute("crested")])
  #expect(words.all[0] == .init("deeply forked fin shape", base: "bird", parts: nil))
  #expect(words.all[1] == .init("crested", base: "bird"))
  #expect(words.isLocal(0), "nobody said that it is nowhere")
  let fish = AttributeWords(of: [Attribute("fin::red")], thing: "fish")
  #expect(fish.all[0].base == "fish" && fish.phrases == ["red fin", "fish"])
}

@Test func everyPhraseIsAskedForOnce() {
  let words = AttributeWords(of: [attributes[0], Attribute("has_wing_color::red"), attributes[0]])
  #expect(words.phrases == ["blue wings", "red wings", "bird wings", "bird"])
}

private func read(_ text: String) throws -> AttributeWords {
  var words: AttributeWords?
  try inSmallFolder { folder in
    try folder.put("words.txt", text)
    words = try AttributeWords(of: attributes, from: folder.path / "words.txt")
  }
  return try #require(words)
}

@Test func aFilesWordsTakeThePlaceOfTheOthers() throws {
  let words = try read(
    """
    # What our fish have
    fin_shape::forked\ta forked fin\ta fin\tdorsal fin, tail fin
    has_wing_color::blue\tsky-blue wings
    has_size::small_(5_-_9_in)\t\t\tbody

    """)
  #expect(words.all[2] == .init("a forked fin", base: "a fin", parts: ["dorsal fin", "tail fin"]))
  #expect(
    words.all[0]
      == .init("sky-blue wings", base: "bird wings", parts: ["left wing", "right wing"]))
  #expect(words.all[1].phrase == AttributeWords(of: attributes).all[1].phrase)
  #expect(words.all[1].parts == ["body"] && words.isLocal(1))
}

@Test(arguments: [
  (
    "# none\nhas_wing_color::bleu\tblue wings\n",
    "FOLDER/words.txt line 2: expected one of the 3 attributes, found 'has_wing_color::bleu'; "
      + "did you mean 'has_wing_color::blue'?"
  ),
  (
    "\u{202e}\n",
    "FOLDER/words.txt line 1: expected one of the 3 attributes, found '\\u{202e}'; "
      + "the name stands before the first tab."
  ),
])
func aFileOfWordsIsRefusedInASentence(_ text: String, _ sentence: String) throws {
  try inSmallFolder { folder in
    try folder.put("words.txt", text)
    let error = #expect(throws: InputError.self) {
      try AttributeWords(of: attributes, from: folder.path / "words.txt")
    }
    let said = "\(try #require(error))"
    #expect(said.replacingOccurrences(of: folder.path.description, with: "FOLDER") == sentence)
  }
}
