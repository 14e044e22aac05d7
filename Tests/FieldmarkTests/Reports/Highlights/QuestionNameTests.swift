import Fieldmark
import Testing

@Test func aNameHasWhatIsNotAsUsual() {
  #expect(QuestionName(["red epaulets"]).written == "red-epaulets")
  #expect(QuestionName(["Red Epaulets", "bill"]).written == "red-epaulets+bill")
  #expect(
    QuestionName(
      ["bird"], against: ["wing", "a tail"], strengths: [0.25, 1], methods: ["grad-cam", "rise"],
      model: "ViT-B-16:openai"
    ).written == "bird-against-wing+a-tail-strength-0.25+1-grad-cam+rise-ViT-B-16-openai")
  #expect(QuestionName(["bird"], against: ["auto:3"]).written == "bird-against-auto-3")
}

@Test(
  arguments: [
    ("hf-hub:imageomics/bioclip", "imageomics-bioclip"), ("ViT-B-16.pt", "ViT-B-16"),
    ("/models/bioclip/open_clip_model.safetensors", "bioclip-open-clip-model"),
  ] as [(Fieldmark.Path, String)])
func aModelIsSpelledByItsLastNames(_ model: Fieldmark.Path, _ name: String) {
  #expect(QuestionName(["bird"], model: model).written == "bird-" + name)
}

@Test func whatANameCannotSpellIsInDigits() {
  let names = [
    ["bird"], ["bird!"], ["bird?"], ["bird against wing"], ["bird strength 1"],
    [String(repeating: "bird ", count: 40)], [String(repeating: "bird ", count: 41)],
  ].map { QuestionName($0).written }
  #expect(Set(names).count == names.count)
  #expect(names[0] == "bird" && names[1].wholeMatch(of: /bird-[0-9a-f]{6}/) != nil)
  #expect(names[3] != QuestionName(["bird"], against: ["wing"]).written)
  #expect(names.allSatisfy { $0.utf8.count <= 127 })
  let many = (0..<40).map { "reference \($0)" }
  let (all, less) = (
    QuestionName(["bird"], against: many), QuestionName(["bird"], against: many.dropLast())
  )
  #expect(all.written != less.written && all.written.utf8.count == 127)
  #expect(QuestionName(["bird"], others: ["layer 3"]).written.count == 11)
  #expect(
    QuestionName(["bird"], others: ["a", "b"]).written
      != QuestionName(["bird"], others: ["a b"]).written)
}
