"""Whether Fieldmark's maps are those of PyPI's grad-cam and torchcam, on models of full size.

    make parity          # or MODELS=ViT-B-16, to run one

The same random weights, picture and two phrases for all; `red epaulets` less 0.6 times `bird`. What
is printed of each method is max |a - b| / max |a| over the raw maps, before anything is clipped,
scaled or enlarged (torchcam clips, so both are), and Spearman's rank correlation. The run fails
where a method differs by more than its limit. Where a peer does something else by intent or mistake
the line says what, and has no limit.

Methods that cost a pass for each of 768 channels are held against their peers on ViT-B-32: of full
depth and width, and four times as fast as ViT-B-16.
"""

import contextlib
import io
import json
import sys
import warnings
from functools import partial
from unittest.mock import patch

import references  # before what lies there
import peers_models
import numpy
import pytorch_grad_cam as package
import torch
import torch.nn.functional as F
from peers_words import openai
from PIL import Image
from pytorch_grad_cam.ablation_layer import AblationLayerVit
from pytorch_grad_cam.utils.model_targets import FinerWeightedTarget
from scipy.stats import spearmanr

try:
    from torchcam import methods as torchcam
except ImportError:
    torchcam = None

WORDS = ["red epaulets", "bird"]
STRENGTH = 0.6
LIMIT = 1e-4
# It divides by the sum of a channel over all places, which may be next to nothing.
LIMITS = {"xgrad-cam": 5e-3}
CAMS = {
    "grad-cam": "GradCAM", "grad-cam++": "GradCAMPlusPlus", "xgrad-cam": "XGradCAM",
    "layer-cam": "LayerCAM", "hires-cam": "HiResCAM", "eigen-cam": "EigenCAM",
    "eigen-grad-cam": "EigenGradCAM"}
TORCHCAMS = {
    "grad-cam": "GradCAM", "grad-cam++": "GradCAMpp", "xgrad-cam": "XGradCAM",
    "layer-cam": "LayerCAM"}
UNSIGNED = {"eigen-cam", "eigen-grad-cam"}
FAST, SLOW = ["ViT-B-16", "RN50"], ["ViT-B-32"]


class Logits(torch.nn.Module):
    """A picture's scaled cosines with the phrases."""

    def __init__(self, name):
        super().__init__()
        self.clip, self.transform = peers_models.load(name)
        with torch.no_grad():
            self.rows = F.normalize(self.clip.encode_text(openai()(WORDS)), dim=1)
        self.clip.requires_grad_(True)  # without, the packages have nothing to go back through

    def forward(self, pixels):
        embedding = F.normalize(self.clip.encode_image(pixels), dim=-1)
        return self.clip.logit_scale.exp() * embedding @ self.rows.T

    @property
    def layer(self):
        visual = self.clip.visual
        return visual.transformer.resblocks[-1].ln_1 if self.is_vit else visual.layer4[-1]

    @property
    def is_vit(self):
        return hasattr(self.clip.visual, "transformer")

    def planes(self, tokens):
        if not self.is_vit:
            return tokens
        height, width = self.clip.visual.grid_size
        return tokens[:, 1:].transpose(1, 2).unflatten(2, (height, width))


def contrast(logits):
    return logits[..., 0] - STRENGTH * logits[..., 1]


def by_package(model, pixels, method, target=contrast, **settings):
    """A raw map, as the package has it before it clips, scales and enlarges."""
    cam = method(model, [model.layer], reshape_transform=model.planes, **settings)
    base = getattr(cam, "base_cam", cam)
    if base.uses_gradients:
        cam(pixels, [target])
    else:
        with torch.no_grad():
            base.activations_and_grads(pixels)
    hooked = base.activations_and_grads
    activation = hooked.activations[0].detach().numpy()
    gradient = hooked.gradients[0].numpy() if hooked.gradients else None
    hooked.release()
    with contextlib.redirect_stderr(io.StringIO()):  # its progress
        return base.get_cam_image(
            pixels, model.layer, [target], activation, gradient, False)[0]


def by_torchcam(model, pixels, method, *words, **settings):
    with method(model, model.layer, reshape_transform=model.planes) as cam:
        return cam(*words, scores=model(pixels), normalized=False, **settings)[0][0].numpy()


class WithoutChannel(AblationLayerVit):
    """A channel set to 0 in all places, as the paper has it; the class token is no place."""

    def __call__(self, x):
        for picture, channel in zip(self.activations, self.indices):
            picture[1:, channel] = 0
        return self.activations


def gradients(model, pixels):
    """Method, who has it, its map, and what is to be known; nothing where it must be the same."""
    for method, name in CAMS.items():
        yield method, f"grad-cam {name}", by_package(model, pixels, getattr(package, name)), None
    finer = FinerWeightedTarget(0, [1], STRENGTH)
    yield "grad-cam", "grad-cam FinerCAM", by_package(
        model, pixels, package.FinerCAM, finer), None
    if torchcam is None:
        return print("torchcam is not there: left out.")
    for method, name in TORCHCAMS.items():
        known = None
        if method == "grad-cam++":
            known = "torchcam 0.5.0 divides a copy that it then drops: its weights are sums of G^3"
        settings = {"eps": 1e-7} if method == "xgrad-cam" else {}
        yield method, f"torchcam {name}", by_torchcam(
            model, pixels, getattr(torchcam, name), targets=contrast, **settings), known
    yield "grad-cam", "torchcam FinerCAM", by_torchcam(
        model, pixels, torchcam.FinerCAM, 0, comparison_idx=[1]), None


def passes(model, pixels):
    """The same of methods that cost a pass for each channel."""
    with patch("torch.nn.UpsamplingBilinear2d", partial(torch.nn.Upsample, mode="bilinear")):
        yield "score-cam-softmax", "grad-cam ScoreCAM, masks in place", by_package(
            model, pixels, package.ScoreCAM), None
    yield "score-cam-softmax", "grad-cam ScoreCAM", by_package(model, pixels, package.ScoreCAM), (
        "it stretches masks from edge to edge: up to half a patch beside what they stand for")
    with torch.no_grad():
        score = contrast(model(pixels))[0].item()
    # The package divides by the score, which of a contrast may be of either sign.
    yield "ablation-cam", "grad-cam AblationCAM, channels at 0", score * by_package(
        model, pixels, package.AblationCAM, ablation_layer=WithoutChannel()), None
    yield "ablation-cam", "grad-cam AblationCAM", score * by_package(
        model, pixels, package.AblationCAM, ablation_layer=AblationLayerVit()), (
        "it puts the least less 1e7 into a channel, and into the class token's too")


def ours(name, file, method):
    answer = json.loads(peers_models.fieldmark(
        "highlight", file, "--json", "--model", peers_models.folder(name), "--method", method,
        "-c", WORDS[0], "-a", WORDS[1], "--strength", str(STRENGTH)))
    return numpy.array(answer["values"], "float32").reshape(answer["grid"])


def compared(method, who, theirs, found):
    if who.startswith("torchcam"):
        found = found.clip(0)
    assert theirs.shape == found.shape, (theirs.shape, found.shape)
    if method in UNSIGNED and (theirs * found).sum() < 0:
        theirs = -theirs
    deviation = abs(theirs - found).max() / abs(theirs).max()
    return deviation, spearmanr(theirs.ravel(), found.ravel()).statistic


def main(names):
    warnings.filterwarnings("ignore")
    torch.set_num_threads(peers_models.THREADS)
    file = peers_models.pictures()[0]
    failures = []
    for name in names:
        model = Logits(name)
        pixels = model.transform(Image.open(file))[None]
        found = {}
        for method, who, theirs, known in (passes if name in SLOW else gradients)(model, pixels):
            if method not in found:
                found[method] = ours(name, file, method)
            deviation, ranks = compared(method, who, theirs, found[method])
            note = f"  {known}" if known else ""
            print(
                f"{name:8}  {method:17}  {who:34}  {deviation:.1e}  {ranks:8.5f}{note}", flush=True)
            limit = LIMITS.get(method, LIMIT)
            if not known and not deviation <= limit:
                failures.append(f"{name} {method} beside {who}: {deviation:.1e}, above {limit:.0e}")
    if failures:
        raise SystemExit("\n".join(failures))


if __name__ == "__main__":
    main([name for name in sys.argv[1:] if name in FAST + SLOW] if sys.argv[1:] else FAST + SLOW)
