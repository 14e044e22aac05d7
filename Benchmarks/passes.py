"""Measures that show a model hundreds of changed pictures: Fieldmark beside PyTorch, and bf16 beside fp32.

    python Benchmarks/passes.py [ViT-B-16|demo]...          # after `make build`

Deletion and insertion (225 passes of a picture of 224 x 224, RISE's protocol), Finer-CAM's relative drop
at 5 % (2 passes) and ROAD (19 passes, 18 of them of pictures filled in). The same in PyTorch as well as we
could write it: a batch of masked pictures made by one look at the step at which each pixel goes, in
inference mode, on as many threads as there are cores, with the batch that a trial finds best; ROAD's
equations by SciPy's SuperLU, ordered for a symmetric matrix and factored once for the three planes. That
both say the same of a picture, all 225 passes, is checked first. Then turn by turn, whole measures on
both sides, ratios within rounds; on large models with steps of 1,568 pixels (33 passes), since each pass
costs the same. At last what bf16 saves, and by how much it moves each measure, over several pictures.

The maps are made up (waves through a grid of 14 x 14), the classes too: what the pictures' embeddings
have in common, and a little of each one's own or of something at random, 200 in all.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

# PyTorch's best: memory that is given back is not asked for again. Read when a process starts.
MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(2**32), "MALLOC_TRIM_THRESHOLD_": str(2**34)}
if __name__ == "__main__" and not MEMORY.items() <= os.environ.items():
    os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **MEMORY})

import numpy
import references  # before what lies there
import peers_models
import open_clip
import torch
import torch.nn.functional as F
from peers_models import PACKAGE, THREADS, Missing, fieldmark
from PIL import Image
from randomized import draw
from scipy.ndimage import gaussian_filter
from scipy.sparse import coo_matrix
from scipy.sparse.linalg import splu

SIDE = 224
STEP = 224
# Pixels of a step in the rounds, where a pass is slow.
STEPS = {"ViT-B-16": 1568, "demo": STEP}
ROUNDS = 5
BATCHES = [16, 32]
CLASSES = 200
PICTURES = 8
# How far classes lie from what all pictures have in common: so that probabilities are not all 0 and 1.
NEAR = 0.05
MEASURES = ["deletion", "insertion", "rd-5", "road"]


class Case:
    """Pictures that are prepared, a map for each, and classes."""

    def __init__(self, visual, transform, pictures):
        self.visual = visual
        self.planes = torch.stack([transform(picture) for picture in pictures])
        grid = numpy.arange(14)
        waves = [
            numpy.sin(0.5 * (k + 1) * grid)[:, None] + numpy.cos(0.4 * grid - k)[None]
            for k in range(len(pictures))]
        maps = torch.tensor(numpy.stack(waves), dtype=torch.float32)[:, None]
        # Smallest numbers of a pixel's own, so that no two are equal.
        own = torch.arange(SIDE * SIDE).reshape(SIDE, SIDE) * 1e-6
        self.maps = (F.interpolate(maps, size=SIDE, mode="bilinear")[:, 0] + own).flatten(1)
        with torch.inference_mode():
            embeddings = F.normalize(visual(self.planes), dim=1)
            mean = F.normalize(embeddings.mean(0), dim=0)
            own = F.normalize(embeddings - embeddings.mean(0), dim=1)
            others = F.normalize(torch.randn(
                CLASSES - len(own), own.shape[1], generator=torch.Generator().manual_seed(3)), dim=1)
            self.rows = F.normalize(mean + NEAR * torch.cat([own, others]), dim=1)
            scores = 100 * embeddings @ self.rows.T
            order = scores.argsort(dim=1, descending=True)
        self.labels, self.references = order[:, 0], order[:, 1]

    def save(self, file, pictures):
        some = slice(0, pictures)
        numpy.savez(
            file, planes=self.planes[some].numpy(), maps=self.maps[some].numpy(),
            directions=self.rows.numpy(), labels=self.labels[some].numpy().astype("float32"),
            references=self.references[some].numpy().astype("float32"))


def kernel():
    """RISE's: what a Gaussian blur of deviation 5 leaves of one bright pixel in 11 x 11."""
    spot = numpy.zeros((11, 11))
    spot[5, 5] = 1
    return torch.tensor(gaussian_filter(spot, 5), dtype=torch.float32)[None, None]


class Protocol:
    """The measures on one picture by PyTorch."""

    def __init__(self, case, index, batch):
        self.case, self.batch = case, batch
        self.planes, self.map = case.planes[index], case.maps[index]
        self.label, self.reference = case.labels[index], case.references[index]

    def scores(self, pictures):
        embeddings = F.normalize(self.case.visual(pictures), dim=1)
        return torch.softmax(100 * embeddings @ self.case.rows.T, dim=1)

    def order(self, values):
        return torch.sort(values, descending=True, stable=True).indices

    def way(self, start, finish, step):
        count = -(-SIDE * SIDE // step) + 1
        step_of = torch.empty(SIDE * SIDE, dtype=torch.int32)
        step_of[self.order(self.map)] = torch.arange(SIDE * SIDE, dtype=torch.int32) // step
        step_of = step_of.reshape(1, 1, SIDE, SIDE)
        curve = []
        for first in range(0, count, self.batch):
            now = torch.arange(first, min(first + self.batch, count), dtype=torch.int32)
            masked = torch.where(step_of < now[:, None, None, None], finish, start)
            curve.append(self.scores(masked)[:, self.label])
        curve = torch.cat(curve).double()
        return ((curve.sum() - curve[0] / 2 - curve[-1] / 2) / (count - 1)).item()

    def deletion(self, step):
        return self.way(self.planes[None], torch.zeros_like(self.planes)[None], step)

    def insertion(self, step):
        blurred = F.conv2d(self.planes[:, None], kernel(), padding=5)[:, 0]
        return self.way(blurred[None], self.planes[None], step)

    def relative_drop(self, step):
        masked = self.planes.flatten(1).clone()
        masked[:, self.order(self.map)[: round(0.05 * SIDE * SIDE)]] = 0
        both = torch.stack([self.planes, masked.reshape_as(self.planes)])
        lost = torch.sub(*self.scores(both))
        return (lost[self.label] - lost[self.reference]).item()

    def road(self, step):
        pixels = SIDE * SIDE
        counts = [pixels - -(-p * (pixels - 1) // 100) for p in range(10, 100, 10)]
        orders = [self.order(self.map), self.order(-self.map)]
        filled = [fill(self.planes, order[:count]) for order in orders for count in counts]
        pictures = torch.stack([self.planes, *filled])
        scores = torch.cat([self.scores(part) for part in pictures.split(self.batch)])
        changes = (scores[1:] - scores[0])[:, self.label].double()
        return ((changes[9:] - changes[:9]) / 2).mean().item()

    @torch.inference_mode()
    def measure(self, name, step):
        return getattr(self, {"rd-5": "relative_drop"}.get(name, name))(step)


def fill(planes, missing):
    """Each missing pixel as the weighted mean of its neighbours, all equations at once."""
    missing = missing.numpy()
    row = numpy.full((SIDE + 2, SIDE + 2), -1)
    y, x = missing // SIDE + 1, missing % SIDE + 1
    row[y, x] = numpy.arange(len(missing))
    inside = numpy.zeros((SIDE + 2, SIDE + 2))
    inside[1:-1, 1:-1] = 1
    values = numpy.zeros((3, SIDE + 2, SIDE + 2))
    values[:, 1:-1, 1:-1] = planes
    values[:, y, x] = 0
    diagonal = numpy.zeros(len(missing))
    right = numpy.zeros((len(missing), 3))
    places = [(numpy.arange(len(missing)),) * 2 + (diagonal,)]
    for dy, dx in [(-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1)]:
        weight = 1 / 6 if dy == 0 or dx == 0 else 1 / 12
        diagonal += weight * inside[y + dy, x + dx]
        right += weight * values[:, y + dy, x + dx].T
        other = row[y + dy, x + dx]
        own = numpy.flatnonzero(other >= 0)
        places.append((own, other[own], numpy.full(len(own), -weight)))
    rows, columns, weights = map(numpy.concatenate, zip(*places))
    matrix = coo_matrix((weights, (rows, columns))).tocsc()
    factors = splu(
        matrix, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0, options={"SymmetricMode": True})
    filled = planes.flatten(1).clone()
    filled[:, missing] = torch.tensor(factors.solve(right).T, dtype=torch.float32)
    return filled.reshape_as(planes)


def seconds(call, *words):
    start = time.perf_counter()
    found = call(*words)
    return time.perf_counter() - start, found


def ours(model, file, measures, step, precision="fp32"):
    lines = fieldmark(
        "bench", "passes", "--model", model, "--file", file, "--measures", ",".join(measures),
        "--step", str(step), "--precision", precision, "--threads", str(THREADS))
    return {report["measure"]: report for report in map(json.loads, lines.splitlines())}


@torch.inference_mode()
def best_batch(visual):
    taken = {}
    for size in BATCHES:
        pictures = torch.zeros(size, 3, SIDE, SIDE)
        visual(pictures)
        taken[size] = min(seconds(visual, pictures)[0] for _ in range(2)) / size
    best = min(taken, key=taken.get)
    print("  PyTorch's passes: " + ", ".join(
        f"{1000 * t:.1f} ms each in batches of {size}" for size, t in taken.items()))
    return best


def beside_pytorch(name, model, case, file):
    case.save(file, 1)
    batch = best_batch(case.visual)
    protocol = Protocol(case, 0, batch)
    for measure, report in ours(model, file, MEASURES, STEP).items():
        taken, value = seconds(protocol.measure, measure, STEP)
        found = report["values"][0]
        assert abs(found - value) < 1e-4, (measure, found, value)
        print(f"  {measure}: {found:.6f}, PyTorch's {value:.6f}; {report['passes']} passes, "
              f"{report['seconds']:.2f} s ({report['bare']:.2f} s for bare passes), PyTorch "
              f"{taken:.2f} s", flush=True)
    rounds = {measure: [] for measure in MEASURES}
    for _ in range(ROUNDS):
        for measure in MEASURES:
            report = ours(model, file, [measure], STEPS[name])[measure]
            rounds[measure].append((report, seconds(protocol.measure, measure, STEPS[name])[0]))
    print("  | | ms a pass | of bare passes | PyTorch's ms | ours is faster by |\n  |---|---|---|---|---|")
    for measure, rows in rounds.items():
        passes = rows[0][0]["passes"]
        a, b = ([1000 * t / passes for t in some] for some in (
            [r["seconds"] for r, _ in rows], [t for _, t in rows]))
        share = statistics.median(r["seconds"] / r["bare"] for r, _ in rows)
        ratio = statistics.median(y / x for x, y in zip(a, b))
        print(f"  | {measure} | {statistics.median(a):.1f} | {share:.2f} | "
              f"{statistics.median(b):.1f} | {ratio:.2f} |", flush=True)


def beside_bf16(name, model, case, file):
    case.save(file, PICTURES)
    rounds = []
    for _ in range(2):
        both = [ours(model, file, MEASURES, STEPS[name], kind) for kind in ("fp32", "bf16")]
        rounds.append(both)
    print(f"  bf16, {PICTURES} pictures; how far it moves each measure:\n"
          "  | | faster by | mean | largest | of values from | to |\n  |---|---|---|---|---|---|")
    for measure in MEASURES:
        whole, half = (numpy.array(report[measure]["values"]) for report in rounds[0])
        ratio = statistics.median(
            a[measure]["seconds"] / b[measure]["seconds"] for a, b in rounds)
        off = abs(whole - half)
        print(f"  | {measure} | {ratio:.2f} | {off.mean():.1e} | {off.max():.1e} | "
              f"{whole.min():.4f} | {whole.max():.4f} |", flush=True)


def opened(name, folder):
    if name == "demo":
        fieldmark("aviary", "-o", Path(folder) / "birds", "-n", str(PICTURES), "--seed", "901")
        files = sorted((Path(folder) / "birds").glob("images/*/*.*"))
        model, transform = open_clip.create_model_from_pretrained(f"local-dir:{PACKAGE / 'Demo'}")
        pictures = [Image.open(file).convert("RGB") for file in files[:PICTURES]]
        return "demo", model.eval().requires_grad_(False), transform, pictures
    model, transform = peers_models.load(name)
    pictures = [draw(300, 260, 0.7 * phase) for phase in range(PICTURES)]
    return peers_models.folder(name), model, transform, pictures


def main(names):
    torch.set_num_threads(THREADS)
    for name in names:
        print(f"{name}, {THREADS} threads")
        with tempfile.TemporaryDirectory() as folder:
            model, peer, transform, pictures = opened(name, folder)
            case = Case(peer.visual, transform, pictures)
            file = Path(folder) / "passes.npz"
            beside_pytorch(name, model, case, file)
            try:
                beside_bf16(name, model, case, file)
            except Missing as reason:
                print(f"  bf16 left out: {reason}")


if __name__ == "__main__":
    main(sys.argv[1:] or list(STEPS))
