"""What one step of training sees."""

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

PAD = 8


@dataclass
class Batch:
    patches: torch.Tensor  # pictures x chosen patches x numbers
    places: torch.Tensor  # which patches were chosen
    said: list  # a sentence for each picture
    species: torch.Tensor
    answers: torch.Tensor  # pictures x phrases: 1 seen, 0 not there, -1 hardly seen
    asked: torch.Tensor  # pictures x some: numbers of phrases seen, -1 where there are fewer
    cover: torch.Tensor  # pictures x (some + 1) x patches: shares of each patch; the bird's the last
    middle: torch.Tensor  # the same, of each patch's middle alone
    birds: int  # so many pictures come first; of the others only patches without a bird are chosen


class Batches:
    """Pictures in pairs of neighbours in the list of species, among which the look-alikes are."""

    def __init__(self, world, seed, patch, mean, deviation):
        self.world, self.patch = world, patch
        self.draws = np.random.default_rng(seed)
        self.of_species = [np.flatnonzero(world.species == s) for s in range(len(world.classes))]
        kinds = {row[0]: row[1] for rows in world.rows for row in rows}
        self.phrases = sorted({row[0] for rows in world.rows for row in rows if row[2] >= 12})
        self.is_trait = np.array([kinds[p] == "trait" for p in self.phrases])
        number = {p: i for i, p in enumerate(self.phrases)}
        self.rows = [[(number[p], m) for p, _, n, m in rows if n >= 12] for rows in world.rows]
        self.weak = [[number[p] for p, _, n, m in rows if n < 12 and p in number]
                     for rows in world.rows]
        self.habitat = [next((p for p, kind, *_ in rows if kind == "habitat"), "").removesuffix(
            " behind the bird") for rows in world.rows]
        often = np.zeros(len(self.phrases))
        for rows in self.rows:
            often[[p for p, _ in rows]] += 1
        self.rare = often ** -0.5
        self.mean, self.deviation = (np.float32(t) * 255 for t in (mean, deviation))

    def next(self, birds, empty, chosen, some, wanted):
        """`wanted`: numbers of the phrases asked about; `chosen`: how many patches, 0 for all."""
        d, world, side = self.draws, self.world, self.world.pictures.shape[1]
        cells = side // self.patch
        slot = np.full(len(self.phrases), -1)
        slot[wanted] = np.arange(len(wanted))
        pictures = []
        while len(pictures) < birds:
            s = d.integers(len(self.of_species) - 1)
            pictures += [d.choice(self.of_species[s]), d.choice(self.of_species[s + 1])]
        pictures = pictures[:birds] + list(d.integers(0, len(world.names), empty))
        count = len(pictures)
        all_patches, all_places, said = [], [], []
        answers = np.zeros((count, len(wanted)), np.float32)
        asked = np.full((birds, some), -1)
        cover = np.zeros((birds, some + 1, cells * cells), np.float32)
        middle = np.zeros_like(cover)
        for i, picture in enumerate(pictures):
            flip, (dy, dx) = d.random() < 0.5, d.integers(0, 2 * PAD, 2)
            rows_, columns = (np.clip(np.arange(side) + at - PAD, 0, side - 1) for at in (dy, dx))
            columns = columns[::-1] if flip else columns
            pixels = world.pictures[picture][rows_][:, columns]
            bits = [world.birds[picture]]
            if i < birds:
                rows = [(slot[p], m, self.rare[p]) for p, m in self.rows[picture] if slot[p] >= 0]
                for p, _, _ in rows:
                    answers[i, p] = 1
                for p in self.weak[picture]:
                    if slot[p] >= 0:
                        answers[i, slot[p]] = -1
                if rows:
                    odds = np.array([r[2] for r in rows])
                    kept = d.choice(len(rows), min(some, len(rows)), False, odds / odds.sum())
                    asked[i, : len(kept)] = [rows[j][0] for j in kept]
                    bits += [rows[j][1] for j in kept]
            masks = np.unpackbits(world.masks[bits][:, rows_], axis=2)[:, :, columns]
            masks = torch.from_numpy(masks).float()
            shares = F.avg_pool2d(masks, self.patch).flatten(1).numpy().T
            half = (self.patch - 2) // 2
            inner = F.avg_pool2d(masks[:, half : side - half, half : side - half], 2, self.patch)
            inner = inner.flatten(1).numpy().T
            on = shares[:, 0] > 0
            places = np.arange(cells * cells)
            if i < birds:
                cover[i, : len(bits) - 1], cover[i, -1] = shares[:, 1:].T, shares[:, 0]
                middle[i, : len(bits) - 1], middle[i, -1] = inner[:, 1:].T, inner[:, 0]
                said.append(self.sentence(picture, flip))
                if chosen:
                    most = d.permutation(places[on])[: chosen - 48]
                    places = np.concatenate([most, d.permutation(places[~on])])[:chosen]
            else:
                said.append(self.empty(picture))
                free = d.permutation(places[~on])
                places = np.resize(free, chosen or cells * cells)
            pixels = pixels.reshape(cells, self.patch, cells, self.patch, 3).transpose(0, 2, 4, 1, 3)
            pixels = pixels.reshape(cells * cells, 3, -1)[places].astype(np.float32)
            pixels = (pixels - self.mean[:, None]) / self.deviation[:, None]
            all_patches.append(pixels.reshape(len(places), -1))
            all_places.append(places)
        at = np.stack(all_places)
        pick = lambda t: torch.from_numpy(np.take_along_axis(t, at[:birds, None], 2))
        whole = lambda t: torch.from_numpy(np.asarray(t))
        return Batch(whole(np.stack(all_patches)), whole(at), said,
                     whole(world.species[pictures[:birds]]), whole(answers[:birds]), whole(asked),
                     pick(cover), pick(middle), birds)

    def sentence(self, picture, flip):
        sentence = str(self.draws.choice(self.world.captions[picture]))
        if flip and "looking" in sentence:
            sides = ["looking left", "looking right"]
            was = sides["looking right" in sentence]
            sentence = sentence.replace(was, sides[was == sides[0]])
        return sentence

    def empty(self, picture):
        place = self.habitat[picture] or "place"
        form = ("an empty {}", "a picture of a {}", "a {} without a bird", "{}, no bird")
        return form[self.draws.integers(len(form))].format(place)
