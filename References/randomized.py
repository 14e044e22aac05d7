"""Models and pictures made at random, but so that something is to be seen in them."""

import math

import numpy
import torch
from PIL import Image


def draw(width, height, phase):
    """Waves of colour, a disc and a bar: smooth, and different everywhere."""
    y, x = numpy.mgrid[0:height, 0:width] / max(width, height)
    waves = [numpy.sin(a * x + b * y + phase) for a, b in [(5, 2), (-3, 6), (2, -7)]]
    picture = 128 + 90 * numpy.stack(waves, axis=-1)
    disc = (x - 0.35) ** 2 + (y - 0.3) ** 2 < 0.04
    picture[disc] = picture[disc] * 0.3 + numpy.array([200, 40, 10]) * 0.7
    bar = abs(x + y / 2 - 0.9) < 0.06
    picture[bar] = picture[bar] * 0.2 + numpy.array([20, 90, 220]) * 0.8
    return Image.fromarray(picture.round().clip(0, 255).astype("uint8"))


def spread(name, shape):
    """The mean and the deviation of a weight that keep activations at about 1."""
    is_norm = any(part in name for part in ("ln_", "norm", "bn", "downsample.1"))
    if name.endswith(("gamma", "lambda1")):
        return 0.5, 0.15
    if "running_var" in name:
        return 1, 0.2
    if name == "logit_scale":
        return 3, 0
    if is_norm and name.endswith("weight"):
        # A ResNet's branches are summed and never normed together.
        return 0.7 if "bn3" in name and "layer" in name else 1, 0.15
    if name.endswith("bias") or "running_mean" in name:
        return 0, 0.1
    if "position" in name or "class_embedding" in name or name.endswith(("_token", "_tokens")):
        return 0, 0.6
    if "token_embedding" in name:
        return 0, 1
    # What a product sums over: x @ proj stands the other way round.
    sums = shape[0] if name in ("visual.proj", "text_projection") else math.prod(shape[1:])
    looks = any(part in name for part in ("in_proj", "q_proj", "k_proj", "query", "key"))
    gain = 1.6 if looks else 1.4 if len(shape) == 4 and shape[-1] < 4 else 1
    return 0, gain * sums**-0.5


def randomize(model, seed):
    """Weights from one seed, each a number of 16 bits."""
    generator = torch.Generator().manual_seed(seed)
    for name, value in sorted(model.state_dict().items()):
        if value.is_floating_point():
            mean, deviation = spread(name, value.shape)
            noise = torch.randn(value.shape, generator=generator).clamp(-3, 3)
            value.copy_((mean + deviation * noise).half().float())
    return model.eval().requires_grad_(False)
