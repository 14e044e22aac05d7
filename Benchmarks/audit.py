"""Does the audit tell what a classifier goes by? On drawn birds, of which the truth is known.

    python Benchmarks/audit.py [WORLDS] [OUT]       # after `make build`; a world takes some minutes

Each world has six pairs of look-alikes, drawn with a fresh seed. Each pair has a kind of cue, one for each
of the two species: habitats, color casts, brightness, borders, dots, blur and others. Three heads over the
demo model are trained:

- honest: on birds with everything else at random;
- natural: on birds of which each always has its cue, as in nature, where bird and cue go together;
- cue-only: on pictures in which nothing but the cue tells the names apart.

All are audited on birds with their cues, on which all of them are right; the honest one also on birds
without. The truth is what a head does with twins of the same pictures in which nothing but the cue was
exchanged (`fieldmark aviary --counterfactuals`): a head follows a cue where half or more of the twins go to
the other species. Beside these, heads that can go by nothing (their rows shuffled) and phrases that the model
does not know (those of other attributes) are audited; and the maps of the honest heads are dealt to other pictures (`maps_of_others.py`), which their
verdicts must not survive. What is done already in OUT is not done again.
"""

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import maps_of_others
from safetensors import safe_open
from safetensors.numpy import save_file
from scipy.stats import spearmanr

PACKAGE = Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("FIELDMARK", str(PACKAGE / ".build" / "release" / "fieldmark"))
# Two cues of a kind, and what an audit may name for it.
KINDS = {
    "habitat": (["forest", "snow"], {"background"}),
    "water": (["lake", "meadow"], {"background"}),
    "cast": (["warm-cast", "cool-cast"], {"color"}),
    "brightness": (["dark", "bright"], {"color"}),
    "border": (["red-border", "blue-border"], {"frame", "background"}),
    "dot": (["upper-left-dot", "lower-right-dot"], {"frame", "background"}),
    "corner": (["corner-mark", None], {"frame", "background"}),
    "blur": (["blurred", None], {"sharpness"}),
    "contrast": (["pale", None], {"contrast"}),
    "ring": (["red-ring", "blue-ring"], {"background"}),
}
FIRST_SEED = 90_000


def fieldmark(*words, allowed=(0,)):
    done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True)
    if done.returncode not in allowed:
        raise SystemExit(f"fieldmark {' '.join(map(str, words))}: {done.stderr.strip()}")
    return done.stdout


def look_alikes():
    found = []
    for line in fieldmark("aviary", "--list").splitlines():
        if ", like " in line:
            species, rest = line.split(", like ")
            found.append((species, rest.split(" but for its ")[0]))
    return found


def drawn(folder, count, seed, species, ties, *more):
    words = ["aviary", "-o", folder, "--count", count, "--seed", seed, "--size", 224, *more]
    for name in species:
        words += ["--species", name]
    for name, cue in ties:
        if cue:
            words += ["--shortcut", f"{name}={cue}:1"]
    if not (folder / "masks" / "masks.jsonl").exists():
        fieldmark(*words)
    return folder


def table(folder, name):
    return [line.split() for line in (folder / name).read_text().splitlines()]


def listed(folder):
    classes = dict(table(folder, "classes.txt"))
    labels = dict(table(folder, "image_class_labels.txt"))
    return [(folder / "images" / path, classes[labels[number]])
            for number, path in table(folder, "images.txt")]


def trained(head, rows, *more):
    if not head.exists():
        names = head.with_suffix(".csv")
        with names.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["path", "class", "split"])
            writer.writerows([os.path.relpath(path, names.parent), label, "train"]
                             for path, label in rows)
        fieldmark("train", names, "-o", head, "--with", "logistic", *more)
    return head


def audited(data, head, run, *more):
    if not Path(f"{run}.json").exists():
        fieldmark("audit", data, "--classifier", head, "--split", "all", "-o", run, *more,
                  allowed=(0, 3))
    return json.loads(Path(f"{run}.json").read_text())["pairs"]


def embedded(folder, name, paths, *more):
    """The embedding of each file, by its path."""
    stored = folder / f"{name}.npy"
    if not stored.exists():
        listing = "\n".join(map(str, paths)) + "\n"
        done = subprocess.run([PROGRAM, "embed", "-", "-o", str(stored), *more],
                              input=listing, capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(done.stderr)
    return dict(zip(map(str, paths), np.load(stored)))


def first_ps(run):
    """The p of the maps on the first picture of each pair, the larger one of both nulls that a head which knows
    nothing may pass: the second class asks the same the other way around, and of a head with shuffled rows
    hardly a picture is right."""
    found = {}
    for line in Path(f"{run}.jsonl").read_text().splitlines():
        picture = json.loads(line)
        rank = picture.get("agreements", {}).get("rank", {})
        ps = [rank[name] for name in ("p", "p_of_other_classes") if rank.get(name) is not None]
        if ps:
            found.setdefault(frozenset((picture["class"], picture["against"])), max(ps))
    return list(found.values())


def plain(name):
    return name.split(".")[-1].replace("_", " ")


class Head:
    """A linear head, and its margins between two classes."""

    def __init__(self, path):
        with safe_open(path, framework="numpy") as file:
            self.weight, self.bias = file.get_tensor("weight"), file.get_tensor("bias")

    def margin(self, embedding, own, other):
        scores = self.weight @ embedding + self.bias
        return scores[own] - scores[other]


def twins(world):
    """Each picture's twins with another cue: the picture, the twin, both classes."""
    with (world / "counterfactuals.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == "cue"]
    return [(str(world / row["picture"]), str(world / row["changed"]), plain(row["class"]),
             plain(row["toward"])) for row in rows]


def truth(head, embeddings, pairs, places):
    """By pair: the share of twins that go to the other species beside the pictures that do, and the
    share of the margin that goes."""
    found = {}
    for picture, twin, own, other in pairs:
        before = head.margin(embeddings[picture], places[own], places[other])
        after = head.margin(embeddings[twin], places[own], places[other])
        found.setdefault(frozenset((own, other)), []).append((before, after))
    return {pair: (float(np.mean([b < 0 <= a for a, b in some])),
                   float(sum(a - b for a, b in some) / sum(abs(a) for a, _ in some)))
            for pair, some in found.items()}


def shuffled(head, draw):
    """The same head with its rows in another order."""
    out = head.with_name(f"{head.stem}-shuffled-{draw}.safetensors")
    if not out.exists():
        with safe_open(head, framework="numpy") as file:
            names, metadata = list(file.keys()), file.metadata()
            order = np.random.default_rng(draw).permutation(len(file.get_tensor("bias")))
            save_file({name: np.ascontiguousarray(file.get_tensor(name)[order]) for name in names},
                      out, metadata=metadata)
    return out


def unknown_phrases(folder, seed):
    """A file that gives each attribute the words of another."""
    path = folder / "phrases.txt"
    lines = [line.rstrip("\n").split("\t")
             for line in (PACKAGE / "Prompts" / "attributes.txt").read_text().splitlines()
             if line.strip() and not line.startswith("#")]
    order = np.random.default_rng(seed).permutation(len(lines))
    path.write_text("".join(f"{line[0]}\t{lines[other][1]}\t{lines[other][2]}\n"
                            for line, other in zip(lines, order)))
    return path


def one(folder, index, all_pairs):
    rng = random.Random(FIRST_SEED + index)
    chosen = rng.sample(all_pairs, 6)
    species = [name for pair in chosen for name in pair]
    kinds = rng.sample(sorted(KINDS), 6)
    seed = FIRST_SEED + 10 * index

    def ties(which):
        return [(name, KINDS[kind][0][which(place)]) for pair, kind in zip(chosen, kinds)
                for place, name in enumerate(pair)]

    own = ties(lambda place: place)
    plain_train = drawn(folder / "train", 240, seed, species, [])
    natural_train = drawn(folder / "natural", 240, seed + 1, species, own)
    first = drawn(folder / "first", 144, seed + 2, species, ties(lambda place: 0))
    second = drawn(folder / "second", 144, seed + 3, species, ties(lambda place: 1))
    tied = drawn(folder / "tied", 144, seed + 4, species, own, "--counterfactuals")
    free = drawn(folder / "free", 144, seed + 5, species, [])
    numbered = {plain(label): label for _, label in listed(plain_train)}
    pair_of = {name: pair for pair in chosen for name in pair}
    heads = {
        "honest": trained(folder / "honest.safetensors", listed(plain_train)),
        "natural": trained(folder / "natural.safetensors", listed(natural_train)),
        "cue-only": trained(folder / "cue-only.safetensors", [
            (path, numbered[pair_of[plain(label)][place]])
            for place, world in enumerate([first, second]) for path, label in listed(world)]),
    }
    places = {plain(label): int(number) - 1 for number, label in table(tied, "classes.txt")}
    cue_twins = twins(tied)
    paths = sorted({path for twin in cue_twins for path in twin[:2]})
    embeddings = embedded(folder, "twins", paths)
    kind_of = {frozenset(pair): kind for pair, kind in zip(chosen, kinds)}
    rows = []

    def add(case, pairs, truths=None):
        for pair in pairs:
            names = frozenset((plain(pair["class"]), plain(pair["look_alike"])))
            rows.append({"world": index, "case": case, "kind": kind_of.get(names), "pair": pair,
                         "truth": (truths or {}).get(names)})

    for name, head in heads.items():
        add(name, audited(tied, head, folder / f"{name}.run"),
            truth(Head(head), embeddings, cue_twins, places))
    add("honest without cues", audited(free, heads["honest"], folder / "free.run"))
    add("unknown words", audited(free, heads["honest"], folder / "words.run", "--phrases",
                                 unknown_phrases(folder, index)))
    null = []
    for draw in range(3):
        run = folder / f"shuffled-{draw}.run"
        audited(free, shuffled(heads["honest"], draw), run, "--quick")
        null += first_ps(run)
    return {"rows": rows, "null": null, "dealt": list(maps_of_others.ps(folder / "free.run").values())}


def share(rows, test):
    return f"{np.mean([test(row) for row in rows]):.3f} of {len(rows)}" if rows else "none"


def is_alarm(row):
    return row["pair"]["kind"] in ("others", "traits and others")


def is_certified(row):
    return row["pair"]["kind"] == "traits"


def names_its_kind(row):
    return is_alarm(row) and bool(set(row["pair"]["also_by"]) & KINDS[row["kind"]][1])


def estimated(row):
    """The reliance on what the pair's kind of cue is named for."""
    changes = row["pair"]["changes"]
    known = [changes[name]["share"] for name in KINDS[row["kind"]][1] if name in changes]
    return max(known) if known else None


def shares_below(ps):
    ps = np.array(ps)
    return (f"p of the maps <= 0.05 in {np.mean(ps <= 0.05):.3f} of {len(ps)} (asked 0.04 to 0.06), <= 0.25 in "
            f"{np.mean(ps <= 0.25):.3f}, <= 0.5 in {np.mean(ps <= 0.5):.3f}")


def report(rows, null, dealt=()):
    def of(*cases):
        return [row for row in rows if row["case"] in cases]

    followed = [row for row in of("natural") if row["truth"] and row["truth"][0] >= 0.5]
    print(f"natural shortcuts that are followed: certified {share(followed, is_certified)} (asked at "
          f"most 0.05); found and rightly named {share(followed, names_its_kind)} (asked 0.80); alarm "
          f"{share(followed, is_alarm)}")
    cheats = [row for row in of("cue-only") if row["truth"] and row["truth"][0] >= 0.5]
    print(f"cue-only heads: found {share(cheats, is_alarm)} (asked 0.90), rightly named "
          f"{share(cheats, names_its_kind)}")
    for case in ["honest without cues", "honest"]:
        some = of(case)
        judged = [row for row in some if row["pair"]["kind"] != "not judged"]
        print(f"{case}: alarms {share(some, is_alarm)} (asked at most 0.03); certified "
              f"{share(some, is_certified)}, of those judged {share(judged, is_certified)} (asked 0.85)")
    print(f"unknown words: accusations {share(of('unknown words'), is_alarm)} (asked at most 0.05); "
          f"certified {share(of('unknown words'), is_certified)}")
    if null:
        print(f"shuffled rows: {shares_below(null)}")
    if dealt:
        own, other = np.array(dealt).T
        print(f"maps pass the null of other pictures: their own picture's {np.mean(own <= 0.05):.3f} of "
              f"{len(own)} honest pairs, another picture's {np.mean(other <= 0.05):.3f} (asked at most 0.10)")
    pairs = [(estimated(row), row["truth"][1]) for row in of("honest", "natural", "cue-only")
             if row["truth"] and estimated(row) is not None]
    if len(pairs) > 2:
        found, true = np.array(pairs).T
        print(f"reliance against the truth over {len(pairs)} pairs and heads: rank correlation "
              f"{spearmanr(found, true)[0]:.3f} (asked 0.9), correlation "
              f"{np.corrcoef(found, true)[0, 1]:.3f}")
    for kind in sorted(KINDS):
        some = [row for row in followed + cheats if row["kind"] == kind]
        named = sorted({name for row in some for name in row["pair"]["also_by"]})
        if some:
            print(f"  {kind}: rightly named {share(some, names_its_kind)}; named {', '.join(named)}")
    for case in ["honest without cues", "honest", "natural", "cue-only", "unknown words"]:
        counts = {}
        for row in of(case):
            counts[row["pair"]["kind"]] = counts.get(row["pair"]["kind"], 0) + 1
        print(f"  {case}: " + ", ".join(f"{n} {kind}" for kind, n in sorted(counts.items())))


def worlds(usual, one):
    """What is found in each world, of as many as the first argument says. What is done already in the folder that
    the second names is not done again."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else usual
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())
    all_pairs = look_alikes()
    for index in range(count):
        folder = out / str(index)
        folder.mkdir(parents=True, exist_ok=True)
        done = folder / "rows.json"
        if not done.exists():
            done.write_text(json.dumps(one(folder, index, all_pairs)))
            print(f"world {index + 1} of {count}", file=sys.stderr, flush=True)
        yield json.loads(done.read_text())


def main():
    rows, null, dealt = [], [], []
    for world in worlds(8, one):
        rows += world["rows"]
        null += world["null"]
        dealt += world["dealt"]
    report(rows, null, dealt)


if __name__ == "__main__":
    main()
