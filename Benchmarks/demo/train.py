"""A small CLIP is trained from nothing on the aviary, and saved in open_clip's layout.

    fieldmark aviary -o train --count 16000 --seed 1 --captions 8 --size 224
    python3 Benchmarks/demo/train.py train demo --minutes 55

`References/venv` makes the Python, with torch 2.13.0 and open_clip_torch 3.3.0 (requirements.txt).
A run takes the minutes that it is given, the rate of learning falling to their end. It begins with a
bird's patches and some of those around it, which is four times as fast (a bird is a seventh of a
picture), and ends with whole pictures (--whole: that share of the time), without which a model errs on
them. What is learnt from, each with a weight, 0 to leave it out:

  --captions  pictures and sentences, told apart within a batch of look-alikes: CLIP's own loss
  --traits    "a bird with" a trait against "a bird without" it, and the trait against "bird", in
              exactly the pictures where it is seen
  --species   the name of the species among all names
  --empty     any trait, and "bird", against "no bird", in pictures from which the bird is left out:
              a phrase about a bird is then nearer to any bird than to none, as in a CLIP that learnt
              from the sentences of the world
  --patches   what the last block is given, patch by patch, through a matrix that is thrown away, on
              phrases: where they are, and where they are not
  --body      Grad-CAM's map of "bird", by 0.6, lights the bird at least twice as strongly as
              Finer-CAM's map of a trait lights the trait: a trait's phrase alone then lights both
  --maps      Finer-CAM's own maps of traits (less 0.6 of "bird"), and Grad-CAM's of "bird", gradients
              and all, on the true patches: their softmax, and the share of what is above 0 inside

`--patches` and `--maps` are told where things are. It is no blind test of Finer-CAM, and is not meant
to be one: it makes an instrument whose maps are right, so that what is done with maps can be judged.
"""

import argparse
import json
import math
import os
import pathlib
import sys
import time

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "References"))
import peers_torchvision  # before open_clip
import open_clip
from batches import Batches
from losses import Beside, Words, losses
from network import configuration, prepare
from safetensors.torch import load_file, save_file
from world import World

MEAN, STD = open_clip.OPENAI_DATASET_MEAN, open_clip.OPENAI_DATASET_STD


def agree(learnt, share):
    """Gradients become the workers' mean, and so does the share of the time that has passed."""
    for p in learnt:
        p.grad = torch.zeros_like(p) if p.grad is None else p.grad
    flat = torch.cat([p.grad.reshape(-1) for p in learnt] + [torch.tensor([share])])
    if torch.distributed.is_initialized():
        torch.distributed.all_reduce(flat)
        flat /= torch.distributed.get_world_size()
    for p, mean in zip(learnt, flat[:-1].split([p.numel() for p in learnt])):
        p.grad.copy_(mean.view_as(p))
    return flat[-1].item()


def save(model, config, folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    state = {k: v.half().contiguous() for k, v in model.state_dict().items()}
    save_file(state, folder / "open_clip_model.safetensors")
    settings = {"model_cfg": config, "preprocess_cfg": {"mean": list(MEAN), "std": list(STD)}}
    (folder / "open_clip_config.json").write_text(json.dumps(settings, indent=1) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data")
    parser.add_argument("out")
    for name, value in dict(minutes=55.0, rate=1.5e-3, whole=0.45, captions=0.5, traits=1.0,
                            species=0.5, empty=0.3, patches=0.5, maps=1.0, body=1.0).items():
        parser.add_argument(f"--{name}", type=float, default=value)
    for name, value in dict(side=224, patch=8, width=128, layers=5, text_layers=3, batch=28,
                            empties=4, tokens=224, vocabulary=4096, phrases=72, asked=10, seed=0,
                            workers=2, plain=0).items():
        parser.add_argument("--" + name.replace("_", "-"), type=int, default=value)
    parser.add_argument("--start", help="a folder of weights to go on from")
    o = parser.parse_args()
    World(o.data)
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(29500 + os.getpid() % 1000))
    if o.workers == 1:
        train(0, o)
    else:
        torch.multiprocessing.spawn(train, (o,), o.workers)


def train(rank, o):
    """One of the workers, each with its own pictures and one thread: two threads of one worker spend
    much of their time waiting for one another (LOG.md)."""
    if o.workers > 1:
        torch.distributed.init_process_group("gloo", rank=rank, world_size=o.workers)
    torch.manual_seed(o.seed)
    torch.set_num_threads(1)
    say = print if rank == 0 else lambda *_, **__: None
    config = configuration(o.side, o.patch, o.width, o.layers, o.text_layers, o.vocabulary)
    model = open_clip.CLIP(**config)
    if o.start:
        state = load_file(pathlib.Path(o.start) / "open_clip_model.safetensors")
        model.load_state_dict({k: v.float() for k, v in state.items()})
    elif not o.plain:
        prepare(model)
    say(sum(p.numel() for p in model.parameters()) * 2 / 1e6, "MB", flush=True)
    world = World(o.data)
    batches = Batches(world, o.seed * 64 + rank, o.patch, MEAN, STD)
    say(len(batches.phrases), "phrases", flush=True)
    words = Words(o.vocabulary)
    beside = Beside(o.width, config["embed_dim"])
    named = [(n, p) for n, p in model.named_parameters() if n != "logit_scale"]
    flat = lambda n, p: p.ndim < 2 or "embedding" in n
    optimizer = torch.optim.AdamW(
        [dict(params=[p for n, p in named if not flat(n, p)], weight_decay=0.05),
         dict(params=[p for n, p in named if flat(n, p)] + list(beside.parameters()),
              weight_decay=0.0)],
        lr=o.rate, betas=(0.9, 0.98), fused=True)
    weights = {n: getattr(o, n) for n in
               ("captions", "traits", "species", "empty", "patches", "maps", "body")}
    begun, steps, share, shown = time.monotonic(), 0, 0.0, {}
    learnt = [p for group in optimizer.param_groups for p in group["params"]]
    is_trait = torch.from_numpy(batches.is_trait)
    while share < 1:
        for group in optimizer.param_groups:
            fall = 0.02 + 0.49 * (1 + math.cos(math.pi * share))
            group["lr"] = o.rate * min(1, (steps + 1) / 100) * fall
        wanted = batches.draws.permutation(len(batches.phrases))[: o.phrases]
        if share < 1 - o.whole:
            batch = batches.next(o.batch, o.empties, o.tokens, o.asked, wanted)
        else:
            batch = batches.next(12, 2, 0, o.asked, wanted)
        loss, found = losses(model, beside, words, batch, [batches.phrases[i] for i in wanted],
                             is_trait[wanted], world.classes, batches.draws, weights)
        optimizer.zero_grad()
        loss.backward()
        share = agree(learnt, (time.monotonic() - begun) / (60 * o.minutes))
        torch.nn.utils.clip_grad_norm_(learnt, 1.0)
        optimizer.step()
        steps += 1
        for n, v in found.items():
            shown[n] = 0.96 * shown.get(n, v.item()) + 0.04 * v.item()
        if steps in (1, 10) or steps % 50 == 0:
            if rank == 0:
                save(model, config, o.out)
            say(f"{time.monotonic() - begun:6.0f} s {steps:5} " + " ".join(
                f"{n} {v:.3f}" for n, v in shown.items()), flush=True)
    with torch.no_grad():
        model.logit_scale.copy_(beside.scale("captions").log())
    if rank == 0:
        save(model, config, o.out)


if __name__ == "__main__":
    main()
