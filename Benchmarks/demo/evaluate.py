"""How well a trained demo model tells and shows traits, on pictures of another seed than it saw.

    fieldmark aviary -o eval --count 1500 --seed 901 --captions 1 --size 224
    python3 Benchmarks/demo/evaluate.py eval demo --program .build/release/fieldmark

Traits of at least 20 pixels count. Intervals: 95 %, bootstrap over pictures. With --program, some
maps are asked of Fieldmark too, and held against those of this script; with --methods as well, all
that these methods of Fieldmark find, of a trait alone and against "bird".
"""

import argparse
import json
import pathlib
import subprocess
import sys

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "References"))
import peers_torchvision  # before open_clip
import open_clip
from losses import STRENGTH, Words
from network import Last, read, stream

LEAST = 20


def interval(sums, counts):
    sums, counts = np.asarray(sums, float), np.asarray(counts, float)
    draws = np.random.default_rng(0).integers(0, len(sums), (1000, len(sums)))
    means = sums[draws].sum(1) / counts[draws].sum(1)
    low, high = np.quantile(means, [0.025, 0.975])
    return f"{sums.sum() / counts.sum():.3f} ({low:.3f} to {high:.3f})"


def mark(maps, masks):
    """Whether the peak lies in the mask, and the share of what is above 0 that does."""
    maps = F.interpolate(maps.clamp(min=0)[:, None], masks.shape[-2:], mode="bilinear")[:, 0]
    flat, inside = maps.flatten(1), masks.flatten(1)
    hit = inside.gather(1, flat.argmax(1, keepdim=True))[:, 0] * (flat.amax(1) > 0)
    return hit.numpy(), ((flat * inside).sum(1) / flat.sum(1).clamp(min=1e-12)).numpy()


def asked(o, picture, traits, method, strength):
    """Fieldmark's own maps of a picture, one for each trait."""
    line = [o.program, "highlight", picture, "-m", o.model, "-a", "bird", "--json", "--method",
            *method.split(), "-g", str(strength), *(w for t in traits for w in ("-c", t))]
    found = subprocess.run(line, check=True, capture_output=True, text=True).stdout
    found = [json.loads(row) for row in found.splitlines()]
    return torch.stack([torch.tensor(row["values"]).reshape(row["grid"]) for row in found])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data")
    parser.add_argument("model")
    parser.add_argument("--pictures", type=int, default=300)
    parser.add_argument("--probe", type=int, default=1500)
    parser.add_argument("--program")
    parser.add_argument("--methods", default="")
    parser.add_argument("--asked", type=int, default=60, help="pictures for --methods")
    o = parser.parse_args()
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    model, prepare = open_clip.create_model_from_pretrained(f"local-dir:{o.model}")
    model.eval()
    visual = model.visual
    words = Words(model.token_embedding.num_embeddings)
    data = pathlib.Path(o.data)
    names = [line.split()[1] for line in (data / "images.txt").read_text().splitlines()]
    labels = (data / "image_class_labels.txt").read_text().splitlines()
    labels = np.array([int(line.split()[1]) for line in labels])
    order = np.random.default_rng(0).permutation(len(names))[: max(o.probe, o.pictures)]
    names, labels = [names[i] for i in order], labels[order]
    rows = {name: [] for name in names}
    for line in open(data / "masks/masks.jsonl"):
        row = json.loads(line)
        if row["kind"] == "trait" and row["picture"] in rows:
            rows[row["picture"]].append(row)

    side, patch = visual.image_size[0], visual.patch_size[0]
    places = torch.arange((side // patch) ** 2)

    def look(names):
        pixels = torch.stack([prepare(Image.open(data / "images" / n).convert("RGB")) for n in names])
        patches = F.unfold(pixels, patch, stride=patch).transpose(1, 2)
        return stream(visual, patches, places[None].expand(len(names), -1))

    z, streams = [], []
    for i in range(0, len(names), 20):
        x = look(names[i : i + 20])
        z.append(Last(visual, x).embedding())
        streams.append(x if i < o.pictures else None)
    z = torch.cat(z)
    x = torch.cat([s for s in streams if s is not None])

    if o.probe:
        from sklearn.linear_model import LogisticRegression
        half = o.probe // 3
        probe = LogisticRegression(C=100, max_iter=2000)
        probe.fit(z[half : o.probe].numpy(), labels[half : o.probe])
        right = probe.predict(z[:half].numpy()) == labels[:half]
        print(f"species, linear probe of {o.probe - half} pictures, on {half} others:",
              interval(right, np.ones(half)), flush=True)

    phrases = sorted({r["trait"] for rs in rows.values() for r in rs})
    number = {p: i for i, p in enumerate(phrases)}
    embed = lambda texts: torch.cat(
        [read(model, words(texts[i : i + 64])) for i in range(0, len(texts), 64)])
    opposites = [embed([f"a bird {how} {p}" for p in phrases]) for how in ("with", "without")]
    sure = z @ (opposites[0] - opposites[1]).T
    kind = lambda p: p.split(" ", 1)[-1]
    there, elsewhere, like = [], [], []
    for i, name in enumerate(names):
        has = {r["trait"] for r in rows[name]}
        shown = [number[r["trait"]] for r in rows[name] if r["pixels"] >= LEAST]
        kinds = {kind(phrases[p]) for p in shown}
        lacks = [number[p] for p in phrases if p not in has]
        near = [p for p in lacks if kind(phrases[p]) in kinds]
        there.append((sure[i, shown] > 0).float().mean().item())
        elsewhere.append((sure[i, lacks] < 0).float().mean().item())
        like.append((sure[i, near] < 0).float().mean().item() if near else 1.0)
    ones = np.ones(len(names))
    print("traits there:", interval(there, ones))
    print("traits not there:", interval(elsewhere, ones),
          "of the same parts:", interval(like, ones))
    print("both, halves:", interval((np.array(there) + elsewhere) / 2, ones),
          "of the same parts:", interval((np.array(there) + like) / 2, ones), flush=True)

    traits, bird = embed(phrases), embed(["bird"])
    results = []
    for i, name in enumerate(names[: o.pictures]):
        seen = [r for r in rows[name] if r["pixels"] >= LEAST]
        masks = [np.asarray(Image.open(data / "masks" / r["file"])) > 127 for r in seen]
        masks = torch.from_numpy(np.stack(masks)).float()
        t = traits[[number[r["trait"]] for r in seen]]
        with torch.enable_grad():
            last = Last(visual, x[i : i + 1].requires_grad_(True))
            maps = last.maps(torch.cat([t - STRENGTH * bird, t])[None])[0].detach()
        maps = maps.reshape(2, len(seen), side // patch, side // patch)
        marks = np.stack([*mark(maps[0], masks), *mark(maps[1], masks)], 1)
        results += [(r["trait"], i, r["pixels"], *marks[k]) for k, r in enumerate(seen)]
    table = np.array([r[1:] for r in results])
    pictures = np.arange(o.pictures)
    for low, high in ((LEAST, 1e9), (LEAST, 100), (100, 400), (400, 1600), (1600, 1e9)):
        part = table[(table[:, 1] >= low) & (table[:, 1] < high)]
        sums = lambda c: [part[part[:, 0] == i, c].sum() for i in pictures]
        counts = [(part[:, 0] == i).sum() for i in pictures]
        print(f"{low} to {high:g} pixels, {len(part)} maps:",
              "peak: Finer-CAM", interval(sums(2), counts), "Grad-CAM", interval(sums(4), counts),
              "energy: Finer-CAM", interval(sums(3), counts), "Grad-CAM", interval(sums(5), counts),
              "times", interval(sums(3), sums(5)), flush=True)
    by = {}
    for r in results:
        by.setdefault(r[0], []).append(r[3])
    worst = sorted(((np.mean(v), len(v), p) for p, v in by.items() if len(v) >= 8))
    print("worst:", ", ".join(f"{p} {m:.2f}" for m, n, p in worst[:25]))
    print("best:", ", ".join(f"{p} {m:.2f}" for m, n, p in worst[-10:]))

    for method in filter(None, o.methods.split(",")):
        for strength in (STRENGTH, 0.0):
            hits, shares, counts = [], [], []
            for name in names[: o.asked]:
                seen = [r for r in rows[name] if r["pixels"] >= LEAST]
                masks = [np.asarray(Image.open(data / "masks" / r["file"])) > 127 for r in seen]
                maps = asked(o, data / "images" / name, [r["trait"] for r in seen], method, strength)
                hit, share = mark(maps, torch.from_numpy(np.stack(masks)).float())
                hits.append(hit.sum())
                shares.append(share.sum())
                counts.append(len(seen))
            print(method, strength, "peak", interval(hits, counts), "energy",
                  interval(shares, counts), flush=True)

    if o.program:
        for i in range(3):
            trait = next(r["trait"] for r in reversed(rows[names[i]]) if r["pixels"] >= LEAST)
            line = subprocess.run(
                [o.program, "highlight", data / "images" / names[i], "-m", o.model, "-c", trait,
                 "-a", "bird", "--json"], check=True, capture_output=True, text=True).stdout
            found = np.array(json.loads(line.splitlines()[0])["values"])
            with torch.enable_grad():
                last = Last(visual, x[i : i + 1].requires_grad_(True))
                ours = last.maps((traits[[number[trait]]] - STRENGTH * bird)[None])[0, 0].detach()
            ours = ours.numpy() / len(places) * model.logit_scale.exp().item()
            off = np.abs(ours - found).max() / np.abs(ours).max()
            print(f"{trait}: Fieldmark's map is off by at most {off:.1e} of its largest number")


if __name__ == "__main__":
    main()
