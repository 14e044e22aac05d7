"""Whether a run over many pictures needs more memory than one over few: peaks of whole processes.

    python Benchmarks/memory.py [HOW-MANY]          # after `make build`; 100,000 takes minutes

`fieldmark evaluate` with the tiny transformer of Tests/References and a head of three classes, energy in
a box, over a table of 100 pictures and over one of HOW-MANY (100,000 unless told). All rows of a table
name links to the same small picture: what is measured is what the program keeps of each.
Prints both peaks, as the system counts them for the child, and how much later ones needed.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy
from safetensors.numpy import save_file

PACKAGE = Path(__file__).resolve().parent.parent
PROGRAM = PACKAGE / ".build" / "release" / "fieldmark"
REFERENCES = PACKAGE / "Tests" / "References" / "encoders"
WIDTH = 24
FEW, MANY = 100, 100_000
# Where each picture that is done can be written for good at once.
MEMORY = "/dev/shm" if os.path.isdir("/dev/shm") else None


def world(folder, count):
    """A table of so many pictures, and a link for each."""
    (folder / "pictures").mkdir(parents=True)
    source = folder / "source.png"
    source.write_bytes((REFERENCES / "pictures" / "wide.png").read_bytes())
    lines = ["path,class,split,x,y,width,height"]
    for index in range(count):
        name = f"pictures/{index // 1000:03}/{index:06}.png"
        (folder / name).parent.mkdir(exist_ok=True)
        os.link(source, folder / name)
        lines.append(f"{name},{index % 3},test,{index % 20},{index % 15},20,20")
    (folder / "manifest.csv").write_text("\n".join(lines) + "\n")


def head(file):
    rows = numpy.random.default_rng(0).standard_normal((3, WIDTH), dtype=numpy.float32)
    save_file({"weight": rows, "bias": numpy.zeros(3, numpy.float32)}, file)


def measured(*words):
    """Megabytes at the peak, and seconds, of a child that ends well."""
    start = time.perf_counter()
    child = subprocess.Popen(
        [PROGRAM, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    notes = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"fieldmark {' '.join(map(str, words))}: {notes.strip()}")
    return usage.ru_maxrss / 1024, time.perf_counter() - start


def main(many):
    peaks = {}
    with tempfile.TemporaryDirectory(dir=MEMORY) as scratch:
        scratch = Path(scratch)
        head(scratch / "head.safetensors")
        for count in (FEW, many):
            world(scratch / str(count), count)
            words = [
                "evaluate", scratch / str(count), "--classifier", scratch / "head.safetensors",
                "--measures", "energy", "--references", "auto:2", "--model", REFERENCES / "vit",
                "-o", scratch / f"{count}.run"]
            # Once for the pictures, once more with all of them done: the table alone.
            for what in ("measuring", "the table again"):
                peak, seconds = measured(*words)
                peaks[count, what] = peak
                print(f"{count} pictures, {what}: {peak:.1f} MB, {seconds:.1f} s", flush=True)
            size = (scratch / f"{count}.run").stat().st_size
            print(f"  the run's file: {size / 2**20:.1f} MB")
    for what in ("measuring", "the table again"):
        more = peaks[many, what] - peaks[FEW, what]
        print(f"{what}: {many} pictures took {more:.1f} MB more than {FEW}, "
              f"{more * 2**20 / (many - FEW):.0f} bytes a picture")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else MANY)
