import FieldmarkCLI
import Parsing
import Testing

@Test func modelsListsWhatWasFound() throws {
  try ModelsFixture.run { home in
    try home.install("huggingface", as: "org/clip")
    try home.install("siglip", as: "org/siglip")
    try home.install("sharded", as: "org/sharded")
    try home.copy(
      ModelsFixture.reference("vit/open_clip_model.safetensors"),
      to: "\(home.home)/.cache/clip/ViT-B-16.pt")
    try home.copy(
      ModelsFixture.reference("dinov2/dinov2.safetensors"),
      to: "\(home.home)/.cache/torch/hub/checkpoints/dinov2_vits14_pretrain.pth")
    try home.write("\(home.home)/.cache/clip/broken.pt", "<html>")
    let transcript = home.transcript(["models"])
    #expect(
      transcript.results == """
        demo                open_clip    4.0 MB
        hf-hub:org/clip     huggingface  40.2 kB
        hf-hub:org/sharded  huggingface  40.1 kB
        ViT-B-16:openai     open_clip    37.4 kB
        dinov2_vits14       dinov2       7.2 kB

        """)
    #expect(
      transcript.notes == """
        hf-hub:org/siglip is left out: 'model.safetensors': expected CLIP or DINOv2, found SigLIP, \
        which Fieldmark does not read yet; a CLIP with a ViT or a ResNet runs, such as \
        hf-hub:laion/CLIP-ViT-B-16-laion2B-s34B-b88K.
        HOME/.cache/clip/broken.pt is left out: HOME/.cache/clip/broken.pt: expected weights as \
        safetensors or a PyTorch archive, found a web page; download the file itself.

        """)
    #expect(transcript.status == .done)
    #expect(
      home.transcript(["models", "--json"]).results.split(separator: "\n").dropFirst().first == """
        {"name":"hf-hub:org/clip","layout":"huggingface","bytes":40274,"file":"HOME/.cache/\
        huggingface/hub/models--org--clip/snapshots/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/\
        model.safetensors"}
        """)
  }
}

@Test func modelsSaysWhereItLookedInVain() throws {
  try ModelsFixture.run { home in
    let transcript = home.transcript(["models"])
    #expect(transcript.results == "demo  open_clip  4.0 MB\n")
    #expect(
      transcript.notes == """
        No models but the built-in one, which knows drawn birds, in 'HOME/.cache/huggingface/hub', 'HOME/.cache/clip', \
        'HOME/.cache/torch/hub/checkpoints'; 'fieldmark models get hf-hub:ORG/NAME' downloads one.

        """)
    #expect(transcript.status == .done)
  }
}
