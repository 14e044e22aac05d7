"""Makes Tests/References/models: tiny models in every layout, as the libraries themselves write them.

    python3 References/make_models.py Tests/References/models

Before anything is written, layouts of one model are run by their own libraries (open_clip,
transformers, timm) and must give the same embeddings: the renaming here is proved right, and
Fieldmark's is then held against it. Random weights from fixed seeds, in 16 bits.

timm is the version that open_clip_torch brings along (1.0.31).
"""

import json
import shutil
import sys
from pathlib import Path

import peers_torchvision
import open_clip
import timm
import torch
import transformers
from layouts import as_authors, in_transformers
from safetensors.torch import load_file, save_file

out = Path(sys.argv[1])
VOCABULARY = 600


def randomize(model, seed):
    """Weights that differ everywhere, so that none can be taken for another."""
    generator = torch.Generator().manual_seed(seed)
    for name, value in sorted(model.state_dict().items()):
        if value.is_floating_point():
            noise = torch.randn(value.shape, generator=generator)
            value.copy_((noise.abs() + 0.5 if "var" in name else noise * 0.3).half().float())
    return model.eval()


def halves(state):
    return {
        name: (value.half() if value.is_floating_point() else value).contiguous()
        for name, value in state.items()
    }


def save(state, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(halves(state), path)


def settings(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1) + "\n")


def same(a, b, what):
    assert torch.allclose(a, b, atol=2e-5), (what, (a - b).abs().max())


def text_config():
    return dict(context_length=77, vocab_size=VOCABULARY, width=8, heads=2, layers=2)


def open_clip_model(vision, seed, quick_gelu, custom=False):
    kind = open_clip.CustomTextCLIP if custom else open_clip.CLIP
    config = dict(embed_dim=12, vision_cfg=vision, text_cfg=text_config(), quick_gelu=quick_gelu)
    return randomize(kind(**config), seed), config


def vit():
    """One CLIP with heads of 8: open_clip, open_clip with custom text, transformers, in shards."""
    vision = dict(image_size=8, layers=3, width=16, head_width=8, patch_size=4, mlp_ratio=2.0)
    model, config = open_clip_model(vision, 1, quick_gelu=True)
    state = model.state_dict()
    save(state, out / "vit/open_clip_model.safetensors")
    settings(out / "vit/open_clip_config.json", {"model_cfg": config})

    custom, _ = open_clip_model(vision, 2, quick_gelu=True, custom=True)
    towers = ("visual.", "logit_scale")
    renamed = {(k if k.startswith(towers) else "text." + k): v for k, v in state.items()}
    custom.load_state_dict(renamed)
    save(renamed, out / "custom-text/open_clip_model.safetensors")
    settings(out / "custom-text/open_clip_config.json", {
        "model_cfg": dict(config, custom_text=True), "preprocess_cfg": {
        "mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5], "interpolation": "bilinear",
        "resize_mode": "squash"}})

    tower = dict(hidden_act="quick_gelu", num_attention_heads=2)
    theirs = transformers.CLIPModel(transformers.CLIPConfig(
        projection_dim=12,
        vision_config=dict(tower, hidden_size=16, intermediate_size=32, num_hidden_layers=3,
                           image_size=8, patch_size=4),
        text_config=dict(tower, hidden_size=8, intermediate_size=32, num_hidden_layers=2,
                         vocab_size=VOCABULARY, eos_token_id=599, bos_token_id=598)))
    theirs.load_state_dict(in_transformers(state), strict=True)
    theirs.eval()
    pictures = torch.randn(3, 3, 8, 8)
    tokens = torch.zeros(2, 77, dtype=torch.long)
    tokens[:, 0], tokens[0, 1:3], tokens[0, 3], tokens[1, 1] = 598, 5, 599, 599
    with torch.no_grad():
        images, texts, _ = model(pictures, tokens)
        unit = torch.nn.functional.normalize
        found = theirs(input_ids=tokens, pixel_values=pictures)
        same(unit(images, dim=-1), found.image_embeds, "pictures")
        same(unit(texts, dim=-1), found.text_embeds, "texts")
        same(model.encode_image(pictures), custom.encode_image(pictures), "custom")
    theirs.half().save_pretrained(out / "huggingface")
    theirs.save_pretrained(out / "sharded", max_shard_size="12KB")
    transformers.CLIPImageProcessor(
        size={"shortest_edge": 8}, crop_size={"height": 8, "width": 8}
    ).save_pretrained(out / "huggingface")


def resnet():
    vision = dict(image_size=64, layers=[1, 2, 1, 1], width=2, head_width=16)
    model, config = open_clip_model(vision, 3, quick_gelu=False)
    save(model.state_dict(), out / "resnet/open_clip_model.safetensors")
    settings(out / "resnet/open_clip_config.json", {"model_cfg": config})


def dinov2():
    """Plain, with registers and with SwiGLU, as transformers and as DINOv2's authors name them."""
    common = dict(hidden_size=8, num_hidden_layers=2, num_attention_heads=2, image_size=8,
                  patch_size=4, mlp_ratio=4)
    plain = transformers.Dinov2Model(transformers.Dinov2Config(**common))
    swiglu = transformers.Dinov2Model(transformers.Dinov2Config(use_swiglu_ffn=True, **common))
    registers = transformers.Dinov2WithRegistersModel(
        transformers.Dinov2WithRegistersConfig(num_register_tokens=4, **common))
    for seed, (name, model) in enumerate(
            [("dinov2", plain), ("dinov2-swiglu", swiglu), ("dinov2-registers", registers)]):
        randomize(model, 10 + seed)
        model.save_pretrained(out / "probe")
        disk = load_file(out / "probe/model.safetensors")
        original = as_authors(disk)
        packed = dict(mlp_layer=timm.layers.SwiGLUPacked, act_layer=torch.nn.SiLU, mlp_ratio=6.0
                      ) if "swiglu" in name else dict(mlp_ratio=4.0)
        reg = dict(reg_tokens=4, no_embed_class=True) if "registers" in name else {}
        theirs = timm.models.VisionTransformer(
            img_size=8, patch_size=4, embed_dim=8, depth=2, num_heads=2, init_values=1e-5,
            num_classes=0, **packed, **reg).eval()
        timm_state = timm.models.vision_transformer.checkpoint_filter_fn(dict(original), theirs)
        theirs.load_state_dict(timm_state, strict=True)
        pictures = torch.randn(2, 3, 8, 8)
        with torch.no_grad():
            found = model(pictures).last_hidden_state
            same(theirs.forward_features(pictures), found, name)
        model.half().save_pretrained(out / name / "huggingface")
        if name == "dinov2-swiglu":  # blocks in two chunks, as the giant's training code has them
            original = {k.replace("blocks.0.", "blocks.0.0.").replace("blocks.1.", "blocks.1.1."): v
                        for k, v in original.items()}
        save(original, out / name / "dinov2.safetensors")
        save(timm_state, out / name / "timm.safetensors")
    shutil.rmtree(out / "probe")


def siglip():
    common = dict(hidden_size=8, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2)
    model = transformers.SiglipModel(transformers.SiglipConfig(
        text_config=dict(common, vocab_size=32, max_position_embeddings=8),
        vision_config=dict(common, image_size=8, patch_size=4)))
    randomize(model, 20).half().save_pretrained(out / "siglip")


def head():
    torch.manual_seed(30)
    linear = torch.nn.Linear(8, 5)
    torch.save(linear.state_dict(), out / "head.pth")


torch.manual_seed(0)
torch.set_grad_enabled(False)
shutil.rmtree(out, ignore_errors=True)
for make in (vit, resnet, dinov2, siglip, head):
    make()
for path in list(out.rglob("generation_config.json")):
    path.unlink()
