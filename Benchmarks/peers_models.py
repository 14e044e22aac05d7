"""Models of full size with random weights, made once under .build/parity, as open_clip saves them.

    .build/parity/ViT-B-16/open_clip_config.json, open_clip_model.safetensors     32 bits
    .build/parity/pictures/*.png                                                  of four shapes
"""

import json
import os
import subprocess
from pathlib import Path

import references  # before what lies there
import peers_torchvision
import open_clip
import torch
from PIL import Image
from randomized import draw, randomize
from safetensors.torch import save_file

PACKAGE = Path(__file__).resolve().parent.parent
PROGRAM = PACKAGE / ".build" / "release" / "fieldmark"
FOLDER = PACKAGE / ".build" / "parity"
SHAPES = {
    "landscape": (500, 333), "portrait": (375, 500), "small": (150, 190), "large": (1280, 720)}
THREADS = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def pictures():
    """The files, drawn when they are not there."""
    (FOLDER / "pictures").mkdir(parents=True, exist_ok=True)
    files = [FOLDER / "pictures" / f"{name}.png" for name in SHAPES]
    for phase, (file, shape) in enumerate(zip(files, SHAPES.values())):
        if not file.exists():
            draw(*shape, phase).save(file)
    return files


def folder(name):
    """Where a model is, which is made when it is not there."""
    path = FOLDER / name
    weights = path / "open_clip_model.safetensors"
    if not weights.exists():
        path.mkdir(parents=True, exist_ok=True)
        config = open_clip.get_model_config(name)
        model = randomize(open_clip.CLIP(**config), seed=1)
        settle(model.visual, config)
        (path / "open_clip_config.json").write_text(json.dumps({"model_cfg": config}, indent=1))
        # Under its name only when it is whole.
        save_file(model.state_dict(), path / "unfinished")
        (path / "unfinished").rename(weights)
    return path


def settle(visual, config):
    """A ResNet's batch norms take what they see, as they do in training, and its branches add
    little to what they are added to: errors would grow from block to block otherwise."""
    norms = {n: m for n, m in visual.named_modules() if isinstance(m, torch.nn.BatchNorm2d)}
    for name, norm in norms.items():
        norm.momentum = 1.0
        norm.train()
        if "layer" in name and name.endswith("bn3"):
            norm.weight *= 0.25
    if norms:
        transform = open_clip.image_transform(config["vision_cfg"]["image_size"], is_train=False)
        visual(torch.stack([transform(Image.open(file)) for file in pictures()]))


def load(name):
    """open_clip's model and its transform, from the folder."""
    model, transform = open_clip.create_model_from_pretrained(f"local-dir:{folder(name)}")
    return model.eval().requires_grad_(False), transform


class Missing(Exception):
    """What this build of Fieldmark, or this machine, cannot do."""


def fieldmark(*words):
    """What the program prints, or `Missing` where it lacks a command or the processor bf16."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MALLOC_")}
    if not PROGRAM.exists():
        raise Missing(f"{PROGRAM} is not there: make build")
    done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, env=environment)
    if done.returncode == 0:
        return done.stdout
    reasons = ("expected a command", "bf16", "expected one of")
    if any(reason in done.stderr for reason in reasons):
        raise Missing(done.stderr.strip())
    raise SystemExit(f"fieldmark {' '.join(map(str, words))}: {done.stderr.strip()}")
