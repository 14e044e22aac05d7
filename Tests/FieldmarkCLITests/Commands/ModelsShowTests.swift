import Fieldmark
import FieldmarkCLI
import Foundation
import Parsing
import Testing

@Test func modelsShowPrintsEveryValueWithItsSource() throws {
  try ModelsFixture.run { home in
    try home.install("huggingface", as: "org/clip")
    let transcript = home.transcript(["models", "show", "org/clip", "--activation", "gelu"])
    #expect(
      transcript.results == """
        hf-hub:org/clip
        HOME/.cache/huggingface/hub/models--org--clip/snapshots/\
        aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/model.safetensors: safetensors, layout \
        huggingface, 15065 parameters

        kind                        vit                                names of the tensors
        embedding                   12                                 shape of text_projection.weight
        image.size                  8                                  shape of \
        vision_model.embeddings.position_embedding.weight, and the patch
        image.patch                 4                                  shape of \
        vision_model.embeddings.patch_embedding.weight
        image.width                 16                                 shape of \
        vision_model.embeddings.patch_embedding.weight
        image.layers                3                                  names of the tensors
        image.heads                 2                                  config.json
        image.mlp                   32                                 shape of \
        vision_model.encoder.layers.0.mlp.fc2.weight
        image.epsilon               1e-05                              config.json
        image.pooling               class token                        default of the family CLIP
        text.width                  8                                  shape of \
        text_model.final_layer_norm.weight
        text.layers                 2                                  names of the tensors
        text.heads                  2                                  config.json
        text.mlp                    32                                 shape of \
        text_model.encoder.layers.0.mlp.fc2.weight
        text.epsilon                1e-05                              config.json
        text.activation             gelu                               as asked
        text.context                77                                 shape of \
        text_model.embeddings.position_embedding.weight
        text.vocabulary             600                                shape of \
        text_model.embeddings.token_embedding.weight
        text.merges                 86                                 vocabulary without bytes and \
        marks
        text.pooling                first token 599                    config.json
        activation                  gelu                               as asked
        preprocessing.size          [8,8]                              preprocessor_config.json
        preprocessing.fit           crop                               preprocessor_config.json
        preprocessing.shortest      8                                  preprocessor_config.json
        preprocessing.filter        bicubic                            preprocessor_config.json
        preprocessing.transparency  laid on white before resizing      preprocessor_config.json
        preprocessing.mean          [0.48145467,0.4578275,0.40821072]  preprocessor_config.json
        preprocessing.deviation     [0.26862955,0.2613026,0.2757771]   preprocessor_config.json
        normalizer                  huggingface                        layout huggingface

        """)
    #expect(transcript.notes == "")
    #expect(transcript.status == .done)
  }
}

@Test func modelsShowPrintsOneObject() throws {
  try ModelsFixture.run { home in
    let folder = ModelsFixture.reference("dinov2-swiglu/huggingface")
    #expect(
      home.transcript(["models", "show", "--json", folder]).results.replacing(folder, with: "F")
        == #"""
        {"name":"F","layout":"dinov2 huggingface","architecture":{"kind":"dinov2","embedding":8,"image":{"size":8,"patch":4,"width":8,"layers":2,"heads":2,"mlp":24,"epsilon":1e-06,"registers":0,"layerScale":true,"swiglu":true,"pooling":"class token"}},"activation":"silu","preprocessing":{"size":[224,224],"fit":"crop","shortest":256,"filter":"bicubic","transparency":"laid on white before resizing","mean":[0.485,0.456,0.406],"deviation":[0.229,0.224,0.225]},"normalizer":null,"sources":{"kind":"names of the tensors","image.width":"shape of embeddings.patch_embeddings.projection.weight","image.patch":"shape of embeddings.patch_embeddings.projection.weight","image.size":"shape of embeddings.position_embeddings, and the patch","image.layers":"names of the tensors","image.mlp":"shape of encoder.layer.0.mlp.weights_out.weight","image.heads":"config.json","image.epsilon":"config.json","image.layerScale":"names of the tensors","image.swiglu":"shape of encoder.layer.0.mlp.weights_in.weight","image.registers":"names of the tensors","image.pooling":"default of the family DINOv2","activation":"shape of encoder.layer.0.mlp.weights_in.weight","embedding":"the width of the picture encoder","preprocessing.size":"default of the family DINOv2","preprocessing.fit":"default of the family DINOv2","preprocessing.filter":"default of the family DINOv2","preprocessing.mean":"default of the family DINOv2","preprocessing.deviation":"default of the family DINOv2","preprocessing.shortest":"default of the family DINOv2","preprocessing.transparency":"layout dinov2 huggingface"},"file":"F/model.safetensors","format":"safetensors","parameters":2392,"bytes":8936,"notes":[]}

        """#)
  }
}

/// Whatever `models show` prints, it says where that is from.
@Test(arguments: [
  "vit", "custom-text", "huggingface", "sharded", "resnet", "dinov2/huggingface",
  "dinov2-registers/huggingface", "dinov2-swiglu/huggingface",
])
func noValueIsWithoutASource(name: String) throws {
  try ModelsFixture.run { home in
    let transcript = home.transcript(["models", "show", ModelsFixture.reference(name)])
    #expect(transcript.notes == "")
    let rows = transcript.results.split(separator: "\n").dropFirst(2)
    #expect(rows.count > 15)
    for row in rows {
      #expect(row.last != " ", "\(row)")
      #expect(row.split(separator: "  ").count == 3, "\(row)")
    }
  }
}

@Test(
  arguments: [
    (
      ["models", "show", "ViT-B-16:openai"], 65,
      "model 'ViT-B-16:openai': expected a file, a folder or a model in "
        + "'HOME/.cache/huggingface/hub', 'HOME/.cache/clip', 'HOME/.cache/torch/hub/checkpoints', "
        + "found none of that name; 'fieldmark models get "
        + "hf-hub:timm/vit_base_patch16_clip_224.openai' downloads it."
    ),
    (
      ["models", "show", "x", "--activation", "relu"], 64,
      "option --activation: expected one of quickgelu, gelu, gelu-tanh, found 'relu'; did you mean 'gelu'?"
    ),
    (
      ["models", "show"], 64,
      "fieldmark models show: expected one MODEL, found none; see 'fieldmark models show --help'."
    ),
  ] as [([String], Int32, String)])
func modelsShowRefusesInOneSentence(words: [String], code: Int32, sentence: String) throws {
  try ModelsFixture.run { home in
    let transcript = home.transcript(words)
    #expect(transcript.notes == sentence + "\n")
    #expect(transcript.results == "")
    #expect(transcript.status == ExitStatus(code: code))
  }
}
