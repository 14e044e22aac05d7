import Fieldmark
import Testing

/// A home with a model of every kind in it.
private func fill(_ home: CacheFixture) throws {
  try home.addRepository(
    "openai/clip-vit-base-patch16",
    ["pytorch_model.bin", "model.safetensors", "config.json", "preprocessor_config.json"])
  try home.addRepository(
    "timm/vit_base_patch16_clip_224.openai",
    ["open_clip_pytorch_model.bin", "open_clip_model.safetensors", "open_clip_config.json"])
  try home.addRepository("imageomics/bioclip", ["open_clip_pytorch_model.bin"], ref: "v1")
  try home.addRepository("org/big", ["model.safetensors.index.json", "config.json"])
  try home.addRepository("org/texts", ["tokenizer.json"])
  try home.add(".cache/clip/RN50.pt")
  try home.add(".cache/clip/mine.pt")
  try home.add(".cache/clip/notes.txt")
  try home.add(".cache/torch/hub/checkpoints/dinov2_vitb14_reg4_pretrain.pth")
  try home.add("folder/model.safetensors")
  try home.add("folder/config.json")
  try home.add("loose/a.pt")
  try home.add("two/a.pt")
  try home.add("two/b.safetensors")
  try home.add("none/readme.txt")
}

@Test(arguments: [
  ("hf-hub:openai/clip-vit-base-patch16", "model.safetensors"),
  ("openai/clip-vit-base-patch16", "model.safetensors"),
  ("openai/clip-vit-base-patch16@main", "model.safetensors"),
  ("ViT-B-16:openai", "open_clip_model.safetensors"), ("ViT-B/16", "open_clip_model.safetensors"),
  ("ViT-B-16-quickgelu", "open_clip_model.safetensors"),
  ("imageomics/bioclip@v1", "open_clip_pytorch_model.bin"),
  ("imageomics/bioclip@\(CacheFixture.commit)", "open_clip_pytorch_model.bin"),
  ("org/big", "model.safetensors.index.json"), ("RN50", "RN50.pt"), ("RN50:openai", "RN50.pt"),
  ("dinov2_vitb14_reg", "dinov2_vitb14_reg4_pretrain.pth"), ("HOME/folder", "model.safetensors"),
  ("local-dir:HOME/folder", "model.safetensors"), ("HOME/loose", "a.pt"),
  ("HOME/two/b.safetensors", "b.safetensors"),
  ("HOME/.cache/huggingface/hub/models--org--big", "model.safetensors.index.json"),
])
func aNameFindsItsFile(name: String, expected: String) throws {
  try inHome { home in
    try fill(home)
    let name = name.replacing("HOME", with: home.home.description)
    let found = try FoundModel(Path(name), in: home.caches)
    #expect(found.weights.lastComponent == Path(expected))
    #expect(found.weights.kind == .file)
  }
}

@Test func whatANameTellsIsKept() throws {
  try inHome { home in
    try fill(home)
    let openAI = try FoundModel("ViT-B-16-quickgelu:openai", in: home.caches)
    #expect(openAI.name == "ViT-B-16:openai")
    #expect(openAI.asksForQuickGELU)
    #expect(openAI.pretrained?.tag == "openai")
    #expect(openAI.settings.map(\.lastComponent) == ["open_clip_config.json"])
    let repository = try FoundModel(
      "hf-hub:timm/vit_base_patch16_clip_224.openai", in: home.caches)
    #expect(repository.pretrained?.name == "ViT-B-16:openai")
    let folder = try FoundModel(home.home / "folder", in: home.caches)
    #expect(folder.settings.map(\.lastComponent) == ["config.json"])
    // A file of any other name stands alone.
    try home.add("loose/config.json")
    #expect(try FoundModel(home.home / "loose/a.pt", in: home.caches).settings == [])
  }
}

@Test(arguments: [
  (
    "ViT-B-61:openai",
    "model 'ViT-B-61:openai': expected a file, a folder or a model in "
      + "'HOME/.cache/huggingface/hub', 'HOME/.cache/clip', 'HOME/.cache/torch/hub/checkpoints', "
      + "found none of that name; did you mean 'ViT-B-16:openai'?"
  ),
  (
    "something",
    "model 'something': expected a file, a folder or a model in "
      + "'HOME/.cache/huggingface/hub', 'HOME/.cache/clip', 'HOME/.cache/torch/hub/checkpoints', "
      + "found none of that name; 'fieldmark models get hf-hub:ORG/NAME' downloads from the hub."
  ),
  (
    "ViT-L-14:openai",
    "model 'ViT-L-14:openai': expected a file, a folder or a model in "
      + "'HOME/.cache/huggingface/hub', 'HOME/.cache/clip', 'HOME/.cache/torch/hub/checkpoints', "
      + "found none of that name; 'fieldmark models get "
      + "hf-hub:timm/vit_large_patch14_clip_224.openai' downloads it."
  ),
  (
    "hf-hub:laion/CLIP@v2",
    "model 'laion/CLIP@v2': expected a file, a folder or a model in "
      + "'HOME/.cache/huggingface/hub', 'HOME/.cache/clip', 'HOME/.cache/torch/hub/checkpoints', "
      + "found none of that name; 'fieldmark models get hf-hub:laion/CLIP@v2' downloads it."
  ),
  ("hf-hub:a b", "model 'a b': expected hf-hub:ORG/NAME, found 'a b'."),
  ("/dev/null", "model '/dev/null': expected a file, a folder or a name, found a device."),
  (
    "HOME/two",
    "folder 'HOME/two': expected one file of weights, found 'a.pt', 'b.safetensors'; "
      + "name one of them."
  ),
  (
    "HOME/none",
    "folder 'HOME/none': expected a file of weights, such as model.safetensors, found none."
  ),
])
func aNameThatFindsNothingIsOneSentence(name: String, expected: String) throws {
  try inHome { home in
    try fill(home)
    let place = home.home.description
    let text = sentence {
      _ = try FoundModel(Path(name.replacing("HOME", with: place)), in: home.caches)
    }
    #expect(text.replacing(place, with: "HOME") == expected)
  }
}

@Test func severalTagsWithoutOpenAIsAskForOne() throws {
  try inHome { home in
    try home.addRepository("laion/CLIP-ViT-B-16-laion2B-s34B-b88K", ["model.safetensors"])
    #expect(
      try FoundModel("ViT-B-16", in: home.caches).name == "ViT-B-16:laion2b_s34b_b88k")
    try home.addRepository("apple/DFN2B-CLIP-ViT-B-16", ["model.safetensors"])
    #expect(
      sentence { _ = try FoundModel("ViT-B-16", in: home.caches) }
        == "model 'ViT-B-16': expected a tag, as there are several, found "
        + "'ViT-B-16:laion2b_s34b_b88k', 'ViT-B-16:dfn2b'.")
  }
}

@Test func whatWasFoundIsListedByNamesThatFindItAgain() throws {
  try inHome { home in
    try fill(home)
    let found = FoundModel.all(in: home.caches)
    #expect(
      found.map { $0.name.replacing(home.home.description, with: "HOME") } == [
        "demo", "hf-hub:imageomics/bioclip@\(CacheFixture.commit)",
        "hf-hub:openai/clip-vit-base-patch16",
        "hf-hub:org/big", "hf-hub:timm/vit_base_patch16_clip_224.openai", "RN50:openai",
        "HOME/.cache/clip/mine.pt", "dinov2_vitb14_reg",
      ])
    for model in found {
      #expect(try FoundModel(Path(model.name), in: home.caches).weights == model.weights)
    }
  }
}

@Test func aFileOfAnyNameIsFoundAndAFolderThatDoesNotExistIsNot() throws {
  try inHome { home in
    let name = home.home / Path(bytes: [0x66, 0xff, 0x2e, 0x70, 0x74])
    try write([1], to: name)
    #expect(try FoundModel(name, in: home.caches).weights == name)
    #expect(
      sentence { _ = try FoundModel("local-dir:/nowhere", in: home.caches) }
        == "folder '/nowhere': expected a file of weights, such as model.safetensors, found none.")
  }
}
