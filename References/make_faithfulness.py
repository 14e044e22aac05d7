"""Makes Tests/References/measures/faithfulness.json: what the original packages answer for measures
of faithfulness on a toy picture, a toy model and made-up maps.

    python3 References/make_faithfulness.py Tests/References

The toy is the same in Toy.swift, among the tests. All its numbers are whole ones
over powers of two, which floats hold exactly, so that what differs is the measures' arithmetic.
RISE has no package: its evaluation is written down again from the definition. grad-cam computes in
32 bits, everything else here in 64.
"""

import contextlib
import json
import sys
import warnings
from pathlib import Path

import peers_torchvision
import numpy as np
import quantus
import torch
import torch.nn.functional as F
from captum.metrics import infidelity, sensitivity_max
from pytorch_grad_cam.metrics import road
from pytorch_grad_cam.metrics.arcc import ARCC
from pytorch_grad_cam.metrics.cam_mult_image import DropInConfidence, IncreaseInConfidence
from pytorch_grad_cam.metrics.perturbation_confidence import PerturbationConfidenceMetric
from scipy.ndimage import gaussian_filter
from torchcam.metrics import ClassificationMetric

WIDTH, HEIGHT, CELL, CLASSES, ASKED = 24, 16, 8, 4, 1
PIXELS = WIDTH * HEIGHT
PERCENTILES = [10, 20, 30, 40, 50, 60, 70, 80, 90]


def picture(planes=3):
    channel, pixel = np.mgrid[:planes, :PIXELS]
    numbers = (channel * 7919 + pixel * 104729 + 13) % 257 - 128
    return (numbers / 64).reshape(planes, HEIGHT, WIDTH)


def maps():
    pixel = np.arange(PIXELS)
    x, y = pixel % WIDTH, pixel // WIDTH
    scattered = (pixel * 197 + 31) % 384
    hill = (1200 - 3 * (x - 9) ** 2 - 5 * (y - 6) ** 2) * 512 + pixel
    all = {"scattered": scattered / 512, "hill": hill / 2**20, "ties": scattered // 48 / 8}
    return {name: values.reshape(HEIGHT, WIDTH) for name, values in all.items()}


class Toy(torch.nn.Module):
    """The softmax of a linear map of the mean colours in cells."""

    def forward(self, x):
        return torch.softmax(self.logits(x), dim=1)

    def logits(self, x):
        cells = F.avg_pool2d(x.double(), CELL).flatten(1)
        k, f = np.mgrid[:CLASSES, : cells.shape[1]]
        weights = torch.tensor(((k * 37 + f * 101 + 11) % 64 - 32) / 16)
        biases = torch.tensor((np.arange(CLASSES) * 5 % 7 - 3) / 8)
        return cells @ weights.T + biases


TOY = Toy().eval()


def noise(count, factors, range, scale, planes=3):
    n, channel, pixel = np.mgrid[:count, :planes, :PIXELS]
    a, b, c = factors
    numbers = (n * a + channel * b + pixel * c) % range - range // 2
    return torch.tensor(numbers / scale).reshape(count, planes, HEIGHT, WIDTH)


def explained(x):
    """A toy map: for each pixel a number from 0 to 1."""
    x = x.double().abs()
    return (x[:, 0] + 2 * x[:, 1] + x[:, 2]) / 8


# RISE (Petsiuk et al. 2018, section 4.2; eclique/RISE `evaluation.py`, `Evaluation.ipynb`).


def rise_kernel():
    delta = np.zeros((11, 11))
    delta[5, 5] = 1
    return gaussian_filter(delta, 5)


def blurred(x):
    kernel = torch.tensor(rise_kernel())
    weights = torch.zeros(3, 3, 11, 11, dtype=torch.double)
    for channel in range(3):
        weights[channel, channel] = kernel
    return F.conv2d(torch.tensor(x)[None], weights, padding=5)[0].numpy()


def rise(start, finish, map, step):
    """Scores of all classes on the way."""
    order = np.flip(np.argsort(map.flatten(), kind="stable"))
    now, curve = start.reshape(3, -1).copy(), []
    steps = -(-PIXELS // step)
    for index in range(steps + 1):
        shown = torch.tensor(now.reshape(1, 3, HEIGHT, WIDTH))
        curve.append(TOY(shown)[0].tolist())
        changed = order[step * index : step * (index + 1)]
        now[:, changed] = finish.reshape(3, -1)[:, changed]
    scores = np.array(curve)[:, ASKED]
    return {"curve": curve, "auc": (scores.sum() - scores[0] / 2 - scores[-1] / 2) / steps}


def curves(x):
    nothing = np.zeros_like(x)
    return {
        name: {
            "deletion": rise(x, nothing, map, 40), "insertion": rise(blurred(x), x, map, 40)
        }
        for name, map in maps().items()
    }


# Finer-CAM's eq. 10, as text has it.


def relative_drops(x, share, reference):
    drops = {}
    for name in ["scattered", "hill"]:
        order = np.argsort(-maps()[name].flatten(), kind="stable")
        masked = x.reshape(3, -1).copy()
        masked[:, order[: int(share * PIXELS + 0.5)]] = 0
        before = TOY(torch.tensor(x[None]))[0]
        after = TOY(torch.tensor(masked.reshape(1, 3, HEIGHT, WIDTH)))[0]
        lost = (before - after).tolist()
        drops[name] = {"drop": lost[ASKED], "relative": lost[ASKED] - lost[reference]}
    return drops


# grad-cam (Rong et al. 2022, arXiv 2202.00449, for ROAD).


def asked(output):
    return output[ASKED]


def roads(x):
    # All classes of the package take the imputer's noise from its default.
    road.NoisyLinearImputer.__init__.__defaults__ = (0, road.neighbors_weights)
    tensor = torch.tensor(x[None]).float()
    answers = {}
    for name in ["scattered", "hill"]:
        map = np.float32(maps()[name])[None]
        call = lambda metric: metric(tensor, map, [asked], TOY).item()
        answers[name] = {
            "morf": [call(road.ROADMostRelevantFirst(p)) for p in PERCENTILES],
            "lerf": [call(road.ROADLeastRelevantFirst(p)) for p in PERCENTILES],
            "combined": call(road.ROADCombined(PERCENTILES)),
        }
        kept = torch.tensor(np.float32(map[0] < np.percentile(map[0], 30)))
        imputed = road.NoisyLinearImputer()(tensor[0], kept)
        answers[name]["imputed"] = imputed.flatten().tolist()[::7]
        cam = lambda input_tensor, targets: np.float32(explained(input_tensor).numpy())
        answers[name]["arcc"] = ARCC(cam)(tensor, map, [asked], TOY).item()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        flat = np.full((1, HEIGHT, WIDTH), 0.5, dtype=np.float32)
        answers["flat"] = road.ROADMostRelevantFirst(50)(tensor, flat, [asked], TOY).item()
    return answers


def confidence(x):
    tensor = torch.tensor(x[None]).float()
    map = np.float32(maps()["hill"])[None]
    lost = DropInConfidence()(tensor, map, [asked], TOY).item()
    gained = PerturbationConfidenceMetric(lambda x, m: x * m)(tensor, map, [asked], TOY).item()
    rises = IncreaseInConfidence()(tensor, map, [asked], TOY).item()
    return {
        "drop": lost, "increase": rises, "change": gained,
        "before": asked(TOY(tensor)[0]).item(), "averageDrop": torchcam(x)["avg_drop"],
    }


class Given:
    """What torchcam asks for its maps, with a map that is there already."""

    def __init__(self, map):
        self.model, self.map = TOY, torch.tensor(map)[None]

    def __call__(self, *_, **__):
        return [self.map]

    def fuse_cams(self, cams):
        return cams[0]

    def _hooks_off(self):
        return contextlib.nullcontext()


def torchcam(x):
    metric = ClassificationMetric(Given(maps()["hill"]))
    metric.update(torch.tensor(x[None]), ASKED)
    return metric.summary()


# captum (Yeh et al. 2019, arXiv 1901.09392).


def captums(x):
    tensor = torch.tensor(x[None])
    score = lambda x: TOY(x)[:, ASKED]
    attribution = torch.tensor(maps()["hill"]).expand_as(tensor).contiguous()
    perturb = lambda x: (lambda i: (i, x - i))(noise(len(x), (617, 401, 131), 257, 16384))
    plain, normalized = (
        infidelity(score, perturb, tensor, attribution, n_perturb_samples=10, normalize=flag).item()
        for flag in [False, True]
    )
    near = lambda x, radius: x + noise(len(x), (613, 7919, 104729), 129, 4096)
    # The picture comes in a tuple, the changed ones do not; maps must come in one every time.
    map = lambda x: (explained(x[0] if isinstance(x, tuple) else x),)
    sensitivity = sensitivity_max(map, tensor, near, n_perturb_samples=10).item()
    return {"infidelity": plain, "normalized": normalized, "sensitivity": sensitivity}


# quantus (Bhatt et al. 2020, arXiv 2005.00631).


def correlation():
    """On a picture of one plane, where features are pixels."""
    x = picture(1)[None].astype(np.float32)
    subsets = []
    draws = np.random.RandomState(5)

    def replace(arr, indices, **_):
        changed = arr.copy()
        changed[0, indices[0]] = 0
        subsets.append(indices[0].tolist())
        return changed

    np.random.seed(5)
    measure = quantus.FaithfulnessCorrelation(
        nr_runs=12, subset_size=20, perturb_func=replace, abs=False, normalise=False,
        return_aggregate=False, disable_warnings=True, display_progressbar=False)
    attributions = np.float32(maps()["hill"])[None, None]
    answer = measure(
        model=TOY, x_batch=x, y_batch=np.array([ASKED]), a_batch=attributions, softmax=False,
        channel_first=True)
    return {"subsets": subsets, "correlation": float(answer[0])}


def main(references):
    x = picture()
    removed = roads(x)
    answers = {
        "kernel": rise_kernel()[5].tolist(),
        "blurred": blurred(x).flatten().tolist()[::7],
        "logits": TOY.logits(torch.tensor(x[None]))[0].tolist(),
        "rise": curves(x),
        "drops": relative_drops(x, 0.1, 3),
        "flat": removed.pop("flat"),
        "road": removed,
        "confidence": confidence(x),
        "captum": captums(x),
        "quantus": correlation(),
    }
    folder = references / "measures"
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(answers)
    (folder / "faithfulness.json").write_text(text + "\n")
    for name, value in answers.items():
        print(name, str(value)[:200])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
