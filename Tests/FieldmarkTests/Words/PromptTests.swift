import Fieldmark
import Testing

private let tokenizer = Tokenizer(normalizer: .openai)
private let birds = Array(repeating: "bird", count: 80).joined(separator: " ")

@Test func aPromptStandsBetweenStartAndEnd() throws {
  let prompt = try tokenizer.prompt("red epaulets")
  #expect(prompt.ids == [49_406, 736, 1178, 627, 3243, 49_407])
  #expect(prompt.padded.count == 77)
  #expect(prompt.padded.dropFirst(6).allSatisfy { $0 == 0 })
  #expect(prompt.notes == [])
}

@Test func aPromptOfSeventySevenTokensFits() throws {
  let text = Array(repeating: "bird", count: 75).joined(separator: " ")
  #expect(try tokenizer.prompt(text).ids.count == 77)
  #expect(throws: InputError.self) { try tokenizer.prompt(text + " bird") }
}

/// Some models read less than most, or more.
@Test func aPromptIsAsLongAsItsModelReads() throws {
  var short = tokenizer
  short.context = 4
  #expect(try short.prompt("red bird").padded == [49_406, 736, 3329, 49_407])
  #expect { try short.prompt("red bird bill") } throws: {
    "\($0)"
      == "prompt 'red bird bill': expected at most 4 tokens, found 5, which would cut 'bill'; it may be cut "
      + "there."
  }
  #expect(try short.prompt("red bird bill", truncating: true).ids.count == 4)
  short.context = 100
  #expect(try short.prompt(birds).ids.count == 82)
}

@Test func aPromptThatIsTooLongIsCutOnlyWhenAsked() throws {
  let prompt = try tokenizer.prompt(birds, truncating: true)
  #expect(prompt.ids.count == 77)
  #expect(prompt.ids.last == 49_407)
  #expect(prompt.isTruncated)
  #expect(
    prompt.notes == [
      "prompt 'bird bird bird bird bird bird bird bird bird bird bird bi...' has 82 tokens, of "
        + "which 77 fit: 'bird bird bird bird bird' was cut"
    ])
}

@Test(
  arguments: [
    (
      "",
      "prompt '': expected words, found nothing to read; texts without words must be allowed explicitly."
    ),
    (
      " \t\u{2028}",
      "prompt ' \\u{9}\\u{2028}': expected words, found nothing to read; texts without words must "
        + "be allowed explicitly."
    ),
    (
      birds,
      "prompt 'bird bird bird bird bird bird bird bird bird bird bird bi...': expected at most 77 "
        + "tokens, found 82, which would cut 'bird bird bird bird bird'; it may be cut there."
    ),
  ])
func aPromptThatCannotBeReadIsOneSentence(text: String, message: String) {
  #expect { try tokenizer.prompt(text) } throws: { "\($0)" == message }
}

@Test func anEmptyPromptIsAllowedWhenAsked() throws {
  #expect(try tokenizer.prompt("", allowingEmpty: true).ids == [49_406, 49_407])
}

@Test func lettersThatAreNotLatinAreNoted() throws {
  #expect(
    try tokenizer.prompt("птица").notes == [
      "prompt 'птица' has letters that are not Latin: CLIP learned from English texts"
    ])
  #expect(try tokenizer.prompt("Åse's naïve µ-bird 🐦 ½ ª").notes == [])
}

@Test func whatCannotBeShownIsKeptForTheModelAndEscapedForPeople() throws {
  let prompt = try tokenizer.prompt("bird\u{202e}drib", truncating: false)
  let pieces = tokenizer.pieces(of: prompt.ids)
  #expect(
    pieces == [
      "<|startoftext|>", "bird</w>", "\\xe2\\x80", "\\xae</w>", "dri", "b</w>", "<|endoftext|>",
    ])
  // NUL is no picture and no word: OpenAI's cleaning removes it, Hugging Face's keeps it.
  #expect(try tokenizer.ids(of: "a\0b") == tokenizer.ids(of: "ab"))
  let kept = Tokenizer(normalizer: .huggingface)
  #expect(try kept.pieces(of: kept.ids(of: "a\0b")) == ["a</w>", "\\u{0}</w>", "b</w>"])
}
