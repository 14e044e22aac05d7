"""Does Fieldmark say what is not in a picture? On drawn birds, of which every trait is known.

    python Benchmarks/presence.py [WORLDS] [PICTURES]      # after `make build`; a minute

Each world is drawn with a fresh seed. Every phrase of Prompts/attributes.txt, and every mark of
Prompts/marks.txt in every color ("white eye ring"), is asked of every picture, and what `highlight --json`
says of its presence is held against what is seen in that picture. Printed is of how many traits that a picture
lacks it is said that they are probably not there (asked: at least 0.95), and of how many that it has (asked: at
most 0.05), with Wilson's intervals; then the same by kind. Ablations and attacks: what is seen in another
picture of the world, which should break it; a rule that takes only the best phrase of each kind for present,
which needs no number; the bird painted over with what is around it, so that nothing of it is there; and the
words of marks in reverse order, which are still judged by their colors. The rule's number was chosen on the seed 901,
which is none of these.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np
from PIL import Image

PACKAGE = Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("FIELDMARK", str(PACKAGE / ".build" / "release" / "fieldmark"))
FIRST_SEED = 95_000


def rows(name):
    lines = (PACKAGE / "Prompts" / name).read_text().splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def phrases():
    attributes = rows("attributes.txt")
    colors = [row[1].removesuffix(" wings") for row in attributes if row[0].startswith("has_wing_color")]
    return [(row[0].split("::")[0], row[1]) for row in attributes] + [
        (f"mark: {row[0]}", f"{color} {row[0]}") for row in rows("marks.txt") for color in colors
    ]


def seen(world, paths):
    """The phrases of what is seen in each picture."""
    attributes, found = rows("attributes.txt"), defaultdict(set)
    for line in (world / "attributes" / "image_attribute_labels.txt").read_text().splitlines():
        picture, attribute, is_present = line.split()[:3]
        if is_present == "1":
            found[paths[int(picture) - 1]].add(attributes[int(attribute) - 1][1])
    for line in (world / "masks" / "masks.jsonl").read_text().splitlines():
        mask = json.loads(line)
        if mask["kind"] == "trait" and mask["attribute"] is None:
            found["images/" + mask["picture"]].add(mask["trait"])
    return found


def paint_over(world, path, draw):
    """Gives each pixel of the bird the color of a random one of its row that is not the bird's."""
    pixels = np.array(Image.open(world / path).convert("RGB"))
    bird = np.array(Image.open(world / path.replace("images/", "segmentations/", 1)).convert("L")) > 0
    for row in range(len(pixels)):
        around = np.flatnonzero(~bird[row])
        for column in np.flatnonzero(bird[row]) if len(around) else []:
            pixels[row, column] = pixels[row, draw.choice(around)]
    target = world / path.replace("images/", "empty/", 1)
    target.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(target)
    return str(target.relative_to(world))


def asked(world, paths, texts):
    words = [PROGRAM, "highlight", "-", "--json"]
    for text in texts:
        words += ["-c", text]
    done = subprocess.run(words, input="\n".join(paths), capture_output=True, text=True, cwd=world)
    if done.returncode:
        raise SystemExit(done.stderr[-500:])
    for line in done.stdout.splitlines():
        found = json.loads(line)
        yield found["picture"], found["concept"], found.get("presence")


def wilson(hits, all_):
    if not all_:
        return "none"
    share, z = hits / all_, 1.96
    middle = (share + z * z / 2 / all_) / (1 + z * z / all_)
    half = z / (1 + z * z / all_) * (share * (1 - share) / all_ + z * z / 4 / all_ ** 2) ** 0.5
    return f"{share:.3f} ({max(0, middle - half):.3f} to {middle + half:.3f}) of {all_}"


def main():
    worlds = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    pictures = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    known = phrases()
    texts = list(dict.fromkeys(phrase for _, phrase in known))
    marks = {phrase for kind, phrase in known if kind.startswith("mark")}
    counts = defaultdict(lambda: [0, 0])
    out = Path(tempfile.mkdtemp())
    for number in range(worlds):
        world = out / str(number)
        subprocess.run([PROGRAM, "aviary", "-n", str(pictures), "--seed", str(FIRST_SEED + number), "-o", world],
                       check=True, capture_output=True)
        paths = ["images/" + line.split()[1] for line in (world / "images.txt").read_text().splitlines()]
        there = seen(world, paths)
        said = {(path, concept): found for path, concept, found in asked(world, paths, texts)}
        for place, path in enumerate(paths):
            other = there[paths[(place + 7) % len(paths)]]
            for kind, phrase in known:
                found = said[path, phrase]
                gone, has = found["verdict"] == "probably not there", phrase in there[path]
                family = "marks" if kind.startswith("mark") else "attributes"
                for key, truth, hit in [
                    (family, has, gone), (kind, has, gone),
                    (f"{family}, another picture", phrase in other, gone),
                    (f"{family}, only the best", has, found["rank"] > 1),
                ]:
                    counts[key, truth][0] += hit
                    counts[key, truth][1] += 1
        draw = random.Random(number)
        for _, concept, found in asked(world, [paint_over(world, path, draw) for path in paths], texts):
            family = "marks" if concept in marks else "attributes"
            counts[f"{family}, no bird", False][0] += found["verdict"] == "probably not there"
            counts[f"{family}, no bird", False][1] += 1
        backwards = [" ".join(reversed(mark.split())) for mark in sorted(marks)[::9]]
        for _, _, found in asked(world, paths[:2], backwards):
            counts["marks, words in reverse", False][0] += (found or {}).get("verdict") == "probably not there"
            counts["marks, words in reverse", False][1] += 1
    kinds = {kind for kind, _ in known}
    for key in sorted({key for key, _ in counts} - kinds) + sorted(kinds):
        print(f"{key}: said to be not there of what is not {wilson(*counts[key, False])}, of what is "
              f"{wilson(*counts[key, True])}")


if __name__ == "__main__":
    main()
