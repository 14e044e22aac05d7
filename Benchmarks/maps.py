"""All 312 attribute maps of one picture: Fieldmark beside PyPI's grad-cam and the best of PyTorch.

    python Benchmarks/maps.py          # after `make build`

On the random ViT-B/16 of peers_models, in one run, turn by turn: Grad-CAM at the last block's first
norm, each phrase of Prompts/attributes.txt against its base with strength 0.6. The package runs a
pass there and back for each map: 8 are timed and scaled up. The best that PyTorch can do is written
below: blocks before the last without gradients and once, then one way back through the last block
for each map. That both give the same map is checked first.
"""

import json
import statistics
import time

import references  # before what lies there
import peers_models
import torch
import torch.nn.functional as F
from peers_models import THREADS, fieldmark
from peers_words import openai
from PIL import Image
from pytorch_grad_cam import GradCAM

NAME = "ViT-B-16"
ROUNDS = 3
STRENGTH = 0.6


def attributes():
    lines = (peers_models.PACKAGE / "Prompts" / "attributes.txt").read_text().splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [row[1] for row in rows], [row[2] for row in rows]


def directions(model):
    with torch.no_grad():
        phrases, bases = (
            F.normalize(model.encode_text(openai()(words)), dim=1) for words in attributes())
        return model.logit_scale.exp() * (phrases - STRENGTH * bases)


class Score(torch.nn.Module):
    def __init__(self, model, rows):
        super().__init__()
        self.model, self.rows = model, rows

    def forward(self, pixels):
        return F.normalize(self.model.encode_image(pixels), dim=-1) @ self.rows.T


def by_package(model, rows, pixels, count):
    visual = model.visual
    side = visual.grid_size[0]
    model.requires_grad_(True)  # without, the package has nothing to go back through
    cam = GradCAM(
        Score(model, rows), [visual.transformer.resblocks[-1].ln_1],
        reshape_transform=lambda x: x[:, 1:].reshape(1, side, side, -1).permute(0, 3, 1, 2))
    start = time.perf_counter()
    maps = [cam(pixels, [lambda scores, k=k: scores[k]]) for k in range(count)]
    return (time.perf_counter() - start) / count, maps[0][0]


def by_pytorch(model, rows, pixels):
    """Gradients through the last block alone, one way back for each map."""
    visual = model.visual
    model.requires_grad_(False)
    start = time.perf_counter()
    with torch.no_grad():
        x = visual.conv1(pixels).flatten(2).transpose(1, 2)
        x = torch.cat([visual.class_embedding.expand(1, 1, -1), x], 1)
        x = visual.ln_pre(x + visual.positional_embedding)
        for block in visual.transformer.resblocks[:-1]:
            x = block(x)
        last = visual.transformer.resblocks[-1]
        activation = last.ln_1(x)
    activation.requires_grad_()
    y = x + last.attn(activation, activation, activation, need_weights=False)[0]
    y = (y + last.mlp(last.ln_2(y)))[:, 0]
    scores = F.normalize(visual.ln_post(y) @ visual.proj, dim=-1) @ rows.T
    maps = []
    for score in scores[0]:
        gradient, = torch.autograd.grad(score, activation, retain_graph=True)
        maps.append(activation.detach()[0, 1:] @ gradient[0, 1:].mean(0))
    return time.perf_counter() - start, maps[0]


def main():
    torch.set_num_threads(THREADS)
    model, transform = peers_models.load(NAME)
    pixels = transform(Image.open(peers_models.pictures()[0]))[None]
    rows = directions(model)
    _, package = by_package(model, rows, pixels, 1)
    _, ours = by_pytorch(model, rows, pixels)
    # As the package scales and enlarges its maps: to 0...1, enlarged, to 0...1 again.
    def scaled(x):
        return (x - x.min()) / ((x - x.min()).max() + 1e-7)

    side = model.visual.grid_size[0]
    ours = scaled(ours.clamp_min(0)).reshape(1, 1, side, side)
    ours = scaled(F.interpolate(ours, size=package.shape, mode="bilinear")[0, 0])
    error = (ours - torch.as_tensor(package)).abs().max()
    assert error < 1e-3, error
    rounds = []
    for _ in range(ROUNDS):
        found = json.loads(fieldmark(
            "bench", "maps", "--model", peers_models.folder(NAME), "--rounds", "5"))
        single, _ = by_package(model, rows, pixels, 8)
        best, _ = by_pytorch(model, rows, pixels)
        rounds.append((found["maps"], single * len(rows), best, found["ratio"]))
    median = [statistics.median(column) for column in zip(*rounds)]
    print(f"Fieldmark: {median[0]:.3f} s for {len(rows)} maps, {median[3]:.2f} of a plain pass")
    for who, place in [("grad-cam (8 maps, scaled up)", 1), ("PyTorch at its best", 2)]:
        ratio = statistics.median(row[place] / row[0] for row in rounds)
        print(f"{who}: {median[place]:.2f} s, Fieldmark is faster by {ratio:.0f}")


if __name__ == "__main__":
    main()
