"""What an audit costs beside embedding the same pictures: every attribute's map, and every change.

    python Benchmarks/audit_cost.py          # after `make build`

On the random ViT-B/16 of peers_models and on the built-in model: pictures are read from their files and
embedded, and the same pictures are audited, in turns, on one core each, as `fieldmark audit` shares them
out (`fieldmark bench audit`). There are 15 pictures of each of four classes; CUB-200-2011 has 30. With the
built-in model also six of each of sixty: a head of four has few other pairs of rows to shuffle. What an audit
makes once for a whole dataset is told by itself.
"""

import json
import tempfile
from pathlib import Path

import peers_models
from peers_models import fieldmark

ASKED = 1.3
SPECIES = ["Redshouldered Brackle", "Plain Brackle", "Lemon Thornet", "Blackcapped Thornet"]


def main():
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder) / "few", Path(folder) / "many"
        fieldmark("aviary", "-o", str(few), "--count", "60", "--seed", "41", "--size", "224",
                  *[word for name in SPECIES for word in ("--species", name)])
        fieldmark("aviary", "-o", str(many), "--count", "360", "--seed", "77", "--size", "224")
        models = [("ViT-B-16", ["--model", peers_models.folder("ViT-B-16")], few, "1"),
                  ("demo", [], few, "3"), ("demo", [], many, "1")]
        for name, model, birds, rounds in models:
            found = json.loads(fieldmark(
                "bench", "audit", str(birds), *model, "--rounds", rounds, "--threads", "1"))
            print(f"{name}: {1000 * found['embedding']:.1f} ms to embed a picture; an audit of maps takes "
                  f"{found['maps_ratio']:.2f} times as long (asked: at most {ASKED}), with every change "
                  f"{found['whole_ratio']:.2f} times, {found['whole_ratio'] / found['nuisances']:.2f} for each of "
                  f"{found['nuisances']} nuisances (asked: at most {ASKED}; {found['attributes']} attributes, "
                  f"{found['pictures']} pictures of {found['classes']} classes); once for a dataset "
                  f"{found['once']:.2f} s")


if __name__ == "__main__":
    main()
