"""What an audit costs beside embedding the same pictures: every attribute's map, every control.

    python Benchmarks/audit_cost.py          # after `make build`

On the random ViT-B/16 of peers_models and on the built-in model: pictures are read from their files and
embedded, and the same pictures are audited, in turns (`fieldmark bench audit`). What an audit makes once
for a whole dataset is told by itself.
"""

import json
import tempfile
from pathlib import Path

import peers_models
from peers_models import fieldmark

ASKED = 1.3


def main():
    with tempfile.TemporaryDirectory() as folder:
        birds = Path(folder) / "birds"
        fieldmark("aviary", "-o", str(birds), "--count", "60", "--seed", "41", "--size", "224")
        models = [("ViT-B-16", ["--model", peers_models.folder("ViT-B-16")], "1"),
                  ("demo", [], "3")]
        for name, model, rounds in models:
            found = json.loads(fieldmark(
                "bench", "audit", str(birds), *model, "--rounds", rounds))
            print(f"{name}: {1000 * found['embedding']:.1f} ms to embed a picture, "
                  f"{1000 * found['audit']:.1f} ms to audit it, {found['ratio']:.2f} times as long "
                  f"({found['attributes']} attributes, {found['pictures']} pictures; asked: at most "
                  f"{ASKED}); once for a dataset {found['once']:.2f} s")


if __name__ == "__main__":
    main()
