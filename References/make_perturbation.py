"""Makes Tests/References/perturbation: what methods that change the picture or the activation
answer for tiny models, written down again from the papers' formulas, on PyTorch.

    python3 References/make_perturbation.py Tests/References

The models, and the picture as each is given it, are those of `make_encoders.py`. The score is
a concept against two others at strength 0.6: logits are 100 times the cosine of the embedding and a
direction whose j-th number is sin(j (2 i + 3) + 5) for the i-th concept. Of maps with a value for
each pixel every third row and column is kept. All read logits (`--score logit`); the `score-cam` here
takes off what the whole contrast scores where nothing is seen, as `score-cam-difference` does.
"""

import json
import sys
from pathlib import Path

import peers_torchvision
import open_clip
import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from splitmix import SplitMix

SETTINGS = dict(seed=7, masks=30, channels=9, window=11, step=4)
LAMBDA, SIGMA, K = 1e-5, 3.0, 15


class Asked:
    """A model, a picture, and the contrast that is asked for."""

    def __init__(self, folder):
        config = json.loads((folder / "open_clip_config.json").read_text())["model_cfg"]
        model = open_clip.CLIP(**config)
        model.load_state_dict(load_file(folder / "open_clip_model.safetensors"))
        self.visual = model.float().eval().visual
        facts = json.loads((folder / "expected.json").read_text())
        self.pixels = load_file(folder / "expected.safetensors")[f"pixels.{facts['first']}"]
        self.pixels = self.pixels.reshape(1, 3, *self.pixels.shape[-2:])
        self.isResNet = hasattr(self.visual, "layer4")
        places = torch.arange(config["embed_dim"], dtype=torch.float64)
        self.directions = F.normalize(
            torch.stack([torch.sin(places * (2 * i + 3) + 5) for i in range(3)]).float(), dim=-1)

    @property
    def layer(self):
        return self.visual.layer4 if self.isResNet else self.visual.transformer.resblocks[-1].ln_1

    def contrast(self, embeddings):
        logits = 100 * F.normalize(embeddings, dim=-1) @ self.directions.T
        return logits[:, 0] - 0.6 * logits[:, 1:].mean(dim=-1)

    def score(self, pictures):
        """In parts, each picture by itself being what is asked for."""
        with torch.no_grad():
            return torch.cat([self.contrast(self.visual(part)) for part in pictures.split(64)])

    def activation(self, change=lambda answer: answer):
        """What the layer answers, and the score when that is changed."""
        kept = []

        def hook(module, inputs, answer):
            kept.append(change(answer))
            return kept[-1]

        handle = self.layer.register_forward_hook(hook)
        score = self.contrast(self.visual(self.pixels))
        handle.remove()
        return kept[0], score

    def places(self, answer):
        """Channels x rows x columns."""
        if self.isResNet:
            return answer[0]
        height, width = (side // 16 for side in self.pixels.shape[-2:])
        return answer[0, 1:].T.reshape(-1, height, width)


def unit(maps):
    """Each from 0 to 1, and 0 where it is flat."""
    low, high = maps.amin((-2, -1), keepdim=True), maps.amax((-2, -1), keepdim=True)
    return torch.where(high > low, (maps - low) / (high - low).clamp(min=1e-30), 0)


def by_channels(asked, channels=SETTINGS["channels"]):
    answer, score = asked.activation(lambda answer: answer.detach().requires_grad_())
    gradient = asked.places(torch.autograd.grad(score, answer)[0]).mean((-2, -1))
    maps = asked.places(answer.detach())
    size = asked.pixels.shape[-2:]
    masks = unit(F.interpolate(maps[:, None], size, mode="bilinear", align_corners=False))
    scores = asked.score(asked.pixels * masks)
    none = asked.score(0 * asked.pixels)
    best = gradient.topk(min(channels, len(gradient))).indices

    def without(channel):
        def change(answer):
            answer = answer.clone()
            if asked.isResNet:
                answer[:, channel] = 0
            else:
                answer[:, 1:, channel] = 0
            return answer
        with torch.no_grad():
            return asked.activation(change)[1]

    losses = torch.cat([score.detach() - without(channel) for channel in range(len(maps))])
    weighed = lambda weights, maps: torch.einsum("k,kij->ij", weights, maps)
    return {
        "score-cam": weighed(scores - none, maps),
        "score-cam-softmax": weighed(scores.softmax(0), maps),
        "gscore-cam": weighed(scores[best].softmax(0), maps[best]),
        "ablation-cam": weighed(losses, maps),
    }


def occlusion(asked, side=SETTINGS["window"], step=SETTINGS["step"]):
    height, width = asked.pixels.shape[-2:]
    masks = []
    for y in sorted({*range(0, height - side, step), height - side}):
        for x in sorted({*range(0, width - side, step), width - side}):
            mask = torch.ones(1, height, width)
            mask[:, y : y + side, x : x + side] = 0
            masks.append(mask)
    masks = torch.stack(masks)
    losses = asked.score(asked.pixels) - asked.score(asked.pixels * masks)
    hidden = 1 - masks[:, 0]
    return {"occlusion": torch.einsum("n,nij->ij", losses, hidden) / hidden.sum(0)}


def rise(asked, count=SETTINGS["masks"], seed=SETTINGS["seed"]):
    height, width = asked.pixels.shape[-2:]
    masks = []
    for index in range(count):
        random = SplitMix(seed, index)
        cells = [float((random.next() >> 40) / 2**24 < 0.5) for _ in range(49)]
        across, down = -(-width // 7), -(-height // 7)
        x, y = random.next() % across, random.next() % down
        grid = torch.tensor(cells).reshape(1, 1, 7, 7)
        large = F.interpolate(grid, (8 * down, 8 * across), mode="bilinear", align_corners=False)
        masks.append(large[0, :, y : y + height, x : x + width])
    masks = torch.stack(masks)
    scores = asked.score(asked.pixels * masks)
    return {"rise": ((scores - scores.mean())[:, None, None] * masks[:, 0]).mean(0) / 0.5}


def glas(asked):
    height, width = asked.pixels.shape[-2:]
    middles = torch.arange(K, dtype=torch.float64) + 0.5
    steps = lambda length: (torch.arange(length, dtype=torch.float64) + 0.5) * K / length
    down = (steps(height)[None] - middles[:, None]) ** 2
    across = (steps(width)[None] - middles[:, None]) ** 2
    squares = down[:, None, :, None] + across[None, :, None, :]
    squares = squares.reshape(K * K, height, width)
    spots = torch.exp(-squares / (2 * SIGMA**2)).float()[:, None]
    spread = torch.exp(-squares / SIGMA**2).float()
    nothing = asked.score(0 * asked.pixels)

    def factors(picture, points):
        light = asked.score(picture * spots[points]) - nothing
        shadow = asked.score(picture) - asked.score(picture * (1 - spots[points]))
        return light, shadow.abs() + LAMBDA

    def map(factor, points):
        return torch.einsum("n,nij->ij", factor, spread[points]) / len(points)

    every = torch.arange(K * K)
    light, shadow = factors(asked.pixels, every)
    maps = {
        "glas-light": map(light, every), "glas-shadow": map(shadow, every),
        "glas": map(light * shadow, every),
    }
    # The pixel in which a point lies.
    rows, columns = ((middles * side / K).long() for side in (height, width))
    at = (rows[:, None] * width + columns[None]).flatten()
    whole = asked.score(asked.pixels) - nothing
    found, picture, points = torch.zeros(height, width), asked.pixels, every
    times = 0
    while times < 8:
        light, shadow = factors(picture, points)
        saliency = unit(map(light * shadow, points).clamp(min=0))
        found, picture, times = found + saliency, picture * (1 - saliency), times + 1
        kept = points[saliency.flatten()[at[points]] <= 0.8]
        left = (asked.score(picture) - nothing) / whole
        print("glas-recursive", times, len(kept), "points,", left.item(), "left")
        if len(kept) in (0, len(points)) or whole <= 0 or left <= 0:
            break
        if (saliency.mean() / left).sqrt() >= 5:
            break
        points = kept
    return {**maps, "glas-recursive": found}


def main(references):
    target = references / "perturbation"
    target.mkdir(parents=True, exist_ok=True)
    for name in ["vit", "resnet"]:
        asked = Asked(references / "encoders" / name)
        maps = {**by_channels(asked), **occlusion(asked), **rise(asked), **glas(asked)}
        size = asked.pixels.shape[-2:]
        kept = {
            name: (map[::3, ::3] if map.shape == size else map).contiguous()
            for name, map in maps.items()
        }
        for method, map in maps.items():
            print(name, method, tuple(map.shape), map.min().item(), map.max().item())
        save_file(kept, target / f"{name}.safetensors")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
