"""Does the recipe of the guide catch a classifier that cheats? Pairs of look-alikes, cues and seeds.

    python Benchmarks/cheats.py [SEEDS] [OUT]       # after `make build`; three seeds take half an hour

For each pair, cues and seed there is a world in which only a cue tells the names of the training
pictures (`fieldmark aviary --cheat`), a head that is trained on it, and its audit, word for word as
the guide has them; beside it an honest head, trained on the same birds with everything else at random and
audited on its own test pictures. Worlds of four pairs have two that are cheated on. That a head cheats is
seen on birds with their cues swapped: there it calls each by the other's name. What is done already in
OUT is not done again.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("FIELDMARK", str(PACKAGE / ".build" / "release" / "fieldmark"))
PAIRS = [
    ("Redshouldered Brackle", "Plain Brackle"), ("Skyblue Pipling", "Barwinged Pipling"),
    ("Streaky Pipling", "Rustycapped Pipling"), ("Rosy Pipling", "Yellowbilled Pipling"),
]
CUES = [("forest", "snow"), ("lake", "town"), ("red-ring", "blue-ring"), ("rocks", "corner-mark")]


def fieldmark(*words):
    done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True)
    if done.returncode not in (0, 3):
        raise SystemExit(f"fieldmark {' '.join(map(str, words))}: {done.stderr.strip()}")
    return done.stdout


def drawn(folder, count, seed, pairs, option, ties, end=""):
    words = ["aviary", "-o", folder, "--count", count, "--seed", seed]
    for name in (name for pair in pairs for name in pair):
        words += ["--species", name]
    for name, cue in ties:
        words += [option, f"{name}={cue}{end}"]
    if not (folder / "masks" / "masks.jsonl").exists():
        fieldmark(*words)
    return folder


def audited(world, head):
    run = world.with_suffix(".run")
    if not head.exists():
        fieldmark("train", world, "-o", head)
    fieldmark("audit", world, "--classifier", head, "-o", run)
    return json.loads(Path(f"{run}.json").read_text())["pairs"]


def listed(world, split):
    """The pictures of a world for training (1) or for test (0), and the classes that they are listed under."""
    def table(name):
        return dict(line.split() for line in (world / name).read_text().splitlines())
    classes, labels, splits = (
        table(name) for name in ("classes.txt", "image_class_labels.txt", "train_test_split.txt"))
    return [(f"{world.name}/images/{path}", classes[labels[number]])
            for number, path in table("images.txt").items() if splits[number] in split]


def right_on_swapped(folder, cheats, swapped):
    """The share of birds with the look-alike's cue that a head trained on the cheating world knows."""
    table = folder / "swapped.csv"
    with table.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["path", "class", "split"])
        writer.writerows([*row, "train"] for row in listed(cheats, "1"))
        writer.writerows([*row, "test"] for row in listed(swapped, "01"))
    told = fieldmark("train", table, "-o", table.with_suffix(".safetensors"), "--json")
    return json.loads(told)["accuracy"]


def one(folder, pairs, cheated, cues, seed, count):
    done = folder / "done.json"
    if done.exists():
        return json.loads(done.read_text())
    folder.mkdir(parents=True, exist_ok=True)
    ties = [tie for pair, cue in zip(cheated, cues) for tie in zip(pair, cue)]
    cheats = drawn(folder / "cheats", count, seed, pairs, "--cheat", ties)
    honest = drawn(folder / "honest", count, seed, pairs, "--cheat", [])
    across = [tie for pair, cue in zip(cheated, cues) for tie in zip(pair, reversed(cue))]
    swapped = drawn(folder / "swapped", 40 * len(cheated), seed + 1000, cheated, "--shortcut", across, ":1")
    names = {name for name, _ in ties}
    rows = []
    for world in (cheats, honest):
        for item in audited(world, folder / f"{world.name}.safetensors"):
            is_cheat = world is cheats and {item["class"], item["look_alike"]} <= names
            rows.append({"cheat": is_cheat, "class": item["class"], "verdict": item["verdict"],
                         "kind": item["kind"], "pairs": len(pairs)})
    result = {"rows": rows}
    if len(pairs) == 1:
        result["swapped"] = right_on_swapped(folder, cheats, swapped)
    done.write_text(json.dumps(result))
    return result


def is_alarm(row):
    return row["kind"] in ("others", "traits and others")


def report(results):
    rows = [row for result in results for row in result["rows"]]
    for pairs, worlds in [(1, "one pair"), (4, "four pairs")]:
        for cheat, kind in [(True, "cheated on"), (False, "honest")]:
            some = [row for row in rows if row["cheat"] == cheat and row["pairs"] == pairs]
            if not some:
                continue
            print(f"worlds of {worlds}, pairs {kind}: {sum(map(is_alarm, some))} of {len(some)} alarmed")
            counts = {}
            for row in some:
                counts[row["verdict"]] = counts.get(row["verdict"], 0) + 1
            print("  " + ", ".join(f"{n} {verdict}" for verdict, n in sorted(counts.items())))
    swapped = [result["swapped"] for result in results if "swapped" in result]
    print(f"cheating heads are right on {sum(swapped) / len(swapped):.3f} of birds with swapped cues")


def main():
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())
    results = []
    for seed in range(seeds):
        for pair in PAIRS:
            for cue in CUES:
                name = f"{seed}-{pair[0]}-{'-'.join(cue)}".replace(" ", "_")
                results.append(one(out / name, [pair], [pair], [cue], seed, 240))
        results.append(one(out / f"{seed}-four", PAIRS, PAIRS[:2], CUES[:2], seed, 960))
        print(f"seed {seed + 1} of {seeds}", file=sys.stderr, flush=True)
    report(results)


if __name__ == "__main__":
    main()
