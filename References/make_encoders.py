"""Makes Tests/References/encoders: tiny models of every kind, and what their own libraries answer.

    python3 References/make_encoders.py Tests/References/encoders

Every case is a folder that `--model` takes, as open_clip or transformers write it, and beside the
weights `expected.safetensors` (32 bits) and `expected.json`. Weights are random, from fixed seeds,
of 16 bits, widened before anything is computed; they are scaled so that activations are about 1 and
attention is far from even. Where a second library knows the model it must agree, or nothing is
written: transformers for open_clip's and the reverse, timm for DINOv2.

Tensors by name; `P` is a picture, `W` the first of them, H x W a size in pixels:

    embedding.P          the image embedding, not yet normalised; of DINOv2 the normed class token
    mean.P               the mean over patches: of ln_post, then projected (CLIP); normed (DINOv2)
    pixels.W             what the model is given, 3 x H x W, normalised
    tokens.W             what the last block gives, before any norm: class, registers, patches.
                         Of a ResNet the last stage's map, channels x rows x columns
    direction            a random vector, as wide as an embedding
    gradient.W           of <embedding.W, direction> with respect to pixels.W
    gradient-ln1.W       of the same with respect to what the last block's first norm gives
                         (gradient-tokens.W of a ResNet: with respect to tokens.W)
    texts                embeddings of the prompts in expected.json, before they are normalised
    logits.P             exp(logit_scale) * cosine of P and each prompt, plus logit_bias if there
                         is one
    text-gradient        of <texts[0], direction> with respect to what the first text block is
                         given, to the end token
    pixels@HxW.W         the picture squeezed to another size, normalised
    embedding@HxW.W      its embedding; positions resized as open_clip does: bicubic, antialiased
    embedding@HxW:hf.W         bicubic, not antialiased, as transformers does for CLIP and DINOv2
    embedding@HxW:bilinear.W   bilinear, not antialiased
    embedding@HxW:dinov2.W     as `hf`, but by factors: a side of the grid plus 0.1, by the side
                               that the positions are for, as DINOv2's authors do
"""

import json
import shutil
import sys
from pathlib import Path

import peers_torchvision
import numpy
import open_clip
import timm
import torch
import transformers
from layouts import as_authors, in_transformers
from peers_words import huggingface, openai
from PIL import Image
from randomized import draw, randomize
from safetensors.torch import load_file, save_file

MERGES = 86
VOCABULARY = 512 + MERGES + 2
PICTURES = {"wide": (96, 64), "square": (64, 64), "tall": (50, 70), "transparent": (72, 56)}
FIRST = "wide"
# Of texts for which positions are stretched.
CONTEXT = 60
PROMPTS = [
    "red epaulets", "a photo of a Gambel's quail, a type of bird", "bird",
    "curved bill & 2 wing bars", "a small songbird of wet woods with an olive back",
]
IMAGENET = dict(mean=[0.485, 0.456, 0.406], std=[0.229, 0.224, 0.225])
# What resizes a table of positions: antialiased or not, bicubic or not, and DINOv2's offset.
WAYS = {
    "": dict(mode="bicubic", antialias=True),
    ":hf": dict(mode="bicubic", antialias=False),
    ":bilinear": dict(mode="bilinear", antialias=False),
    ":dinov2": dict(mode="bicubic", antialias=False, offset=0.1),
}


def halves(state):
    return {
        name: (value.half() if value.is_floating_point() else value).contiguous()
        for name, value in state.items()
    }


def settings(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1) + "\n")


def same(a, b, what):
    assert a.shape == b.shape and torch.allclose(a, b, atol=3e-6, rtol=1e-5), (
        what, (a - b).abs().max())


def resized(table, grid, size, offset=None, **way):
    """A table of positions, one for the class and then a grid, for another grid."""
    first, patches = table[:1], table[1:]
    patches = patches.T.reshape(1, -1, *grid)
    if offset is None:
        patches = torch.nn.functional.interpolate(patches, size=size, **way)
    else:
        factors = tuple((count + offset) / side for count, side in zip(size, grid))
        patches = torch.nn.functional.interpolate(patches, scale_factor=factors, **way)
    assert patches.shape[2:] == size
    return torch.cat([first, patches[0].flatten(1).T])


class Kept:
    """What a module gives, kept so that a gradient can be asked of it."""

    def __init__(self, module):
        module.register_forward_hook(self.keep)
        self.value = None

    def keep(self, module, inputs, output):
        self.value = output
        return output


class CLIP:
    """An image tower of open_clip's: a transformer or a ResNet."""

    def __init__(self, model):
        self.model = model
        self.visual = model.visual
        self.is_resnet = hasattr(self.visual, "attnpool")
        blocks = self.visual.layer4 if self.is_resnet else self.visual.transformer.resblocks
        self.tokens = Kept(blocks[-1])
        self.norm = None if self.is_resnet else Kept(blocks[-1].ln_1)
        self.owner = self.visual.attnpool if self.is_resnet else self.visual
        self.table = self.owner.positional_embedding
        self.patch = 32 if self.is_resnet else self.visual.patch_size[0]
        side = self.visual.image_size
        self.grid = (side // 32,) * 2 if self.is_resnet else tuple(self.visual.grid_size)

    def embedding(self, pixels, table=None):
        self.owner.positional_embedding = torch.nn.Parameter(
            self.table if table is None else table, requires_grad=False)
        return self.model.encode_image(pixels[None])[0]

    def mean(self):
        return (self.visual.ln_post(self.tokens.value[0, 1:]) @ self.visual.proj).mean(0)


class DINOv2:
    """transformers', plain or with registers."""

    patch = 8
    is_resnet = False

    def __init__(self, model):
        self.model = model
        self.tokens = Kept(model.encoder.layer[-1])
        self.norm = Kept(model.encoder.layer[-1].norm1)
        self.table = model.embeddings.position_embeddings[0]
        self.grid = (model.config.image_size // self.patch,) * 2

    def embedding(self, pixels, table=None):
        embeddings = self.model.embeddings
        vars(embeddings).pop("interpolate_pos_encoding", None)
        if table is not None:
            embeddings.interpolate_pos_encoding = lambda *_: table[None]
        return self.model(pixels[None]).pooler_output[0]

    def mean(self):
        registers = getattr(self.model.config, "num_register_tokens", 0)
        return self.model.layernorm(self.tokens.value[0, 1 + registers :]).mean(0)


def image_answers(tower, prepare, statistics, sizes, ways):
    """All that is expected of an image tower; `prepare` is the library's own preprocessing."""
    expected = {}
    for name, picture in pictures.items():
        pixels = prepare(picture)
        expected[f"embedding.{name}"] = tower.embedding(pixels)
        if not tower.is_resnet:
            expected[f"mean.{name}"] = tower.mean()
    pixels = prepare(pictures[FIRST]).requires_grad_()
    embedding = tower.embedding(pixels)
    direction = torch.randn(embedding.shape, generator=torch.Generator().manual_seed(7))
    inner = ("gradient-tokens", tower.tokens) if tower.is_resnet else ("gradient-ln1", tower.norm)
    gradients = torch.autograd.grad(embedding @ direction, [pixels, inner[1].value])
    expected[f"pixels.{FIRST}"] = pixels
    expected[f"tokens.{FIRST}"] = tower.tokens.value[0]
    expected["direction"] = direction
    expected[f"gradient.{FIRST}"] = gradients[0]
    expected[f"{inner[0]}.{FIRST}"] = gradients[1][0]
    for height, width in sizes:
        at = f"@{height}x{width}"
        pixels = normalized(pictures[FIRST].resize((width, height), Image.BICUBIC), **statistics)
        expected[f"pixels{at}.{FIRST}"] = pixels
        for way in ways:
            size = height // tower.patch, width // tower.patch
            table = resized(tower.table, tower.grid, size, **WAYS[way])
            expected[f"embedding{at}{way}.{FIRST}"] = tower.embedding(pixels, table)
    return expected


def normalized(picture, mean, std):
    pixels = torch.from_numpy(numpy.array(picture)).permute(2, 0, 1).float() / 255
    return (pixels - torch.tensor(mean)[:, None, None]) / torch.tensor(std)[:, None, None]


def text_answers(model, expected):
    """All that is expected of open_clip's text tower, and of both towers together."""
    ids = prompt_ids[:, : model.context_length]
    texts = model.encode_text(ids)
    units = torch.nn.functional.normalize(texts, dim=-1)
    for name in pictures:
        image = torch.nn.functional.normalize(expected[f"embedding.{name}"], dim=-1)
        bias = 0 if model.logit_bias is None else model.logit_bias
        expected[f"logits.{name}"] = model.logit_scale.exp() * (units @ image) + bias
    given = []

    def watch(module, inputs):
        given.append(inputs[0].detach().requires_grad_())
        return (given[0], *inputs[1:])

    hook = model.transformer.resblocks[0].register_forward_pre_hook(watch)
    score = model.encode_text(ids[:1])[0] @ expected["direction"]
    hook.remove()
    gradient = torch.autograd.grad(score, given)[0][0]
    end = int(ids[0].argmax()) + 1
    assert not gradient[end:].any(), "no text looks past its end"
    expected["texts"] = texts
    expected["text-gradient"] = gradient[:end]
    return expected


def write(name, expected, sizes, **more):
    save_file({k: v.detach().float().contiguous() for k, v in expected.items()},
              out / name / "expected.safetensors")
    spreads = {k: v for k, v in expected.items() if k.startswith(("embedding.", "tokens", "texts"))}
    print(name, *(f"{k} {v.std():.2f}" for k, v in spreads.items()))
    settings(out / name / "expected.json", {
        "made_by": "torch {} open_clip {} transformers {} timm {} Pillow {}".format(
            torch.__version__.split("+")[0], open_clip.__version__, transformers.__version__,
            timm.__version__, Image.__version__),
        "command": "python3 References/make_encoders.py Tests/References/encoders",
        "pictures": list(pictures), "first": FIRST,
        "sizes": [f"{height}x{width}" for height, width in sizes], **more})


def prompts(ids=None):
    ids = prompt_ids if ids is None else ids
    return dict(prompts=PROMPTS, ids=[row[: int(row.argmax()) + 1].tolist() for row in ids])


def clip_model(vision, seed, text_width=8, quick_gelu=False, tanh=False, text={}, **more):
    text = dict(context_length=77, vocab_size=VOCABULARY, width=text_width, heads=2, layers=2,
                **text)
    config = dict(embed_dim=24, vision_cfg=vision, text_cfg=text, quick_gelu=quick_gelu, **more)
    act = dict(act_kwargs=dict(approximate="tanh")) if tanh else {}
    model = open_clip.CLIP(24, dict(vision, **act), dict(text, **act), quick_gelu=quick_gelu,
                           **more)
    return randomize(model, seed), config


def open_clip_case(name, vision, seed, sizes, asks={}, **options):
    """Saved as open_clip does, loaded by open_clip, with its transform; with a config that asks for
    other pictures and texts than the model has positions for, where it does."""
    model, config = clip_model(vision, seed, **options)
    for tower, settings_asked in asks.items():
        config[tower] = dict(config[tower], **settings_asked)
    folder = out / name
    statistics = dict(mean=open_clip.OPENAI_DATASET_MEAN, std=open_clip.OPENAI_DATASET_STD)
    settings(folder / "open_clip_config.json", {
        "model_cfg": config, "preprocess_cfg": {k: list(v) for k, v in statistics.items()}})
    # PyTorch stretches no numbers of 16 bits on a processor.
    state = model.state_dict() if asks else halves(model.state_dict())
    save_file(state, folder / "open_clip_model.safetensors")
    loaded, prepare = open_clip.create_model_from_pretrained(f"local-dir:{folder}")
    loaded.eval().requires_grad_(False)
    expected = image_answers(CLIP(loaded), prepare, statistics, sizes, ["", ":hf", ":bilinear"])
    # open_clip stretches squares alone.
    for size in sizes if "patch_size" in vision and isinstance(vision["image_size"], int) else []:
        other = open_clip.CLIP(24, dict(vision, image_size=size), config["text_cfg"],
                               quick_gelu=config["quick_gelu"]).eval()
        state = dict(model.state_dict())
        open_clip.model.resize_pos_embed(state, other)
        other.load_state_dict(state)
        at = "@{}x{}".format(*size)
        same(other.encode_image(expected[f"pixels{at}.{FIRST}"][None])[0],
             expected[f"embedding{at}.{FIRST}"], f"positions of {name}")
    write(name, text_answers(loaded, expected), sizes, **prompts())


def vit():
    vision = dict(image_size=48, layers=3, width=32, head_width=16, patch_size=16, mlp_ratio=2.0)
    open_clip_case("vit", vision, 1, [(48, 80)], quick_gelu=True, text_width=16)


def vit_h():
    """Heads of 5/4 the usual width, as ViT-H has them (80)."""
    vision = dict(image_size=42, layers=2, width=40, head_width=20, patch_size=14)
    open_clip_case("vit-h", vision, 2, [(28, 56)])


def vit_bigg():
    """Heads of 104/64 the usual width and an odd ratio, as ViT-bigG has them."""
    vision = dict(image_size=42, layers=1, width=52, head_width=26, patch_size=14,
                  mlp_ratio=4.9231)
    open_clip_case("vit-bigg", vision, 3, [(14, 42)])


def resnet():
    vision = dict(image_size=64, layers=[1, 2, 1, 1], width=4, head_width=32)
    open_clip_case("resnet", vision, 4, [(32, 96)])


def rectangle():
    """Positions for pictures that are wider than high."""
    vision = dict(image_size=[32, 48], layers=2, width=16, head_width=8, patch_size=16,
                  mlp_ratio=2.0)
    open_clip_case("rectangle", vision, 6, [(48, 48)])


def extras():
    """All that open_clip's configs can add: scaled branches, a bias of the text projection, a bias
    of the logits."""
    vision = dict(image_size=32, layers=2, width=16, head_width=8, patch_size=16, mlp_ratio=2.0,
                  ls_init_value=0.1)
    open_clip_case("extras", vision, 7, [], text=dict(ls_init_value=0.1, proj_bias=True),
                   init_logit_bias=-10.0)


def stretched():
    """A config that asks for larger pictures and shorter texts; open_clip stretches positions."""
    vision = dict(image_size=32, layers=2, width=16, head_width=8, patch_size=16, mlp_ratio=2.0)
    open_clip_case("stretched", vision, 8, [], asks=dict(
        vision_cfg=dict(image_size=48), text_cfg=dict(context_length=CONTEXT)))


def vocabulary():
    """More tokens than CLIP's tokenizer has. Their table is a formula, so that no file keeps it."""
    rows, width = 49_500, 8
    model = open_clip.CLIP(
        24, dict(image_size=16, layers=1, width=8, head_width=4, patch_size=16),
        dict(vocab_size=rows, width=width, heads=2, layers=2))
    randomize(model, 9)
    row, column = torch.arange(rows)[:, None], torch.arange(width)
    model.token_embedding.weight.copy_(((31 * row + 17 * column) % 64 - 32) / 32)
    state = halves(model.state_dict())
    del state["token_embedding.weight"]
    folder = out / "vocabulary"
    folder.mkdir()
    save_file(state, folder / "model.safetensors")
    ids = openai()(PROMPTS)
    write("vocabulary", dict(texts=model.encode_text(ids)), [], **prompts(ids))


def hugging_face():
    """transformers' CLIP, with GELU by way of a tangent; open_clip computes, and must agree."""
    vision = dict(image_size=32, layers=2, width=32, head_width=16, patch_size=8, mlp_ratio=4.0)
    model, _ = clip_model(vision, 5, tanh=True)
    tower = dict(hidden_act="gelu_pytorch_tanh", num_attention_heads=2)
    theirs = transformers.CLIPModel(transformers.CLIPConfig(
        projection_dim=24,
        vision_config=dict(tower, hidden_size=32, intermediate_size=128, num_hidden_layers=2,
                           image_size=32, patch_size=8),
        text_config=dict(tower, hidden_size=8, intermediate_size=32, num_hidden_layers=2,
                         vocab_size=VOCABULARY, bos_token_id=VOCABULARY - 2,
                         eos_token_id=VOCABULARY - 1)))
    theirs.load_state_dict(in_transformers(model.state_dict()), strict=True)
    folder = out / "huggingface"
    theirs.half().save_pretrained(folder)
    transformers.CLIPImageProcessor(
        size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32}).save_pretrained(folder)
    theirs = transformers.CLIPModel.from_pretrained(folder, dtype=torch.float32).eval()
    processor = transformers.CLIPImageProcessorPil.from_pretrained(folder)
    statistics = dict(mean=processor.image_mean, std=processor.image_std)
    sizes = [(24, 40), (40, 40)]
    prepare = lambda picture: processor(picture, return_tensors="pt").pixel_values[0]
    expected = image_answers(CLIP(model), prepare, statistics, sizes, ["", ":hf", ":bilinear"])
    expected = text_answers(model, expected)
    for height, width in sizes:
        at = f"@{height}x{width}"
        pixels = expected[f"pixels{at}.{FIRST}"][None]
        found = theirs.get_image_features(pixels, interpolate_pos_encoding=True).pooler_output[0]
        same(found, expected[f"embedding{at}:hf.{FIRST}"], "positions of transformers")
    tokens = huggingface(MERGES)
    padded = torch.full_like(prompt_ids, VOCABULARY - 1)
    for row, prompt in zip(padded, PROMPTS):
        numbers = tokens.encode(prompt).ids
        row[: len(numbers)] = torch.tensor(numbers)
    expected_pixels = torch.stack([prepare(picture) for picture in pictures.values()])
    found = theirs(input_ids=padded, pixel_values=expected_pixels)
    same(theirs.get_text_features(padded).pooler_output, expected["texts"], "texts")
    for index, name in enumerate(pictures):
        same(theirs.get_image_features(expected_pixels).pooler_output[index],
             expected[f"embedding.{name}"], name)
        same(found.logits_per_image[index], expected[f"logits.{name}"], name)
    write("huggingface", expected, sizes, **prompts())


def dinov2():
    """Plain, with registers, with SwiGLU and without biases of queries, keys and values; timm must
    agree, and transformers about positions."""
    common = dict(hidden_size=24, num_hidden_layers=2, num_attention_heads=3, image_size=32,
                  patch_size=8, mlp_ratio=4)
    for seed, (name, kind, config) in enumerate([
            ("dinov2", transformers.Dinov2Model, transformers.Dinov2Config(**common)),
            ("dinov2-registers", transformers.Dinov2WithRegistersModel,
             transformers.Dinov2WithRegistersConfig(num_register_tokens=4, **common)),
            ("dinov2-swiglu", transformers.Dinov2Model,
             transformers.Dinov2Config(use_swiglu_ffn=True, **common)),
            ("dinov2-unbiased", transformers.Dinov2Model,
             transformers.Dinov2Config(qkv_bias=False, **common))]):
        folder = out / name
        randomize(kind(config), 10 + seed).half().save_pretrained(folder)
        transformers.BitImageProcessor(
            size={"shortest_edge": 40}, crop_size={"height": 32, "width": 32},
            image_mean=IMAGENET["mean"], image_std=IMAGENET["std"]).save_pretrained(folder)
        model = kind.from_pretrained(folder, dtype=torch.float32).eval().requires_grad_(False)
        processor = transformers.BitImageProcessorPil.from_pretrained(folder)
        prepare = lambda picture: processor(picture, return_tensors="pt").pixel_values[0]
        sizes = [(24, 40), (40, 40)] if name == "dinov2" else [(24, 40)]
        has_registers = name == "dinov2-registers"
        ways = ["", ":hf", ":bilinear"] + ([] if has_registers else [":dinov2"])
        tower = DINOv2(model)
        expected = image_answers(tower, prepare, IMAGENET, sizes, ways)
        for height, width in sizes:
            at, way = f"@{height}x{width}", "" if has_registers else ":hf"
            found = tower.embedding(expected[f"pixels{at}.{FIRST}"])
            same(found, expected[f"embedding{at}{way}.{FIRST}"], f"positions of {name}")
        in_timm(name, folder, prepare, expected)
        write(name, expected, sizes)


def in_timm(name, folder, prepare, expected):
    packed = dict(mlp_layer=timm.layers.SwiGLUPacked, act_layer=torch.nn.SiLU, mlp_ratio=128 / 24
                  ) if "swiglu" in name else dict(mlp_ratio=4.0)
    registers = dict(reg_tokens=4, no_embed_class=True) if "registers" in name else {}
    model = timm.models.VisionTransformer(
        img_size=32, patch_size=8, embed_dim=24, depth=2, num_heads=3, init_values=1e-5,
        qkv_bias="unbiased" not in name, num_classes=0, **packed, **registers).eval()
    state = {k: v.float() for k, v in load_file(folder / "model.safetensors").items()}
    state = as_authors(state)
    state = timm.models.vision_transformer.checkpoint_filter_fn(state, model)
    model.load_state_dict(state, strict=True)
    for picture in pictures:
        tokens = model.forward_features(prepare(pictures[picture])[None])[0]
        same(tokens[0], expected[f"embedding.{picture}"], f"{name} {picture}")
        same(tokens[model.num_prefix_tokens :].mean(0), expected[f"mean.{picture}"], f"mean {name}")


if __name__ == "__main__":
    out = Path(sys.argv[1])
    shutil.rmtree(out, ignore_errors=True)
    (out / "pictures").mkdir(parents=True)
    torch.manual_seed(0)
    torch.set_num_threads(1)
    pictures = {}
    for phase, (name, (width, height)) in enumerate(PICTURES.items()):
        picture = draw(width, height, phase)
        file = out / "pictures" / f"{name}.png"
        if name == "transparent":
            file = out / f"{name}.png"
            # From nothing to all of it shown, and back.
            alpha = Image.linear_gradient("L").resize((width, height)).point(
                lambda cover: min(255, 3 * min(cover, 255 - cover)))
            picture.putalpha(alpha)
        picture.save(file)
        pictures[name] = Image.open(file)
        pictures[name].load()
    prompt_ids = openai(MERGES)(PROMPTS)
    for make in (vit, vit_h, vit_bigg, resnet, rectangle, extras, stretched, vocabulary,
                 hugging_face, dinov2):
        make()
    for path in list(out.rglob("generation_config.json")):
        path.unlink()
