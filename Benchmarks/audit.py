"""Does the audit tell classifiers that cheat from honest ones? On drawn birds, of which the truth is
known.

    python Benchmarks/audit.py [WORLDS] [OUT]       # after `make build`; 30 worlds take half an hour and more

Each world has six pairs of look-alikes, drawn with a fresh seed, and two heads over the demo model:

- an honest one, trained on birds with everything else at random;
- one that cheats. `--shortcut` alone does not make one: where a cue always goes with a species, a head
  over this model still goes by the bird (five such heads are trained too, and asked about birds whose
  cues are at random). So both of a pair are drawn with one cue and called the first, then both with
  another cue and called the second: nothing but the cue tells the names apart. A strength below 1 names
  that share of the pictures so, the others by the bird.

Both heads are audited on the same pictures, on which each species has its cue, as in a dataset that
makes cheating pay: the cheating head is right there, too. A class is one thing to be told; AUC is over
classes. What is done already in OUT is not done again.
"""

import csv
import json
import os
import random
import sqlite3
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image
from safetensors import safe_open
from safetensors.numpy import save_file
from scipy.stats import kstest
from sklearn.metrics import roc_auc_score

PACKAGE = Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("FIELDMARK", str(PACKAGE / ".build" / "release" / "fieldmark"))
CUES = ["forest", "meadow", "lake", "snow", "rocks", "town", "red-ring", "blue-ring", "yellow-ring",
        "corner-mark"]
STRENGTHS = [1, 0.9, 0.8]
TRAININGS = ["logistic", "adam"]
FIRST_SEED = 90_000
# How often the rows of each honest head are put into another order.
SHUFFLES = 5


def fieldmark(*words, allowed=(0,)):
    done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True)
    if done.returncode not in allowed:
        raise SystemExit(f"fieldmark {' '.join(map(str, words))}: {done.stderr.strip()}")
    return done.stdout


def pairs():
    found = []
    for line in fieldmark("aviary", "--list").splitlines():
        if ", like " in line:
            species, rest = line.split(", like ")
            found.append((species, rest.split(" but for its ")[0]))
    return found


def drawn(folder, count, seed, species, ties):
    words = ["aviary", "-o", folder, "--count", count, "--seed", seed, "--size", 224]
    for name in species:
        words += ["--species", name]
    for name, cue in ties:
        words += ["--shortcut", f"{name}={cue}:1"]
    if not (folder / "masks" / "masks.jsonl").exists():
        fieldmark(*words)
    return folder


def listed(folder):
    """The pictures of a world, with their classes as they are named there."""
    def table(name):
        return [line.split() for line in (folder / name).read_text().splitlines()]
    classes = dict(table("classes.txt"))
    labels = {number: classes[label] for number, label in table("image_class_labels.txt")}
    return [(f"{folder.name}/images/{path}", labels[number]) for number, path in table("images.txt")]


def trained(folder, name, rows, training):
    """A head from pictures with names."""
    table = folder / f"{name}-names.csv"
    with table.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["path", "class", "split"])
        writer.writerows([path, label, "train"] for path, label in rows)
    head = folder / f"{name}.safetensors"
    if not head.exists():
        fieldmark("train", table, "-o", head, "--with", training)
    return head


def right_elsewhere(folder, name, rows, others, training):
    """How many of other pictures a head is right on that is trained on these."""
    table = folder / f"{name}-elsewhere.csv"
    with table.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["path", "class", "split"])
        writer.writerows([path, label, "train"] for path, label in rows)
        writer.writerows([path, label, "test"] for path, label in others)
    told = fieldmark("train", table, "-o", table.with_suffix(".safetensors"), "--with", training,
                     "--json")
    return json.loads(told)["accuracy"]


def audited(folder, name, head, *words):
    run = folder / f"{name}.run"
    fieldmark("audit", folder / "test", "--classifier", head, "--split", "all", "-o", run, *words,
              allowed=(0, 3))
    pictures = [json.loads(line) for line in Path(f"{run}.jsonl").read_text().splitlines()]
    return json.loads(Path(f"{run}.json").read_text()), [p for p in pictures if "picture" in p]


def shuffled(head, draw, seed):
    """The same head with its rows in another order: no class has its own."""
    out = head.with_name(f"{head.stem}-shuffled-{draw}.safetensors")
    if out.exists():
        return out
    with safe_open(head, framework="numpy") as file:
        names, metadata = list(file.keys()), file.metadata()
        order = np.random.default_rng(seed).permutation(len(file.get_tensor("bias")))
        save_file({name: np.ascontiguousarray(file.get_tensor(name)[order]) for name in names},
                  out, metadata=metadata)
    return out


def masks_of(folder):
    """Of each picture the file of each attribute's mask."""
    table = {}
    for line in (folder / "masks" / "masks.jsonl").read_text().splitlines():
        row = json.loads(line)
        if row.get("attribute"):
            table.setdefault(row["picture"], {})[row["attribute"]] = folder / "masks" / row["file"]
    return table


def on_true_masks(folder, run, pictures):
    """By class: how much more of the classifier's energy lies on the true pixels of the compared traits
    than these have of the picture (as a ratio), and their rank correlation."""
    masks = masks_of(folder / "test")
    names = [line.split()[1] for line in
             next(path for path in [folder / "test" / "attributes" / "attributes.txt",
                                    folder / "test" / "attributes.txt"] if path.exists())
             .read_text().splitlines()]
    numbers = {name: index + 1 for index, name in enumerate(names)}
    tables = sqlite3.connect(f"file:{run}?mode=ro", uri=True)
    scores = {}
    for picture in pictures:
        if picture["class"] != picture["predicted"]:
            continue
        known = masks.get(picture["picture"], {})
        files = [known[numbers[t["attribute"]]] for t in picture["traits"]
                 if numbers[t["attribute"]] in known]
        row = tables.execute(
            "SELECT rows, columns, largest, grid FROM maps JOIN pictures ON number = picture "
            "WHERE path = ? AND name = 'classifier'", (picture["picture"],)).fetchone()
        if not files or row is None:
            continue
        rows, columns, largest, grid = row
        values = np.frombuffer(grid, "<f2").astype(float).reshape(rows, columns) * largest
        truth = np.clip(sum(np.asarray(Image.open(f).convert("L")) > 127 for f in files), 0, 1)
        cells = truth.reshape(rows, truth.shape[0] // rows, columns, -1).mean((1, 3))
        clipped = np.maximum(values, 0)
        if clipped.sum() > 0 and cells.mean() > 0:
            energy = (clipped * cells).sum() / clipped.sum()
            scores.setdefault(picture["class"], []).append(energy / cells.mean())
    return {name: float(np.mean(some)) for name, some in scores.items()}


def one(folder, index, all_pairs):
    """Every class of a world's heads: a row each."""
    rng = random.Random(FIRST_SEED + index)
    chosen = rng.sample(all_pairs, 6)
    species = [name for pair in chosen for name in pair]
    cues = [rng.sample(CUES, 2) for _ in chosen]
    strength, training = STRENGTHS[index % 3], TRAININGS[index % 2]
    seed = FIRST_SEED + 10 * index
    tie = lambda which: [(name, which(cue)[place]) for pair, cue in zip(chosen, cues)
                         for place, name in enumerate(pair)]
    plain = drawn(folder / "plain", 240, seed, species, [])
    tied = tie(lambda cue: cue)
    drawn(folder / "test", 144, seed + 1, species, tied)
    first = drawn(folder / "first", 240, seed + 2, species, tie(lambda cue: [cue[0], cue[0]]))
    second = drawn(folder / "second", 240, seed + 3, species, tie(lambda cue: [cue[1], cue[1]]))
    named = {name.replace(" ", "_"): name for name in species}
    numbered = {label.split(".")[1]: label for _, label in listed(plain)}
    partner = {name.replace(" ", "_"): (a.replace(" ", "_"), b.replace(" ", "_"))
               for a, b in chosen for name in (a, b)}
    def by_cue(world, place):
        rows = []
        for path, label in listed(world):
            bird = label.split(".")[1]
            rows.append((path, numbered[partner[bird][place] if rng.random() < strength else bird]))
        return rows
    honest = trained(folder, "honest", listed(plain), training)
    cheat = trained(folder, "cheat", by_cue(first, 0) + by_cue(second, 1), training)
    rows, kept = [], {}
    for kind, head in [("honest", honest), ("cheat", cheat)]:
        summary, pictures = audited(folder, kind, head)
        truths = on_true_masks(folder, folder / f"{kind}.run", pictures)
        kept[kind] = summary
        for item in summary["classes"]:
            rows.append({
                "world": index, "kind": kind, "strength": 0 if kind == "honest" else strength,
                "training": training, "class": item["class"], "score": item["score"]["mean"],
                "verdict": item["verdict"], "p": item["p"], "rate": item["rate"],
                "inside": item["inside"], "right": item["right"], "pictures": item["pictures"],
                "truth": truths.get(item["class"])})
    # One picture of the first of each pair: the second asks the same the other way around.
    firsts = {names[0] for names in chosen}
    null = []
    for draw in range(SHUFFLES):
        _, pictures = audited(folder, f"null-{draw}", shuffled(honest, draw, 1000 * draw + index))
        ps = {}
        for picture in pictures:
            p = picture["agreements"]["together"]["beside"]["rows"]["p"]
            if p is not None and picture["class"] in firsts:
                ps.setdefault(picture["class"], p)
        null += ps.values()
    again, elsewhere = {}, {}
    if index < 5:
        tied_world = drawn(folder / "tied", 240, seed + 4, species, tied)
        other = listed(drawn(folder / "other", 240, seed + 5, species, []))
        for kind, some in [("honest", listed(plain)), ("tied", listed(tied_world)),
                           ("cheat", by_cue(first, 0) + by_cue(second, 1))]:
            elsewhere[kind] = right_elsewhere(folder, kind, some, other, training)
        for kind, head in [("honest", honest), ("cheat", cheat)]:
            summary, _ = audited(folder, f"{kind}-again", head, "--seed", 1)
            again[kind] = [(a["score"]["mean"], b["score"]["mean"], a["verdict"] == b["verdict"])
                           for a, b in zip(kept[kind]["classes"], summary["classes"])]
    return {"rows": rows, "null": null, "again": again, "elsewhere": elsewhere,
            "right": {kind: kept[kind]["right"] / kept[kind]["pictures"] for kind in kept}}


def told(rows):
    return [row for row in rows if row["score"] is not None]


def auc(honest, cheat, key):
    values = [row[key] for row in honest + cheat]
    return roc_auc_score([1] * len(honest) + [0] * len(cheat), values)


def interval(worlds, statistic, draws=500):
    """Worlds are drawn again, since classes of one head are not independent."""
    rng = np.random.default_rng(0)
    found = []
    for _ in range(draws):
        some = [worlds[i] for i in rng.integers(0, len(worlds), len(worlds))]
        try:
            found.append(statistic([row for world in some for row in world["rows"]]))
        except ValueError:
            pass
    return np.quantile(found, [0.025, 0.975])


def by_agreement(folder, kind):
    """By agreement: each class's mean of what its traits have less what absent attributes have."""
    found = {}
    for line in (folder / f"{kind}.jsonl").read_text().splitlines():
        picture = json.loads(line)
        if picture.get("class") is None or picture["class"] != picture["predicted"]:
            continue
        for name, held in picture["agreements"].items():
            absent = held["beside"]["absent"]["mean"]
            if held["value"] is not None and absent is not None:
                sign = -1 if name == "distance" else 1
                found.setdefault(name, {}).setdefault(picture["class"], []).append(
                    sign * (held["value"] - absent))
    return {name: [float(np.mean(some)) for some in classes.values()]
            for name, classes in found.items()}


def report_agreements(folders):
    kinds = {kind: [by_agreement(folder, kind) for folder in folders]
             for kind in ("honest", "cheat")}
    for name in kinds["honest"][0]:
        honest, cheat = (sum((world.get(name, []) for world in kinds[kind]), [])
                         for kind in ("honest", "cheat"))
        print(f"  by {name} alone: AUC "
              f"{roc_auc_score([1] * len(honest) + [0] * len(cheat), honest + cheat):.3f}")


def is_alarm(row):
    return row["verdict"].startswith("looks") and "listed" not in row["verdict"]


def report(worlds):
    rows = told([row for world in worlds for row in world["rows"]])
    honest = [row for row in rows if row["kind"] == "honest"]
    cheats = [row for row in rows if row["kind"] == "cheat"]
    print(f"\n{len(worlds)} honest and {len(worlds)} cheating heads; classes with a score: "
          f"{len(honest)} honest, {len(cheats)} cheating")
    print("right on the pictures that are audited: honest "
          f"{np.mean([w['right']['honest'] for w in worlds]):.3f}, "
          f"cheating {np.mean([w['right']['cheat'] for w in worlds]):.3f}")

    elsewhere = [world["elsewhere"] for world in worlds if world.get("elsewhere")]
    if elsewhere:
        print(f"right on birds whose cues are at random, {len(elsewhere)} heads of each: " + ", ".join(
            f"{kind} {np.mean([world[kind] for world in elsewhere]):.3f}"
            for kind in ("honest", "tied", "cheat")))

    def overall(rows):
        rows = told(rows)
        return auc([r for r in rows if r["kind"] == "honest"],
                   [r for r in rows if r["kind"] == "cheat"], "score")
    low, high = interval(worlds, overall)
    print(f"AUC of the faithfulness score: {auc(honest, cheats, 'score'):.3f} "
          f"({low:.3f} to {high:.3f})")
    for strength in STRENGTHS:
        some = [row for row in cheats if row["strength"] == strength]
        if some:
            print(f"  cheating at strength {strength}: {auc(honest, some, 'score'):.3f}, alarms "
                  f"{np.mean([is_alarm(row) for row in some]):.3f} of {len(some)}")
    for training in TRAININGS:
        pair = [[row for row in kind if row["training"] == training] for kind in (honest, cheats)]
        if all(pair):
            print(f"  heads by {training}: {auc(*pair, 'score'):.3f}")
    print(f"false alarms at the default rule: {np.mean([is_alarm(row) for row in honest]):.3f}; "
          f"found: {np.mean([is_alarm(row) for row in cheats]):.3f}")
    for kind, some in [("honest", honest), ("cheating", cheats)]:
        counts = {}
        for row in some:
            counts[row["verdict"]] = counts.get(row["verdict"], 0) + 1
        print(f"  {kind}: " + ", ".join(f"{n} {v}" for v, n in sorted(counts.items())))
    both = [[row for row in kind if row["truth"] is not None] for kind in (honest, cheats)]
    print(f"with the true masks of the traits in place of their maps: AUC {auc(*both, 'truth'):.3f} "
          f"(energy on them beside their area; {len(both[0])} and {len(both[1])} classes); the maps' "
          f"own on the same classes {auc(*both, 'score'):.3f}")
    ps = [p for world in worlds for p in world["null"]]
    test = kstest(ps, "uniform")
    print(f"shuffled rows: {len(ps)} p-values, up to 0.05 {np.mean(np.array(ps) <= 0.05):.3f}, 0.25 "
          f"{np.mean(np.array(ps) <= 0.25):.3f}, 0.5 {np.mean(np.array(ps) <= 0.5):.3f}; "
          f"Kolmogorov-Smirnov D {test.statistic:.3f}, p {test.pvalue:.2f}")
    again = [item for world in worlds for some in world["again"].values() for item in some
             if item[0] is not None and item[1] is not None]
    if again:
        a, b = np.array([item[:2] for item in again]).T
        print(f"two seeds, {len(again)} classes: scores correlate by {np.corrcoef(a, b)[0, 1]:.4f}, "
              f"differ by {np.abs(a - b).max():.4f} at most; the same verdict for "
              f"{np.mean([item[2] for item in again]):.3f}")


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())
    all_pairs = pairs()
    worlds = []
    for index in range(count):
        folder = out / str(index)
        folder.mkdir(parents=True, exist_ok=True)
        done = folder / "world.json"
        if not done.exists():
            done.write_text(json.dumps(one(folder, index, all_pairs)))
            print(f"world {index + 1} of {count}", file=sys.stderr, flush=True)
        worlds.append(json.loads(done.read_text()))
    report(worlds)
    report_agreements([out / str(index) for index in range(count)])


if __name__ == "__main__":
    main()
