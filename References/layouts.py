"""The names of one model's tensors, from one layout to another: for references that two libraries
must agree on."""

import torch


def in_transformers(state):
    """OpenAI's names as transformers has them."""
    names = {
        "visual.conv1.weight": "vision_model.embeddings.patch_embedding.weight",
        "visual.class_embedding": "vision_model.embeddings.class_embedding",
        "visual.positional_embedding": "vision_model.embeddings.position_embedding.weight",
        "token_embedding.weight": "text_model.embeddings.token_embedding.weight",
        "positional_embedding": "text_model.embeddings.position_embedding.weight",
        "logit_scale": "logit_scale",
    }
    parts = [
        ("visual.ln_pre", "vision_model.pre_layrnorm"),
        ("visual.ln_post", "vision_model.post_layernorm"),
        ("visual.transformer.resblocks", "vision_model.encoder.layers"),
        ("transformer.resblocks", "text_model.encoder.layers"),
        ("ln_final", "text_model.final_layer_norm"), ("ln_1", "layer_norm1"),
        ("ln_2", "layer_norm2"), ("mlp.c_fc", "mlp.fc1"), ("mlp.c_proj", "mlp.fc2"),
        ("attn.out_proj", "self_attn.out_proj"),
    ]
    renamed = {}
    for name, value in state.items():
        if name == "visual.proj":
            renamed["visual_projection.weight"] = value.T
        elif name == "text_projection":
            renamed["text_projection.weight"] = value.T
        elif name in names:
            renamed[names[name]] = value
        else:
            end = name.rsplit("_", 1)[-1]
            for old, new in parts:
                name = name.replace(old, new)
            if "in_proj" in name:
                for letter, part in zip("qkv", value.chunk(3)):
                    stem = name.rsplit(".attn.", 1)[0]
                    renamed[f"{stem}.self_attn.{letter}_proj.{end}"] = part
            else:
                renamed[name] = value
    return renamed


def as_authors(state):
    parts = [
        ("embeddings.cls_token", "cls_token"), ("embeddings.mask_token", "mask_token"),
        ("embeddings.register_tokens", "register_tokens"),
        ("embeddings.position_embeddings", "pos_embed"),
        ("embeddings.patch_embeddings.projection", "patch_embed.proj"),
        ("encoder.layer.", "blocks."), ("attention.output.dense", "attn.proj"),
        ("layer_scale1.lambda1", "ls1.gamma"), ("layer_scale2.lambda1", "ls2.gamma"),
        ("weights_in", "w12"), ("weights_out", "w3"), ("layernorm", "norm"),
    ]
    renamed = {}
    for name, value in state.items():
        for old, new in parts:
            name = name.replace(old, new)
        if "attention.attention.query" in name:
            source = name.replace("blocks.", "encoder.layer.")
            three = [state[source.replace("query", part)] for part in ("query", "key", "value")]
            renamed[name.replace("attention.attention.query", "attn.qkv")] = torch.cat(three)
        elif "attention.attention" not in name:
            renamed[name] = value
    return renamed
