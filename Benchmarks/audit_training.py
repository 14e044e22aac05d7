"""Do the audit's intervals hold heads that were trained again? On drawn birds.

    python Benchmarks/audit_training.py [WORLDS] [OUT]      # after `make build`; a world takes some minutes

Each world is one of Benchmarks/audit.py: six pairs of look-alikes with a kind of cue each, and birds that
always have the cue of their species. Head A is trained on 240 pictures, and audited with `--retrain 20`.
Heads B1 to B8 are trained on freshly drawn pictures, and measured on the pictures that A was audited on, and
on four times as many fresh ones, so that what they lose is known better there than what A loses. Printed is in what share of cases the reliance of a B, on the traits or on a
nuisance of a pair, lies in A's interval, and in the interval over pictures alone. What is done already in
OUT is not done again.

Colors, contrast and sharpness are moved by as much as the two classes differ in the audited pictures, so
that fresh pictures are moved by another amount, which the intervals have to cover as well.
"""

import json
import random
import sqlite3
from pathlib import Path

import numpy as np

from audit import KINDS, audited, drawn, listed, trained, worlds

FIRST_SEED = 81_000
OTHERS = 8
PICTURES = 144
# The kinds of cues, at about half the cost of all nuisances.
NUISANCES = ["background", "frame", "color", "sharpness", "contrast"]


def changes(run, heads):
    """By pair and change: for each head the margins before and after, and after what that is compared
    with, a row for each picture. The first head is the run's classifier."""
    classes = json.loads(Path(f"{run}.json").read_text())["settings"]["classes"]
    tables = sqlite3.connect(run)
    rivals = dict(tables.execute("SELECT picture, value FROM numbers WHERE measure = 'rival'"))
    labels = dict(tables.execute("SELECT number, class FROM pictures WHERE failure IS NULL"))
    margins = {}
    for picture, name, value, counts in tables.execute(
            "SELECT picture, measure, value, counts FROM numbers WHERE map = 'changes' AND value IS NOT "
            "NULL"):
        counts = np.frombuffer(counts, "<f4").astype(float)
        others = counts[3:].reshape(-1, 2)
        assert len(others) == heads - 1, f"{len(others)} heads in {run}"
        margins[picture, name] = np.vstack([[value, counts[0]], others])
    found = {}
    for (picture, name), after in margins.items():
        if name == "margin":
            continue
        pair = frozenset((classes[labels[picture]], classes[int(rivals[picture])]))
        before = margins[picture, "margin"][:, :1]
        found.setdefault((pair, name), []).append(np.hstack([before, after]))
    return {key: np.array(rows) for key, rows in found.items()}


def share(rows):
    """The reliance of a head, over the pictures that it tells right from the look-alike."""
    before, changed, compared = rows[rows[:, 0] > 0].T
    return (compared - changed).sum() / before.sum() if len(before) > 2 else None


def one(folder, index, all_pairs):
    rng = random.Random(FIRST_SEED + index)
    chosen = rng.sample(all_pairs, 6)
    species = [name for pair in chosen for name in pair]
    kinds = rng.sample(sorted(KINDS), 6)
    ties = [(name, KINDS[kind][0][place]) for pair, kind in zip(chosen, kinds)
            for place, name in enumerate(pair)]
    seed = FIRST_SEED + 100 * index
    heads = []
    for number in range(OTHERS + 1):
        world = drawn(folder / f"train-{number}", 240, seed + number, species, ties)
        heads.append(trained(folder / f"head-{number}.safetensors", listed(world)))
    same = drawn(folder / "same", PICTURES, seed + 50, species, ties)
    fresh = drawn(folder / "fresh", 4 * PICTURES, seed + 51, species, ties)

    def of(words, option):
        return [part for word in words for part in (option, word)]

    asked = ["--threads", 1, *of(NUISANCES, "--nuisance")]
    pairs = audited(same, heads[0], folder / "a.run", *asked, "--retrain", 20, "--retrain-on",
                    heads[0].with_suffix(".csv"))
    audited(same, heads[0], folder / "same.run", *asked, *of(heads[1:], "--replica"))
    audited(fresh, heads[1], folder / "fresh.run", *asked, *of(heads[2:], "--replica"))
    on_same = changes(folder / "same.run", OTHERS + 1)
    on_fresh = changes(folder / "fresh.run", OTHERS)
    rows = []
    for pair in pairs:
        names = frozenset((pair["class"], pair["look_alike"]))
        for name, change in pair["changes"].items():
            if "trainings" not in change:
                continue
            for where, found, first in [("same", on_same, 1), ("fresh", on_fresh, 0)]:
                some = found.get((names, name))
                if some is None:
                    continue
                shares = [share(some[:, head]) for head in range(first, some.shape[1])]
                rows.append({
                    "world": index, "pair": sorted(names), "change": name, "where": where,
                    "share": change["share"], "wide": [change["low"], change["high"]],
                    "narrow": [change["low_over_pictures"], change["high_over_pictures"]],
                    "others": [other for other in shares if other is not None]})
    return rows


def coverage(rows, which):
    held = [row[which][0] <= other <= row[which][1] for row in rows for other in row["others"]]
    return f"{np.mean(held):.3f} of {len(held)}" if held else "none"


def report(rows):
    for name, some in [("all", rows), ("traits", [r for r in rows if r["change"] == "traits"]),
                       ("nuisances", [r for r in rows if r["change"] != "traits"]),
                       ("reliances above 0.1", [r for r in rows if r["share"] > 0.1])]:
        for where in ["same", "fresh"]:
            those = [row for row in some if row["where"] == where]
            print(f"{name}, {where} pictures: another head lies in the interval in "
                  f"{coverage(those, 'wide')} (asked 0.90 to 0.97), in that over pictures alone in "
                  f"{coverage(those, 'narrow')}")
    wide = [np.ptp(row["wide"]) / max(np.ptp(row["narrow"]), 1e-9) for row in rows]
    print(f"the interval is wider than that over pictures by a factor of {np.median(wide):.2f} (median)")
    for change in sorted({row["change"] for row in rows}):
        for where in ["same", "fresh"]:
            some = [row for row in rows if row["change"] == change and row["where"] == where]
            missed = [max(row["wide"][0] - other, other - row["wide"][1], 0)
                      for row in some for other in row["others"]]
            print(f"  {change}, {where} pictures: {coverage(some, 'wide')}, over pictures alone "
                  f"{coverage(some, 'narrow')}; missed by at most {max(missed, default=0):.3f} of the margin")


def main():
    report([row for world in worlds(2, one) for row in world])


if __name__ == "__main__":
    main()
