"""Pictures into a model's numbers: Fieldmark beside Pillow and torchvision, on one thread each.

    python Benchmarks/pictures.py [FOLDER]          # after `make build`

Both read the same JPEG files and give what OpenAI's transform gives (bicubic 224, centre crop,
mean and deviation), alternately in one run; that all numbers are equal to the last bit is checked
first. Without a folder, pictures of birds' usual size, 500 x 375, are made.
"""

import hashlib
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

os.environ["OMP_NUM_THREADS"] = "1"

import references  # before what lies there
import peers_torchvision
import torch
from PIL import Image, ImageFilter, __version__ as pillow
from torchvision.transforms import CenterCrop, Compose, InterpolationMode, Normalize, Resize, ToTensor

package = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = package / ".build" / "release" / "fieldmark"
ROUNDS = 7

transform = Compose([
    Resize(224, interpolation=InterpolationMode.BICUBIC),
    CenterCrop(224),
    lambda picture: picture.convert("RGB"),
    ToTensor(),
    Normalize((0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)),
])


def draw(folder, count=100):
    """Pictures with soft and fine parts, as photographs have, in the quality that cameras use."""
    numbers = random.Random(1)
    for index in range(count):
        small = Image.frombytes("RGB", (20, 15), numbers.randbytes(900))
        picture = small.resize((500, 375), Image.Resampling.BICUBIC)
        grain = Image.frombytes("L", (500, 375), numbers.randbytes(500 * 375))
        picture.paste(Image.new("RGB", (500, 375), (90, 110, 60)),
                      mask=grain.filter(ImageFilter.GaussianBlur(1)).point(lambda v: v // 4))
        picture.save(folder / f"{index:03}.jpg", quality=92)


def files(folder):
    """In the order of the bytes of each name on the way, as `fieldmark bench pictures` reads."""
    for path in sorted(folder.iterdir(), key=lambda path: os.fsencode(path.name)):
        yield from files(path) if path.is_dir() else [path]


def ours(folder):
    words = [PROGRAM, "bench", "pictures", folder, "--rounds", "1"]
    return json.loads(subprocess.run(words, check=True, capture_output=True).stdout)


def theirs(paths):
    start = time.perf_counter()
    for path in paths:
        with Image.open(path) as picture:
            transform(picture)
    return time.perf_counter() - start


def compare(folder):
    paths = list(files(folder))
    digest = hashlib.sha256()
    for path in paths:
        digest.update(transform(Image.open(path)).numpy().tobytes())
    answer = ours(folder)
    assert answer["pictures"] == len(paths), answer
    assert answer["sha256"] == digest.hexdigest(), "the numbers differ"
    rounds, peer = [], []
    for _ in range(ROUNDS):
        rounds.append(ours(folder))
        peer.append(theirs(paths))

    def milliseconds(values):
        return round(1000 * statistics.median(values) / len(paths), 3)

    report = {name: milliseconds([round[name] for round in rounds])
              for name in ("seconds", "decoding", "resizing", "normalizing")}
    print(json.dumps({
        "pictures": len(paths),
        "ms per picture": report.pop("seconds"),
        **report,
        f"Pillow {pillow} and torchvision": milliseconds(peer),
        "ratio": round(statistics.median(peer) / statistics.median(r["seconds"] for r in rounds), 2),
    }))


if __name__ == "__main__":
    torch.set_num_threads(1)
    if len(sys.argv) > 1:
        compare(pathlib.Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as name:
            draw(pathlib.Path(name))
            compare(pathlib.Path(name))
