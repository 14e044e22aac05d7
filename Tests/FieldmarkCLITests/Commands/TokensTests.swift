import FieldmarkCLI
import Parsing
import Testing

@Test func tokensShowsNumbersAndPieces() {
  let transcript = Program.fieldmark.transcript(["tokens", "red epaulets", "Fish\u{202e}Crow"])
  #expect(
    transcript.results == """
      red epaulets
        49406            736      1178  627  3243      49407
        <|startoftext|>  red</w>  ep    au   lets</w>  <|endoftext|>
      Fish\\u{202e}Crow
        49406            2759      728       362       16019     49407
        <|startoftext|>  fish</w>  \\xe2\\x80  \\xae</w>  crow</w>  <|endoftext|>

      """)
  #expect(transcript.notes == "")
  #expect(transcript.status == .done)
}

@Test func tokensPrintsAnObjectForEveryText() {
  let transcript = Program.fieldmark.transcript([
    "tokens", "--json", "--normalizer=huggingface", "“a” \n", "b",
  ])
  #expect(
    transcript.results == #"""
      {"text":"“a” \n","normalizer":"huggingface","ids":[49406,728,506,320,728,507,49407],"pieces":["<|startoftext|>","\\xe2\\x80","\\x9c</w>","a</w>","\\xe2\\x80","\\x9d</w>","<|endoftext|>"],"truncated":false,"notes":[]}
      {"text":"b","normalizer":"huggingface","ids":[49406,321,49407],"pieces":["<|startoftext|>","b</w>","<|endoftext|>"],"truncated":false,"notes":[]}

      """#)
}

@Test func tokensSaysWhatWasCut() {
  let text = Array(repeating: "bird", count: 78).joined(separator: " ")
  let transcript = Program.fieldmark.transcript(["tokens", "--json", "--truncate", text])
  let note = """
    prompt 'bird bird bird bird bird bird bird bird bird bird bird bi...' has 80 tokens, of which \
    77 fit: 'bird bird bird' was cut
    """
  #expect(transcript.notes == note + ".\n")
  #expect(transcript.results.hasSuffix(",\"truncated\":true,\"notes\":[\"\(note)\"]}\n"))
}

@Test(
  arguments: [
    (
      ["tokens"],
      "fieldmark tokens: expected at least one TEXT, found none; see 'fieldmark tokens --help'."
    ),
    (
      ["tokens", ""],
      "prompt '': expected words, found nothing to read; texts without words must be "
        + "allowed explicitly (--allow-empty)."
    ),
    (
      ["tokens", "--normalizer", "clip", "x"],
      "option --normalizer: expected one of openai, huggingface, found 'clip'."
    ),
    (
      ["tokens", "--vocabulary=100", "x"],
      "vocabulary: expected 514 to 49408 numbers, found 100."
    ),
  ])
func tokensRefusesInOneSentence(words: [String], message: String) {
  let transcript = Program.fieldmark.transcript(words)
  #expect(transcript.notes == message + "\n")
  #expect(transcript.results == "")
  #expect(transcript.status.code == 64)
}

@Test func tokensRefusesWhatIsNotText() {
  let words = [Word("tokens".utf8), [0x61, 0xff]]
  #expect(
    Program.fieldmark.transcript(words: words).notes
      == "fieldmark tokens: expected UTF-8 text, found 'a\\xff'.\n")
}

@Test func tokensTakesSpecialTokensAndShortVocabulariesWhenAsked() {
  let transcript = Program.fieldmark.transcript([
    "tokens", "--allow-special", "--allow-empty", "--vocabulary", "515", "<|endoftext|>in", "",
  ])
  #expect(
    transcript.results == """
      <|endoftext|>in
        513              514            72  333    514
        <|startoftext|>  <|endoftext|>  i   n</w>  <|endoftext|>

        513              514
        <|startoftext|>  <|endoftext|>

      """)
}
