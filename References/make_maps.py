"""Makes Tests/References/maps: what every method's own code, or PyTorch by its formula, answers.

    python3 References/make_maps.py Tests/References/maps

On the tiny models of Tests/References/encoders, for the contrast of the first prompt with 0.6 times
the third. Class activation maps come from PyPI's grad-cam (`get_cam_image`: raw, before it clips and
scales), at the last block's first norm; Eigen-CAM's component has no sign of its own there. Methods
without a package are written out below, with autograd. All maps are raw, patches row by row.
"""

import json
import sys
from pathlib import Path

import peers_torchvision
import open_clip
import torch
import torch.nn.functional as F
from pytorch_grad_cam import (
    EigenCAM, EigenGradCAM, GradCAM, GradCAMPlusPlus, HiResCAM, LayerCAM, XGradCAM)
from safetensors.torch import load_file

ENCODERS = Path(__file__).resolve().parent.parent / "Tests" / "References" / "encoders"
CAMS = {
    "grad-cam": GradCAM, "grad-cam++": GradCAMPlusPlus, "xgrad-cam": XGradCAM,
    "layer-cam": LayerCAM, "hires-cam": HiResCAM, "eigen-cam": EigenCAM,
    "eigen-grad-cam": EigenGradCAM}
STRENGTH = 0.6


class Logits(torch.nn.Module):
    """A picture's scaled cosines with texts."""

    def __init__(self, clip, texts):
        super().__init__()
        self.clip, self.texts = clip, F.normalize(texts, dim=1)

    def score(self, embedding):
        return self.clip.logit_scale.exp() * F.normalize(embedding, dim=-1) @ self.texts.T

    def forward(self, pixels):
        return self.score(self.clip.encode_image(pixels))


def contrast(logits):
    return logits[..., 0] - STRENGTH * logits[..., 2]


def by_package(model, pixels, visual):
    side = visual.grid_size[0]
    layer = visual.transformer.resblocks[-1].ln_1
    maps = {}
    for name, method in CAMS.items():
        cam = method(
            model, [layer], reshape_transform=lambda x: x[:, 1:].reshape(
                1, side, side, -1).permute(0, 3, 1, 2))
        score = contrast(cam.activations_and_grads(pixels))
        model.zero_grad()
        score.sum().backward()
        activation = cam.activations_and_grads.activations[0].numpy()
        gradient = cam.activations_and_grads.gradients[0].numpy()
        maps[name] = cam.get_cam_image(pixels, layer, [contrast], activation, gradient, False)[0]
        cam.activations_and_grads.release()
    return maps


def opened(visual, pixels):
    """What flows into each block and out of the last, and what behind follows for rows of tokens."""
    x = visual.conv1(pixels).flatten(2).transpose(1, 2)
    x = torch.cat([visual.class_embedding.expand(1, 1, -1), x], 1) + visual.positional_embedding
    streams = [visual.ln_pre(x)]
    for block in visual.transformer.resblocks:
        streams.append(block(streams[-1]))
    return streams, lambda rows: visual.ln_post(rows) @ visual.proj


def attention(block, x):
    """Queries, keys, values and attention, heads apart."""
    tokens, heads = x.shape[1], block.attn.num_heads
    parts = F.linear(block.ln_1(x), block.attn.in_proj_weight, block.attn.in_proj_bias)
    q, k, v = parts.reshape(tokens, 3, heads, -1).permute(1, 2, 0, 3)
    return q, k, v, (q @ k.transpose(1, 2) / q.shape[-1] ** 0.5).softmax(-1)


def together(answers):
    return answers.transpose(0, 1).flatten(1)


def behind(block, x, answers):
    x = x + block.attn.out_proj(together(answers))
    return x + block.mlp(block.ln_2(x))


def unit(x):
    return F.normalize(x, dim=-1)


def beside(model, streams, embedded, blocks, answer):
    """A second path beside these last blocks: it takes each one's other answer, and no MLP."""
    x = streams[-1 - len(blocks)]
    for block, stream in zip(blocks, streams[-1 - len(blocks):]):
        q, k, v, _ = attention(block, stream)
        x = x + block.attn.out_proj(together(answer(block.ln_1(stream), q, k, v)))
    return unit(embedded(x)[0, 1:])


def gem(x, q, k, v):
    heat = x.norm(dim=-1).mean() * q.shape[-1] ** -0.5
    answers = []
    for s in (unit(q), unit(k), unit(v)):
        s = unit((s @ s.transpose(1, 2) * heat).softmax(-1) @ s)
        answers.append((s @ s.transpose(1, 2) * heat).softmax(-1) @ v)
    return sum(answers) / 3


def surgery(_, q, k, v):
    return (v @ v.transpose(1, 2) * q.shape[-1] ** -0.5).softmax(-1) @ v


def by_second_path(model, pixels, visual):
    """GEM and CLIP Surgery beside all blocks and beside the last two, and CLIP Surgery's features."""
    blocks = list(visual.transformer.resblocks)
    streams, embedded = opened(visual, pixels)
    maps, last = {}, {}
    for name, answer in [("gem", gem), ("clip-surgery", surgery)]:
        maps[name] = contrast(model.score(beside(model, streams, embedded, blocks, answer)))
        last[name] = contrast(model.score(beside(model, streams, embedded, blocks[-2:], answer)))
    patches = beside(model, streams, embedded, blocks, surgery)
    chances = (2 * unit(model.clip.encode_image(pixels)) @ model.texts.T).softmax(-1)
    features = patches[:, None] * model.texts * (chances / chances.mean()).T
    features = model.clip.logit_scale.exp() * (features - features.mean(1, keepdim=True)).sum(-1)
    return maps, {"last-two": last, "among-all": {"clip-surgery": features[:, 0]}}


def by_formula(model, pixels, visual):
    blocks = list(visual.transformer.resblocks)
    streams, embedded = opened(visual, pixels)
    streams = [stream.detach() for stream in streams]
    maps = {}

    q, k, v, _ = attention(blocks[-1], streams[-2])
    maps["maskclip"] = contrast(
        model.score(embedded(blocks[-1].attn.out_proj(together(v)))))[1:]

    row = torch.eye(streams[0].shape[1])
    for block, x in zip(blocks, streams):
        row = (attention(block, x)[3].mean(0) + torch.eye(len(row))) / 2 @ row
    maps["rollout"] = row[0, 1:]

    total = 0
    for block, x in list(zip(blocks, streams))[-2:]:
        *_, v, share = attention(block, x)
        share = share.detach().requires_grad_()
        score = contrast(model.score(embedded(behind(block, x, share @ v).mean(1))))
        total = total + torch.autograd.grad(score.sum(), share)[0].clamp_min(0).mean((0, 1))
    maps["legrad"] = total[1:]

    q, k, v, share = attention(blocks[-1], streams[-2])
    answers = (share @ v).detach().requires_grad_()
    score = contrast(model.score(embedded(behind(blocks[-1], streams[-2], answers)[:, 0])))
    gradient = together(torch.autograd.grad(score.sum(), answers)[0])[0]
    near = F.cosine_similarity(together(q)[:1], together(k)[1:])
    near = (near - near.min()) / (near.max() - near.min())
    maps["grad-eclip"] = (together(v)[1:] @ gradient) * near

    def slope(at):
        at = at.detach().requires_grad_()
        return torch.autograd.grad(contrast(model(at)).sum(), at)[0][0]

    maps["gradient"] = slope(pixels).abs().amax(0)
    maps["gradient-x-input"] = (slope(pixels) * pixels[0]).sum(0)
    steps = [slope((step + 0.5) / 32 * pixels) for step in range(32)]
    maps["integrated-gradients"] = (sum(steps) / 32 * pixels[0]).sum(0)
    return maps


def of_the_mean(model, pixels, visual):
    """CAM where the embedding is the mean of patches: contributions to the contrast, to first order."""
    streams, embedded = opened(visual, pixels)
    rows = embedded(streams[-1])[0, 1:].detach()
    mean = rows.mean(0, keepdim=True).requires_grad_()
    gradient, = torch.autograd.grad(contrast(model.score(mean)).sum(), mean)
    return rows @ gradient[0]


def rounded(maps):
    return {
        method: [float(f"{value:.7g}") for value in torch.as_tensor(values).flatten().tolist()]
        for method, values in maps.items()}


def main(out):
    out.mkdir(parents=True, exist_ok=True)
    for name in ["vit", "vit-h"]:
        clip, _, _ = open_clip.create_model_and_transforms(f"local-dir:{ENCODERS / name}")
        clip = clip.eval()
        answers = load_file(ENCODERS / name / "expected.safetensors")
        model = Logits(clip, answers["texts"])
        pixels = answers["pixels.wide"][None]
        maps = by_package(model, pixels, clip.visual)
        for method, values in by_formula(model, pixels, clip.visual).items():
            maps[method] = values.detach().numpy()
        paths, others = by_second_path(model, pixels, clip.visual)
        others["of-the-mean"] = {"cam": of_the_mean(model, pixels, clip.visual)}
        (out / f"{name}.json").write_text(json.dumps({
            "command": "python3 References/make_maps.py Tests/References/maps",
            "picture": "wide", "concept": 0, "against": 2, "strength": STRENGTH,
            "maps": rounded(maps | paths),
            **{key: rounded(values) for key, values in others.items()}}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
