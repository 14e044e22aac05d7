import Fieldmark
import Testing

@Test(arguments: [
  ("ViT-B-16", "openai", "ViT-B-16:openai"), ("ViT-B/16", "OpenAI", "ViT-B-16:openai"),
  ("ViT-L/14@336px", "openai", "ViT-L-14-336:openai"),
  ("ViT-B-32-quickgelu", "laion400m-e32", "ViT-B-32:laion400m_e32"),
  ("RN50", "cc12m", "RN50:cc12m"),
])
func namesAreKnownAsOpenCLIPAndOpenAIWriteThem(model: String, tag: String, expected: String) {
  #expect(Pretrained(model, tag: tag)?.name == expected)
}

@Test func whatIsNotInTheTableIsNotKnown() {
  #expect(Pretrained("ViT-B-16", tag: "laion2b") == nil)
  #expect(Pretrained("ViT-B-61", tag: "openai") == nil)
}

/// The tags that open_clip 3.3 marks `quick_gelu=True`, and the one with a mean of a half.
@Test func theTableTellsWhatShapesDoNot() {
  let names = { (isSo: (Pretrained) -> Bool) in Pretrained.all.filter(isSo).map(\.name) }
  #expect(Pretrained.all.count == 70)
  #expect(Set(Pretrained.all.map(\.name)).count == 70)
  #expect(
    Set(names(\.hasQuickGELU).compactMap { $0.split(separator: ":").last }) == [
      "openai", "yfcc15m", "cc12m", "laion400m_e31", "laion400m_e32", "metaclip_400m",
      "metaclip_fullcc", "dfn2b", "dfn5b",
    ])
  #expect(
    names { $0.hasQuickGELU && $0.tag.hasPrefix("laion") } == [
      "ViT-B-32:laion400m_e31", "ViT-B-32:laion400m_e32",
    ])
  #expect(names(\.hasHalfMean) == ["ViT-L-14:laion2b_s32b_b82k"])
  #expect(names(\.isSquashed) == ["ViT-H-14:dfn5b", "ViT-H-14-378:dfn5b"])
}
