"""Does Fieldmark say what is not in a picture? On drawn birds, of which every trait is known.

    python Benchmarks/presence.py [WORLDS] [PICTURES]      # after `make build`; a minute

Each world is drawn with a fresh seed. Every phrase of Prompts/attributes.txt is asked of every picture, and
what `highlight --json` says of its presence is held against the labels of that picture. Printed is of how many
traits that a picture lacks it is said that they are probably not there (asked: at least 0.95), and of how many
that it has (asked: at most 0.05), with Wilson's intervals; then the same by kind. Ablations: the labels of
another picture of the world, which should break it, and a rule that takes only the best phrase of each kind for
present, which needs no mark. The mark was chosen on seeds 1 and 2, which are none of these.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("FIELDMARK", str(PACKAGE / ".build" / "release" / "fieldmark"))
FIRST_SEED = 95_000


def phrases():
    lines = (PACKAGE / "Prompts" / "attributes.txt").read_text().splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(name.split("::")[0], phrase) for name, phrase, _ in rows]


def labels(world):
    present = set()
    for line in (world / "attributes" / "image_attribute_labels.txt").read_text().splitlines():
        picture, attribute, is_present = line.split()[:3]
        if is_present == "1":
            present.add((int(picture), int(attribute)))
    return present


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
    return f"{share:.3f} ({middle - half:.3f} to {middle + half:.3f}) of {all_}"


def main():
    worlds = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    pictures = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    known = phrases()
    texts = list(dict.fromkeys(phrase for _, phrase in known))
    counts = defaultdict(lambda: [0, 0])
    out = Path(tempfile.mkdtemp())
    for number in range(worlds):
        world = out / str(number)
        subprocess.run([PROGRAM, "aviary", "-n", str(pictures), "--seed", str(FIRST_SEED + number), "-o", world],
                       check=True, capture_output=True)
        paths = ["images/" + line.split()[1] for line in (world / "images.txt").read_text().splitlines()]
        present = labels(world)
        said = {(path, concept): found for path, concept, found in asked(world, paths, texts)}
        for place, path in enumerate(paths):
            for attribute, (kind, phrase) in enumerate(known):
                found = said[path, phrase]
                if found is None:
                    counts["no kind", True][0] += 1
                    continue
                gone = found["verdict"] == "probably not there"
                has = (place + 1, attribute + 1) in present
                other = ((place + 7) % len(paths) + 1, attribute + 1) in present
                for key, truth, hit in [("all", has, gone), (kind, has, gone), ("another picture", other, gone),
                                        ("only the best", has, found["rank"] > 1)]:
                    counts[key, truth][0] += hit
                    counts[key, truth][1] += 1
    for key in ["all", "another picture", "only the best"] + sorted({k for k, _ in counts if k.startswith("has_")}):
        print(f"{key}: said to be not there of what is not {wilson(*counts[key, False])}, of what is "
              f"{wilson(*counts[key, True])}")


if __name__ == "__main__":
    main()
