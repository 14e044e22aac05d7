"""Methods that look at a picture many times: Fieldmark beside PyPI's grad-cam and PyTorch.

    python Benchmarks/perturbation.py          # after `make build`

On the random ViT-B/16 of peers_models, in one run, turn by turn, whole processes on our side: Score-CAM
over 64 of the 768 channels, RISE with 64 of its 4,000 masks, GLAS on 6 x 6 of its 15 x 15 points (72
looks). Each look costs the same on either side, so the ratio holds for all of them. Score-CAM is the
package's own; RISE is as its authors' code does it (masks made beforehand, looks in batches); of GLAS
there is no public code, so it is written below, in batches as well.
"""

import statistics
import time

import numpy
import peers_models
import torch
import torch.nn.functional as F
from maps import Score, directions
from peers_models import THREADS, fieldmark
from PIL import Image
from pytorch_grad_cam import ScoreCAM

NAME = "ViT-B-16"
LOOKS = 64
POINTS = 6
BATCH = 16
ROUNDS = 3


def score_cam(score, pixels):
    visual = score.model.visual
    side = visual.grid_size[0]
    cam = ScoreCAM(
        score, [visual.transformer.resblocks[-1].ln_1],
        reshape_transform=lambda x: x[:, 1:, :LOOKS].reshape(1, side, side, -1).permute(0, 3, 1, 2))
    return cam(pixels, [lambda scores: scores[0]])


@torch.no_grad()
def in_batches(score, pictures):
    return torch.cat([score(batch)[:, 0] for batch in pictures.split(BATCH)])


def rise(score, pixels):
    size, cell = 224, 32
    random = numpy.random.default_rng(0)
    grid = torch.tensor(random.random((LOOKS, 1, 7, 7)) < 0.5, dtype=torch.float32)
    large = F.interpolate(grid, size=8 * cell, mode="bilinear")
    corners = random.integers(0, cell, (LOOKS, 2))
    masks = torch.cat(
        [large[i : i + 1, :, y : y + size, x : x + size] for i, (y, x) in enumerate(corners)])
    scores = in_batches(score, masks * pixels)
    return (scores @ masks.reshape(LOOKS, -1)).reshape(size, size) / LOOKS / 0.5


def glas(score, pixels):
    size = 224
    way = (torch.arange(size) + 0.5) * POINTS / size
    lines = torch.exp(-((way[None] - torch.arange(POINTS)[:, None] - 0.5) ** 2) / 18)
    spots = (lines[:, None, :, None] * lines[None, :, None, :]).reshape(-1, 1, size, size)
    with torch.no_grad():
        whole = score(pixels)[0, 0]
    light = in_batches(score, spots * pixels)
    shadow = (whole - in_batches(score, (1 - spots) * pixels)).abs() + 1e-5
    return ((light * shadow) @ spots.reshape(len(spots), -1)).reshape(size, size)


def main():
    torch.set_num_threads(THREADS)
    model, transform = peers_models.load(NAME)
    picture = peers_models.pictures()[0]
    pixels = transform(Image.open(picture))[None]
    score = Score(model, directions(model)[:1])
    methods = [
        ("Score-CAM", ["gscore-cam", "--channels", str(LOOKS)], score_cam, LOOKS),
        ("RISE", ["rise", "--masks", str(LOOKS)], rise, LOOKS),
        ("GLAS", ["glas", "--points", str(POINTS)], glas, 2 * POINTS**2),
    ]
    words = ["highlight", str(picture), "-c", "red epaulets", "-a", "bird", "--json", "--model",
             peers_models.folder(NAME), "--method"]
    for name, ours, theirs, looks in methods:
        rows = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            fieldmark(*words, *ours)
            middle = time.perf_counter()
            theirs(score, pixels)
            rows.append((middle - start, time.perf_counter() - middle))
        ratio = statistics.median(b / a for a, b in rows)
        a, b = (statistics.median(column) / looks for column in zip(*rows))
        print(f"{name}: {a:.3f} s a look, {b:.3f} s by PyTorch; Fieldmark is faster by {ratio:.2f}")


if __name__ == "__main__":
    main()
