"""Folders of the aviary as arrays: pictures, where each phrase is true, and sentences."""

import json
import pathlib

import numpy as np
from PIL import Image

PREFIXES = ("a bird with {}", "a photo of a bird with {}", "{}", "{} on a bird")


class World:
    """`pictures`: count x side x side x 3 bytes; `rows[i]`: (phrase, kind, pixels, its mask's
    number); `masks[i]`: how much of each cell of four pixels, 0 to 255, the whole bird's first."""

    def __init__(self, folder, side=None, cell=4):
        folder = pathlib.Path(folder)
        names = [line.split()[1] for line in (folder / "images.txt").read_text().splitlines()]
        labels = (folder / "image_class_labels.txt").read_text().splitlines()
        self.names = names
        self.species = np.array([int(line.split()[1]) - 1 for line in labels])
        classes = (folder / "classes.txt").read_text().splitlines()
        self.classes = [c.split(".", 1)[1].replace("_", " ").lower() for c in classes]
        listed = {name: [] for name in names}
        for line in open(folder / "masks/masks.jsonl"):
            row = json.loads(line)
            listed[row["picture"]].append((row["trait"], row["kind"], row["pixels"], row["file"]))
        said = {}
        for line in open(folder / "captions.jsonl"):
            row = json.loads(line)
            said[row["picture"]] = row["captions"]
        self.captions = [said[name] for name in names]
        self.pictures, self.rows, self.masks = [], [], []
        for name in names:
            picture = Image.open(folder / "images" / name).convert("RGB")
            side = side or picture.width
            if picture.width != side:
                picture = picture.resize((side, side), Image.BICUBIC)
            self.pictures.append(np.asarray(picture))
            files = {None: 0}
            cells = [self.cells(folder / "segmentations" / name, side // cell)]
            rows = []
            for phrase, kind, pixels, file in listed[name]:
                if file not in files:
                    files[file] = len(cells)
                    cells.append(self.cells(folder / "masks" / file, side // cell))
                rows.append((phrase, kind, pixels, files[file]))
            self.rows.append(rows)
            self.masks.append(np.stack(cells))
        self.pictures = np.stack(self.pictures)

    @staticmethod
    def cells(path, count):
        return np.asarray(Image.open(path).convert("L").resize((count, count), Image.BOX))
