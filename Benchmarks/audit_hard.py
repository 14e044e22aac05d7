"""Does the audit stay fair where data are bad, birds are hard to see, or maps are made in another way?

    python Benchmarks/audit_hard.py [WORLDS] [OUT] [PART...]     # after `make build`; parts: data sights ways null

As in audit.py, a world has six pairs of look-alikes, drawn with a fresh seed, and the demo model is audited.

- data: an honest head, trained and audited on birds with everything else at random: as they are; with the labels
  of 10 % of the training pictures wrong; with 2 % of the entries of the table of attributes turned around; with
  three pictures of each class to audit; and with 20 pictures of one of each two look-alikes and 3 of the other,
  both in training and in the audit. An alarm is a false accusation here.
- sights: the same with small birds, birds behind leaves or grass, and several birds in a picture.
- ways: the honest, natural and cue-only heads of audit.py, audited with mean pooling (for which they are trained
  as well), Layer-CAM and Grad-ECLIP; the figures are those of audit.py.
- null: heads that can know nothing, audited by CUB-200-2011's own table of attributes: how often p of the maps is
  small. On drawn birds: each of the 60 species is listed under the name of another class of CUB-200-2011, drawn
  at random; a head is trained on these names, and its rows are shuffled; and heads have random rows. On
  photographs: the 13 classes of cub-mini; a head trained on them has its rows shuffled, and heads of 200 classes
  have random rows. It needs the reference data (`FIELDMARK_REFERENCES`).

What is done already in OUT is not done again. Where audit.py's figures change, so do these: they are its functions.
"""

import csv
import json
import os
import random
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file

import audit
from audit import KINDS, audited, drawn, first_ps, is_alarm, is_certified, listed, plain, share, table, trained

FIRST_SEED = 80_000
TRAINED, AUDITED = 20, 6  # pictures of a class
PARTS = ["data", "sights", "ways", "null"]
SIGHTS = ["small", "occluded", "several"]
WAYS = {
    "mean pooling": (["--pool", "mean"], []),
    "Layer-CAM": ([], ["--method", "layer-cam"]),
    "Grad-ECLIP": ([], ["--method", "grad-eclip"]),
}
DRAWS = 3  # null heads of each sort in a world
REFERENCES = Path(os.environ.get("FIELDMARK_REFERENCES") or audit.PACKAGE.parent / "shared") / "data"


class World:
    """Six pairs of look-alikes, and what of them is drawn."""

    def __init__(self, folder, index, all_pairs):
        rng = random.Random(FIRST_SEED + index)
        self.folder, self.index = folder, index
        self.seed = FIRST_SEED + 20 * index
        self.pairs = rng.sample(all_pairs, 6)
        self.kinds = rng.sample(sorted(KINDS), 6)
        self.species = [name for pair in self.pairs for name in pair]

    def birds(self, name, step, each, ties=(), *more):
        return drawn(self.folder / name, each * len(self.species), self.seed + step, self.species, ties,
                     *more)

    def ties(self, which):
        return [(name, KINDS[kind][0][which(place)]) for pair, kind in zip(self.pairs, self.kinds)
                for place, name in enumerate(pair)]

    def rows(self, case, pairs, truths=None):
        kind_of = {frozenset(pair): kind for pair, kind in zip(self.pairs, self.kinds)}
        names = [frozenset((plain(pair["class"]), plain(pair["look_alike"]))) for pair in pairs]
        return [{"world": self.index, "case": case, "kind": kind_of.get(name), "pair": pair,
                 "truth": (truths or {}).get(name)} for name, pair in zip(names, pairs)]


def mislabelled(rows, share, rng):
    """The rows, of which a share have the name of another class."""
    labels = sorted({label for _, label in rows})
    wrong = set(rng.sample(range(len(rows)), round(share * len(rows))))
    return [(path, rng.choice([name for name in labels if name != label]) if place in wrong else label)
            for place, (path, label) in enumerate(rows)]


def attribute_table(out, names, values, attributes):
    with out.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["class", *attributes])
        # Percentages below 1 are read as such where all have the sign.
        writer.writerows([name, *(f"{value:g}%" if value else "0" for value in row)]
                         for name, row in zip(names, values))
    return out


def percentages(folder):
    """The percentage of each attribute, class by class, as a CUB folder has them."""
    stored = folder / "attributes" / "class_attribute_labels_continuous.txt"
    return np.array([[float(word) for word in line.split()] for line in stored.read_text().splitlines()])


def attribute_names(file):
    return [line.split()[1] for line in file.read_text().splitlines()]


def flipped(data, out, share, seed):
    """The dataset's table of attributes, in which a share of the entries is turned around."""
    values = percentages(data)
    rng = np.random.default_rng(seed)
    places = rng.choice(values.size, round(share * values.size), replace=False)
    values.flat[places] = 100 - values.flat[places]
    return attribute_table(out, [plain(name) for _, name in table(data, "classes.txt")], values,
                           attribute_names(data / "attributes" / "attributes.txt"))


def thinned(data, out, most):
    """The dataset with at most so many pictures of each class; the pictures themselves are linked."""
    if (out / "images.txt").exists():
        return out
    left, kept = dict(most), set()
    labels, classes = dict(table(data, "image_class_labels.txt")), dict(table(data, "classes.txt"))
    for number, _ in table(data, "images.txt"):
        name = plain(classes[labels[number]])
        if left[name] > 0:
            left[name] -= 1
            kept.add(number)
    of_pictures = {"image_class_labels.txt", "bounding_boxes.txt", "train_test_split.txt", "part_locs.txt",
                   "part_click_locs.txt", "image_attribute_labels.txt", "images.txt"}
    images = {path for number, path in table(data, "images.txt") if number in kept}
    for folder in ["", "parts", "attributes", "masks"]:
        (out / folder).mkdir(parents=True, exist_ok=True)
        for item in sorted((data / folder).iterdir()):
            target = out / folder / item.name
            if target.is_symlink():
                target.unlink()  # left by a run that was stopped
            if item.is_dir():
                if item.name not in ("parts", "attributes", "masks"):
                    target.symlink_to(item.resolve())
            elif item.name in of_pictures and item.name != "images.txt":
                lines = item.read_text().splitlines(keepends=True)
                target.write_text("".join(line for line in lines if line.split(" ", 1)[0] in kept))
            elif item.name == "masks.jsonl":
                lines = item.read_text().splitlines(keepends=True)
                target.write_text(
                    "".join(line for line in lines if json.loads(line)["picture"] in images))
            elif item.name not in ("images.txt", "aviary.json"):
                target.symlink_to(item.resolve())
    # Last, since it says that all is there.
    (out / "images.txt").write_text(
        "".join(f"{number} {path}\n" for number, path in table(data, "images.txt") if number in kept))
    return out


def bad_data(world):
    folder = world.folder
    train = listed(world.birds("train", 0, TRAINED))
    birds = world.birds("birds", 1, AUDITED)
    honest = trained(folder / "honest.safetensors", train)
    yield "as they are", lambda: audited(birds, honest, folder / "honest.run")

    def labels():
        rows = mislabelled(train, 0.1, random.Random(world.seed))
        head = trained(folder / "labels.safetensors", rows)
        return audited(birds, head, folder / "labels.run")
    yield "10 % of the labels wrong", labels
    yield "2 % of the table flipped", lambda: audited(
        birds, honest, folder / "table.run", "--attributes",
        flipped(birds, folder / "table.csv", 0.02, world.seed))
    yield "3 pictures a class", lambda: audited(
        world.birds("few", 1, 3), honest, folder / "few.run")

    def unbalanced():
        most = {name: 20 if place == 0 else 3 for pair in world.pairs for place, name in enumerate(pair)}
        of_class = {}
        for path, label in train:
            of_class.setdefault(label, []).append((path, label))
        rows = [row for label, some in of_class.items() for row in some[:most[plain(label)]]]
        head = trained(folder / "unbalanced.safetensors", rows)
        data = thinned(world.birds("many", 2, 20), folder / "unbalanced", most)
        return audited(data, head, folder / "unbalanced.run")
    yield "20 : 3 pictures", unbalanced


def hard_sights(world):
    def one(step, name):
        folder = world.folder
        train = world.birds(f"{name}-train", step, TRAINED, (), "--sight", name)
        data = world.birds(name, step + 1, AUDITED, (), "--sight", name)
        head = trained(folder / f"{name}.safetensors", listed(train))
        return audited(data, head, folder / f"{name}.run")
    for place, name in enumerate(SIGHTS):
        yield f"{name} birds", lambda place=place, name=name: one(4 + 2 * place, name)


def other_ways(world):
    """Heads as in audit.py; the truth is what they do with twins."""
    folder = world.folder
    own = world.ties(lambda place: place)
    train = listed(world.birds("train", 0, TRAINED))
    natural = listed(world.birds("natural", 10, TRAINED, own))
    cued = [listed(world.birds(name, 11 + place, TRAINED // 2, world.ties(lambda _: place)))
            for place, name in enumerate(["first", "second"])]
    tied = world.birds("tied", 13, AUDITED, own, "--counterfactuals")
    numbered = {plain(label): label for _, label in train}
    pair_of = {name: pair for pair in world.pairs for name in pair}
    examples = {
        "honest": train, "natural": natural,
        "cue-only": [(path, numbered[pair_of[plain(label)][place]])
                     for place, some in enumerate(cued) for path, label in some],
    }
    places = {plain(label): int(number) - 1 for number, label in table(tied, "classes.txt")}
    cue_twins = audit.twins(tied)
    paths = sorted({path for twin in cue_twins for path in twin[:2]})

    def one(way, name):
        pool, method = WAYS[way]
        end = "-mean" if pool else ""
        head = trained(folder / f"{name}{end}.safetensors", examples[name], *pool)
        embeddings = audit.embedded(folder, f"twins{end}", paths, *pool)
        run = folder / f"{name}-{way.replace(' ', '-').lower()}.run"
        return (audited(tied, head, run, *pool, *method),
                audit.truth(audit.Head(head), embeddings, cue_twins, places))
    for way in WAYS:
        for name in examples:
            yield f"{way}: {name}", lambda way=way, name=name: one(way, name)


def random_head(like, out, seed, names=None):
    """A head of the same model with random rows, for the same classes or for others."""
    if not out.exists():
        with safe_open(like, framework="numpy") as file:
            weight, metadata = file.get_tensor("weight"), file.metadata()
        if names:
            metadata["classes"] = json.dumps(names)
            metadata.pop("attributes", None)
        rng = np.random.default_rng(seed)
        rows = rng.normal(size=(len(names) if names else len(weight), weight.shape[1])) * weight.std()
        save_file({"weight": rows.astype(np.float32), "bias": np.zeros(len(rows), np.float32)}, out,
                  metadata=metadata)
    return out


def null_heads(world):
    folder, step = world.folder, world.seed + 19
    cub, photographs = REFERENCES / "cub-tables", REFERENCES / "cub-mini" / "CUB_200_2011"
    names = [name for _, name in table(cub, "classes.txt")]
    order = np.random.default_rng(step).permutation(len(names))[:60]

    def renamed(data):
        own = [name for _, name in table(data, "classes.txt")]
        called = {label: names[place] for label, place in zip(own, order)}
        return [(path, called[label]) for path, label in listed(data)]

    train = drawn(folder / "sixty-train", 300, step, [], [])
    birds = drawn(folder / "sixty", 120, step + 1, [], [])
    head = trained(folder / "named.safetensors", renamed(train))
    cub_table = attribute_table(folder / "cub.csv", [names[place] for place in order],
                                percentages(cub)[order], attribute_names(cub / "attributes.txt"))
    listing = folder / "named-birds.csv"
    with listing.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["path", "class", "split"])
        writer.writerows([os.path.relpath(path, folder), label, "test"] for path, label in renamed(birds))

    def on_birds(head, name):
        run = folder / f"{name}.run"
        audited(listing, head, run, "--quick", "--attributes", cub_table)
        return first_ps(run)

    def on_photographs(head, name):
        run = folder / f"{name}.run"
        audited(photographs, head, run, "--quick")
        return first_ps(run)

    # Of the 13 classes with pictures: the rows of the others would be shuffled in.
    photographed = trained(folder / "photographs.safetensors", listed(photographs))
    for draw in range(DRAWS):
        seed = step + 1000 * draw
        yield "drawn birds, shuffled rows", lambda draw=draw, seed=seed: on_birds(
            audit.shuffled(head, seed), f"birds-shuffled-{draw}")
        yield "drawn birds, random rows", lambda draw=draw, seed=seed: on_birds(
            random_head(head, folder / f"birds-random-{draw}.safetensors", seed), f"birds-random-{draw}")
        yield "photographs, shuffled rows", lambda draw=draw, seed=seed: on_photographs(
            audit.shuffled(photographed, seed), f"photographs-shuffled-{draw}")
        yield "photographs, 200 random rows", lambda draw=draw, seed=seed: on_photographs(
            random_head(photographed, folder / f"photographs-random-{draw}.safetensors", seed, names),
            f"photographs-random-{draw}")


def measured(world, part):
    """The rows of a part of a world, or the p of its null heads."""
    done = world.folder / f"{part}.json"
    if done.exists():
        return json.loads(done.read_text())
    steps = {"data": bad_data, "sights": hard_sights, "ways": other_ways, "null": null_heads}[part]
    found = []
    for case, run in steps(world):
        began = time.monotonic()
        answer = run()
        if part == "null":
            found += [{"case": case, "p": p} for p in answer]
        else:
            pairs, truths = answer if isinstance(answer, tuple) else (answer, None)
            found += world.rows(case, pairs, truths)
        print(f"world {world.index + 1}, {case}: {time.monotonic() - began:.0f} s", file=sys.stderr,
              flush=True)
    done.write_text(json.dumps(found))
    return found


def report(found, worlds):
    def by_case(rows):
        cases = {}
        for row in rows:
            cases.setdefault(row["case"], []).append(row)
        return cases

    def kinds(rows):
        names = [row["pair"]["kind"] for row in rows]
        return ", ".join(f"{names.count(name)} {name}" for name in sorted(set(names)))

    honest = found["data"] + found["sights"]
    if honest:
        print(f"honest heads, {worlds} worlds (accusations asked at most 0.06):")
    for case, rows in by_case(honest).items():
        judged = [row for row in rows if row["pair"]["kind"] != "not judged"]
        print(f"  {case}: accusations {share(rows, is_alarm)}; certified {share(rows, is_certified)}, of those "
              f"judged {share(judged, is_certified)} ({kinds(rows)})")
    for way in WAYS if found["ways"] else []:
        print(f"\n{way}, {worlds} worlds:")
        audit.report([{**row, "case": row["case"].removeprefix(f"{way}: ")} for row in found["ways"]
                      if row["case"].startswith(f"{way}: ")], [])
    if found["null"]:
        print(f"\nheads that know nothing, CUB-200-2011's own table of attributes, {worlds} worlds:")
    for case, rows in by_case(found["null"]).items():
        print(f"  {case}: {audit.shares_below([row['p'] for row in rows])}")


def main():
    words = sys.argv[1:]
    count = int(words[0]) if words else 2
    out = Path(words[1]) if len(words) > 1 else Path(tempfile.mkdtemp())
    parts = words[2:] or PARTS
    if unknown := [part for part in parts if part not in PARTS]:
        raise SystemExit(f"audit_hard.py: expected parts among {', '.join(PARTS)}, found '{unknown[0]}'")
    all_pairs = audit.look_alikes()
    found = {part: [] for part in PARTS}
    for index in range(count):
        folder = out / str(index)
        folder.mkdir(parents=True, exist_ok=True)
        world = World(folder, index, all_pairs)
        for part in parts:
            found[part] += measured(world, part)
    report(found, count)


if __name__ == "__main__":
    main()
