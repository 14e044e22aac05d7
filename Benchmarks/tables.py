"""The papers' tables on the aviary, by the demo model and heads trained on it, pooled by the class
token and by the mean of patches; and which of the papers' claims hold there.

    python Benchmarks/tables.py [PICTURES] [OUT]       # after `make build`; 120 pictures take an hour

Draws a world with a seed that the demo model was not trained on, trains a head for each pooling
(L-BFGS, on 1,000 pictures), and runs `fieldmark evaluate` for every table on pictures that neither has
seen. What is done already in OUT is not done again. Deletion takes 28 steps instead of 224: it is asked
hundreds of thousands of times. A claim holds where the whole 95 % interval of the paired difference
says so, is contradicted where it says the opposite, and is open else.
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
SEED = 907
# 224 x 224 pixels in 28 steps.
STEP = ["--deletion-step", "1792"]


def fieldmark(*words):
    done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"fieldmark {' '.join(map(str, words))}: {done.stderr.strip()}")
    return done.stdout


def evaluated(name, folder, pool, *words):
    """A table by row and measure: mean, and what the row has more than another."""
    run = folder / f"{name}-{pool}.run"
    fieldmark(
        "evaluate", folder / "birds", "--classifier", folder / f"{pool}.safetensors", "--pool", pool,
        "-o", run, *words)
    print(f"\n{name}, pooled by {pool}: {' '.join(map(str, words))}\n")
    print((folder / f"{name}-{pool}.run.md").read_text(), flush=True)
    table = json.loads((folder / f"{name}-{pool}.run.json").read_text())
    return {row["method"]: row["measures"] for row in table["rows"]}


def verdict(difference, better="higher"):
    """Of a paired difference that a claim says is better."""
    if not difference or difference["mean"] is None or difference["low"] is None:
        return "not measured"
    low, high = difference["low"], difference["high"]
    if better == "lower":
        low, high = -high, -low
    return "holds" if low > 0 else "contradicted" if high < 0 else "open"


def best(table, measure, own):
    """Whether a row has more than all others, by the means alone."""
    most = max(row[measure]["mean"] or 0 for row in table.values())
    names = [name for name, row in table.items() if row[measure]["mean"] == most]
    return ("holds" if names == [own] else "shared" if own in names else "not so",
            f"best: {', '.join(names)}")


def said(claims, pool, text, difference, better="higher"):
    numbers = "" if not difference or difference["mean"] is None else (
        f"{difference['mean']:+.4f} ({difference['low']:+.4f} to {difference['high']:+.4f})")
    claims.append((pool, text, verdict(difference, better), numbers))


def pooled(folder, pool, pictures, claims):
    finer = evaluated("finer-1", folder, pool, "--table", "finer-1", "-n", pictures, *STEP,
                      "--references", "auto:3", "--rival", "directions",
                      "--measures", "deletion,gap-20,rd-5,rd-10,energy")
    for method in ["grad-cam", "layer-cam", "score-cam"]:
        row = finer[f"{method} + finer 0.6"]
        for measure, better in [("rd-5", "higher"), ("rd-10", "higher"), ("gap-20", "lower"),
                                ("energy", "higher")]:
            said(claims, pool, f"Finer-CAM on {method} is better by {measure}",
                 row[measure].get("gain"), better)
    near = evaluated("predictions", folder, pool, "--methods", "grad-cam,layer-cam", "--references",
                     "auto:3:predictions", "--rival", "predictions", "--measures", "gap-20,rd-5,rd-10",
                     "-n", pictures, *STEP)
    for method in ["grad-cam", "layer-cam"]:
        for measure, better in [("rd-5", "higher"), ("rd-10", "higher"), ("gap-20", "lower")]:
            said(claims, pool, f"Finer-CAM on {method} against the next predictions is better by {measure}",
                 near[f"{method} + finer 0.6"][measure].get("gain"), better)
    where = evaluated("difference", folder, pool, "--methods", "grad-cam,layer-cam", "--truth",
                      "difference", "--measures", "energy,pointing,auprc", "-n", 4 * pictures)
    for method in ["grad-cam", "layer-cam"]:
        for measure in ["energy", "pointing", "auprc"]:
            said(claims, pool, f"Finer-CAM on {method} finds what tells the two classes apart: {measure}",
                 where[f"{method} + finer 0.6"][measure].get("gain"))
    second = evaluated("finer-2", folder, pool, "--table", "finer-2", "-n", pictures, *STEP)
    said(claims, pool, "RD@5 against the 2nd prediction is above none",
         second["grad-cam, 2nd prediction"]["rd-5"].get("gain"))
    said(claims, pool, "RD@5 aggregated is above none", second["grad-cam, aggregated"]["rd-5"].get("gain"))
    said(claims, pool, "deletion aggregated is below none",
         second["grad-cam, aggregated"]["deletion"].get("gain"), "lower")
    evaluated("finer-3", folder, pool, "--table", "finer-3", "--references", "auto:3", "--rival",
              "directions", "-n", pictures, *STEP)
    strengths = evaluated("strengths", folder, pool, "--methods", "grad-cam", "--strengths",
                          "0,0.2,0.4,0.6,0.8,1,1.2", "--measures", "rd-5,drop-5", "-n", 2 * pictures)
    claims.append((pool, "RD@5 is highest at strength 0.8",
                   *best(strengths, "rd-5", "grad-cam + finer 0.8")))
    found = evaluated("diffcam-1", folder, pool, "--table", "diffcam-1", "-n", pictures)
    for measure in ["iou-mean", "auprc"]:
        claims.append((pool, f"DiffCAM has the best {measure} of its table",
                       *best(found, measure, "diffcam")))
    parts = evaluated("diffcam-2", folder, pool, "--table", "diffcam-2", "-n", 2 * pictures)
    for rival in ["random", "similar"]:
        ours, theirs = parts[f"diffcam, {rival} class"], parts[f"galore, {rival} class"]
        for measure in ["part-recall", "part-precision", "part-iou"]:
            a, b = ours[measure]["mean"], theirs[measure]["mean"]
            claims.append((pool, f"DiffCAM is above GALORE by {measure}, {rival} class",
                           "not measured" if a is None or b is None else "holds" if a > b else "not so",
                           f"{a} and {b}, without an interval"))
    for table in ["sfam-1", "sfam-2"]:
        sfam = evaluated(table, folder, pool, "--table", table, "-n", 4 * pictures)
        own = [row for row in sfam if row.startswith("sfam")][0]
        claims.append((pool, f"SFAM has the best IoU of {table}", *best(sfam, "iou-20", own)))


def slow(folder, pictures, claims):
    """What takes hundreds of passes a map, with the class token alone."""
    found = evaluated("glas", folder, "class", "--methods",
                      "glas,glas-light,glas-shadow,grad-cam,gradient", "--strengths", 0, "--measures",
                      "pointing-blob,pointing-small,energy", "-n", max(4, pictures // 3))
    claims.append(("class", "GLAS has the best pointing game of GLAS, its halves, Grad-CAM, gradients",
                   *best(found, "pointing-blob", "glas")))
    # RISE, LIME and MASK take thousands: so few pictures show how long they take, and no more.
    evaluated("glas-2", folder, "class", "--table", "glas-2", "-n", 2)
    evaluated("glas-1", folder, "class", "--table", "glas-1", "-n", 2)


def main():
    pictures = int(sys.argv[1]) if len(sys.argv) > 1 else 120
    folder = Path(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp(prefix="fieldmark-tables-"))
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "birds").exists():
        fieldmark("aviary", "-o", folder / "birds", "--count", 2000, "--seed", SEED, "--size", 224,
                  "--captions", 0)
    claims = []
    for pool in ["class", "mean"]:
        print(f"\nA head on embeddings pooled by {pool}:")
        print(fieldmark("train", folder / "birds", "--pool", pool, "--with", "logistic",
                        "-o", folder / f"{pool}.safetensors"), flush=True)
        pooled(folder, pool, pictures, claims)
    slow(folder, pictures, claims)
    with open(folder / "claims.csv", "w", newline="") as file:
        csv.writer(file).writerows([("pool", "claim", "verdict", "numbers"), *claims])
    print("\n| pooled by | claim | here | paired difference |\n|---|---|---|---|")
    for claim in claims:
        print("| " + " | ".join(claim) + " |")


main()
