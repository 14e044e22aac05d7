"""Folders of the aviary as arrays: pictures, where each phrase is true, and sentences."""

import json
import multiprocessing
import pathlib
import pickle

import numpy as np
from PIL import Image

PREFIXES = ("{}", "a bird with {}", "{}", "a photo of a bird with {}", "{} on a bird")


class World:
    """`pictures[i]`: side x side x 3 bytes; `rows[i]`: (phrase, kind, pixels, its mask's number);
    `masks[number]`: side x side/8 bytes of 8 pixels each; `birds[i]`: the whole bird's number.
    The arrays are kept beside the folder: reading the masks takes longer than drawing them."""

    def __init__(self, folder):
        folder = pathlib.Path(folder)
        kept = folder.parent / (folder.name + ".arrays")
        if not (kept / "lists.pickle").exists():
            self.gather(folder, kept)
        self.__dict__.update(pickle.loads((kept / "lists.pickle").read_bytes()))
        self.pictures = np.load(kept / "pictures.npy", mmap_mode="r")
        self.masks = np.load(kept / "masks.npy", mmap_mode="r")

    def gather(self, folder, kept):
        names = [line.split()[1] for line in (folder / "images.txt").read_text().splitlines()]
        labels = (folder / "image_class_labels.txt").read_text().splitlines()
        classes = (folder / "classes.txt").read_text().splitlines()
        said = {}
        for line in open(folder / "captions.jsonl"):
            row = json.loads(line)
            said[row["picture"]] = row["captions"]
        files = {name: number for number, name in enumerate(names)}
        rows = {name: [] for name in names}
        for line in open(folder / "masks/masks.jsonl"):
            row = json.loads(line)
            number = files.setdefault(row["file"], len(files))
            rows[row["picture"]].append((row["trait"], row["kind"], row["pixels"], number))
        lists = dict(
            names=names, rows=[rows[name] for name in names], captions=[said[n] for n in names],
            species=np.array([int(line.split()[1]) - 1 for line in labels]),
            classes=[c.split(".", 1)[1].replace("_", " ").lower() for c in classes],
            birds=np.arange(len(names)))
        kept.mkdir(exist_ok=True)
        side = Image.open(folder / "images" / names[0]).width
        array = lambda name, *shape: np.lib.format.open_memmap(
            kept / name, "w+", np.uint8, shape)
        pictures = array("pictures.npy", len(names), side, side, 3)
        masks = array("masks.npy", len(files), side, side // 8)
        paths = [folder / ("segmentations" if i < len(names) else "masks") / name
                 for i, name in enumerate(files)]
        with multiprocessing.Pool() as pool:
            for i, bytes in enumerate(pool.imap(colours, [folder / "images" / n for n in names], 64)):
                pictures[i] = bytes
            for i, bits in enumerate(pool.imap(cover, paths, 256)):
                masks[i] = bits
        (kept / "lists.pickle").write_bytes(pickle.dumps(lists))


def colours(path):
    return np.asarray(Image.open(path).convert("RGB"))


def cover(path):
    return np.packbits(np.asarray(Image.open(path).convert("L")) > 127, axis=1)
