"""A small CLIP is trained from nothing on the aviary, and saved in open_clip's layout.

    fieldmark aviary -o train --count 8000 --seed 1 --captions 8 --size 144
    python3 Benchmarks/demo/train.py train demo --minutes 30

`Benchmarks/venv` makes the Python, with torch 2.13.0 and open_clip_torch 3.3.0 (requirements.txt).
A run takes the minutes that it is given, the rate of learning falling to their end.
What is learnt from, each with a weight, 0 to leave it out (LOG.md says what each gives):

  --captions  pictures and sentences, contrasted within a batch of look-alikes (CLIP's own loss)
  --traits    a picture's embedding nearer to a trait's words than to "a bird without" it, and than
              to "bird", in exactly the pictures where the trait is seen
  --patches   the embedding that the class token would have if it attended to one patch alone,
              closest to a trait's words, less 0.6 of "bird"'s, on the trait's patches: the only one
              that is told where things are, with
  --maps      Finer-CAM's own maps, gradients and all, on the trait's patches: their softmax, and the
              share of what is above 0 that lies there
"""

import argparse
import json
import math
import os
import pathlib
import pickle
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import peers_torchvision  # before open_clip
import open_clip
import peers_words
from safetensors.torch import save_file
from world import PREFIXES, World

MEAN, STD = open_clip.OPENAI_DATASET_MEAN, open_clip.OPENAI_DATASET_STD
STRENGTH = 0.6


def configuration(side, patch, width, layers, text_layers, vocabulary):
    vision = dict(image_size=side, layers=layers, width=width, head_width=32, patch_size=patch,
                  mlp_ratio=3.0)
    text = dict(context_length=77, vocab_size=vocabulary, width=128, heads=4, layers=text_layers,
                mlp_ratio=3.0)
    return dict(embed_dim=128, vision_cfg=vision, text_cfg=text, quick_gelu=False)


class Words:
    """Sentences as rows of numbers, no longer than the longest."""

    def __init__(self, vocabulary):
        self.tokenizer = peers_words.openai(vocabulary - 514)
        self.start, self.end = vocabulary - 2, vocabulary - 1
        self.known = {}

    def __call__(self, texts):
        rows = []
        for text in texts:
            if text not in self.known:
                self.known[text] = [self.start, *self.tokenizer.encode(text), self.end]
            rows.append(self.known[text])
        longest = max(map(len, rows))
        return torch.tensor([row + [0] * (longest - len(row)) for row in rows])


def attention(block, x, queries, mask=None):
    """The heads' answers for the first so many tokens, before they are mixed; and all values."""
    n, count, width = x.shape
    heads = block.attn.num_heads
    q, k, v = F.linear(x, block.attn.in_proj_weight, block.attn.in_proj_bias).chunk(3, -1)
    split = lambda t: t.reshape(n, -1, heads, width // heads).transpose(1, 2)
    y = F.scaled_dot_product_attention(split(q[:, :queries]), split(k), split(v), is_causal=mask)
    return y.transpose(1, 2).reshape(n, queries, width), v


def step(block, x, causal=False):
    y, _ = attention(block, block.ln_1(x), x.shape[1], causal)
    x = x + block.attn.out_proj(y)
    return x + block.mlp(block.ln_2(x))


def see(model, pixels):
    """Embeddings of pictures; and of each patch, what the class token's would be if the last block
    attended to that patch alone (Zhou et al. 2022, arXiv 2112.01071, with the residual)."""
    visual = model.visual
    x = visual.conv1(pixels).flatten(2).transpose(1, 2)
    x = torch.cat([visual.class_embedding.expand(x.shape[0], 1, -1), x], 1)
    x = visual.ln_pre(x + visual.positional_embedding)
    blocks = visual.transformer.resblocks
    for block in blocks[:-1]:
        x = step(block, x)
    last = blocks[-1]
    y, values = attention(last, last.ln_1(x), 1, False)
    return finish(visual, x[:, :1], torch.cat([y, values[:, 1:]], 1)), x


def finish(visual, token, heads):
    """The rest of the last block for a class token whose heads answered so, and the embedding."""
    last = visual.transformer.resblocks[-1]
    x = token + last.attn.out_proj(heads)
    x = x + last.mlp(last.ln_2(x))
    return F.normalize(visual.ln_post(x) @ visual.proj, dim=-1)


def maps(visual, x, which, directions):
    """Grad-CAM at the last block's first norm, through which losses can go back: gradients at the
    keys and values of picture `which[i]` for `directions[i]`, their mean taken before the way back
    through the projection, which is linear."""
    last = visual.transformer.resblocks[-1]
    a = last.ln_1(x)
    width, heads = a.shape[-1], last.attn.num_heads
    q, k, v = F.linear(a, last.attn.in_proj_weight, last.attn.in_proj_bias).chunk(3, -1)
    q, k, v = q[which, 0], k[which], v[which]
    split = lambda t: t.unflatten(-1, (heads, -1))
    weights = (split(k) * split(q)[:, None]).sum(-1) * (width / heads) ** -0.5
    y = (split(v) * weights.softmax(1)[..., None]).sum(1).flatten(1)
    score = (finish(visual, x[which, 0], y) * directions).sum()
    at = torch.autograd.grad(score, (k, v), create_graph=True)
    means = torch.cat([g[:, 1:].mean(1) for g in at], -1)
    return (a[which, 1:] @ (means @ last.attn.in_proj_weight[width:])[..., None])[..., 0]


def read(model, ids):
    x = model.token_embedding(ids) + model.positional_embedding[: ids.shape[1]]
    for block in model.transformer.resblocks:
        x = step(block, x, True)
    x = model.ln_final(x)[torch.arange(len(ids)), ids.argmax(-1)] @ model.text_projection
    return F.normalize(x, dim=-1)


class Batches:
    """Pictures in pairs of neighbours in the list of species, among which the look-alikes are."""

    def __init__(self, world, seed, cells, side):
        self.world, self.cells, self.side = world, cells, side
        self.draws = np.random.default_rng(seed)
        self.of_species = [np.flatnonzero(world.species == s) for s in range(len(world.classes))]
        phrases = sorted({row[0] for rows in world.rows for row in rows if row[2] >= 8})
        kinds = {row[0]: row[1] for rows in world.rows for row in rows}
        names = [("an " if c[0] in "aeio" else "a ") + c for c in world.classes]
        self.phrases = phrases + names
        self.is_trait = torch.tensor([kinds[p] == "trait" for p in phrases] + [False] * len(names))
        number = {p: i for i, p in enumerate(phrases)}
        self.rows = [
            [(number[p], m, n) for p, _, n, m in rows if n >= 8] for rows in world.rows]
        self.weak = [
            [number[p] for p, _, n, m in rows if n < 8 and p in number] for rows in world.rows]
        self.names_from = len(phrases)

    def next(self, count, crop):
        d, side, cells = self.draws, self.side, self.cells
        chosen = []
        for _ in range(count // 2):
            s = d.integers(len(self.of_species) - 1)
            chosen += [d.choice(self.of_species[s]), d.choice(self.of_species[s + 1])]
        grid = self.world.masks[0].shape[-1]
        k = int(d.integers(round(grid * 0.78), grid + 1)) if crop else grid
        x, y = d.integers(0, grid - k + 1, 2)
        scale = self.world.pictures.shape[1] // grid
        rows, columns = (slice(at * scale, (at + k) * scale) for at in (y, x))
        pixels = self.world.pictures[chosen][:, rows, columns]
        pixels = torch.from_numpy(pixels).permute(0, 3, 1, 2).float()
        if pixels.shape[-1] != side:
            pixels = F.interpolate(pixels, (side, side), mode="bilinear", antialias=True)
        flipped = d.random() < 0.5
        present = torch.zeros(count, len(self.phrases))
        places, masks, birds = [], [], []
        for i, picture in enumerate(chosen):
            stack = self.world.masks[picture]
            full = stack.reshape(len(stack), -1).sum(1, dtype=np.int64)
            stack = stack[:, y : y + k, x : x + k]
            kept = stack.reshape(len(stack), -1).sum(1, dtype=np.int64)
            birds.append(stack[0])
            for phrase in self.weak[picture]:
                present[i, phrase] = -1
            for phrase, m, _ in self.rows[picture]:
                here = kept[m] >= 0.6 * full[m] and kept[m] > 0
                present[i, phrase] = 1 if here else -1
                if here:
                    places.append((i, phrase))
                    masks.append(stack[m])
            present[i, self.names_from + self.world.species[picture]] = 1
        area = lambda t: F.adaptive_avg_pool2d(torch.from_numpy(np.stack(t)).float() / 255, cells)
        masks, birds = area(masks), area(birds)
        sentences = [self.sentence(p, flipped) for p in chosen]
        if flipped:
            pixels, masks, birds = pixels.flip(-1), masks.flip(-1), birds.flip(-1)
        mean, deviation = (torch.tensor(t)[:, None, None] for t in (MEAN, STD))
        pixels = (pixels / 255 - mean) / deviation
        return pixels, present, torch.tensor(places), masks.flatten(1), birds.flatten(1), sentences

    def sentence(self, picture, flipped):
        sentence = str(self.draws.choice(self.world.captions[picture]))
        if flipped and "looking" in sentence:
            sides = ["looking left", "looking right"]
            was = sides["looking right" in sentence]
            sentence = sentence.replace(was, sides[was == sides[0]])
        return sentence


def losses(model, words, batches, scales, batch, phrases, weights):
    pixels, present, places, masks, birds, sentences = batch
    d = batches.draws
    # The phrases of the batch's look-alikes and names, and some others.
    wanted = torch.from_numpy(d.permutation(len(batches.phrases))[:phrases])
    template = PREFIXES[d.integers(len(PREFIXES))]
    said = [batches.phrases[i] for i in wanted]
    traits = batches.is_trait[wanted]
    framed = [template.format(p) if t else p for p, t in zip(said, traits)]
    without = ["a bird without " + p for p in said]
    bird = d.choice(["bird", "a bird", "a photo of a bird", "a picture of a bird"])
    z, before = see(model, pixels)
    t = read(model, words([bird, *sentences, *framed, *without]))
    count = len(sentences)
    bird, sentences, framed, without = t.split([1, count, len(said), len(said)])
    whole, patches = z[:, 0], z[:, 1:]
    found = {}

    logits = scales[0].exp() * whole @ sentences.T
    truth = torch.arange(count)
    found["captions"] = (F.cross_entropy(logits, truth) + F.cross_entropy(logits.T, truth)) / 2

    answer = present[:, wanted]
    known = (answer >= 0).float()
    rarity = known.sum(0, keepdim=True) / (answer > 0).float().sum(0, keepdim=True).clamp(min=2)
    weight = known * torch.where(answer > 0, rarity.clamp(max=12), 1.0)
    score = whole @ framed.T
    contrast = scales[1].exp() * (score - whole @ without.T)
    above = scales[2].exp() * (score - whole @ bird.T) + scales[4]
    both = [F.binary_cross_entropy_with_logits(l, answer.clamp(min=0), weight, reduction="sum")
            / weight.sum() for l in (contrast, above)]
    found["traits"] = sum(both)

    where = torch.full((len(batches.phrases),), -1)
    where[wanted] = torch.arange(len(wanted))
    here = where[places[:, 1]]
    kept = (here >= 0).nonzero().squeeze(1)
    target = masks[kept]
    kept, target = kept[target.sum(1) > 0], target[target.sum(1) > 0]
    heat = (patches @ (framed - STRENGTH * bird).T).transpose(1, 2)[places[kept, 0], here[kept]]
    target = target / target.sum(1, keepdim=True)
    spread = (target * target.clamp(min=1e-9).log()).sum(1)
    divergence = spread - (target * F.log_softmax(scales[3].exp() * heat, 1)).sum(1)
    if weights["maps"]:
        some = torch.from_numpy(d.permutation(len(kept))[:160])
        map = maps(model.visual, before, places[kept[some], 0],
                   framed[here[kept[some]]] - STRENGTH * bird)
        map = map / map.square().mean(1, keepdim=True).sqrt().clamp(min=1e-8)
        spread_out = F.softplus(6 * map)
        inside = (spread_out * (target[some] > 0)).sum(1) / spread_out.sum(1)
        gap = spread[some] - (target[some] * F.log_softmax(3 * map, 1)).sum(1)
        found["maps"] = gap.mean() - 0.5 * inside.log().mean()
        found["mapped"] = (target[some].gather(1, map.argmax(1, keepdim=True)) > 0).float().mean()
        found["energy"] = inside.mean()
    outline = scales[3].exp() * (patches @ bird[0]) + scales[5]
    found["patches"] = divergence.mean() + F.binary_cross_entropy_with_logits(outline, birds)
    with torch.no_grad():
        right = ((contrast > 0) == (answer > 0)).float()
        found["right"] = right[:, traits][known[:, traits] > 0].mean()
        found["recall"] = (contrast > 0)[:, traits][answer[:, traits] > 0].float().mean()
        found["peak"] = (target.gather(1, heat.argmax(1, keepdim=True)) > 0).float().mean()
    return sum(weights[n] * found[n] for n in weights if weights[n]), found


def agree(learnt, share):
    """Gradients become the workers' mean, and so does the share of the time that has passed."""
    for p in learnt:
        p.grad = torch.zeros_like(p) if p.grad is None else p.grad
    flat = torch.cat([p.grad.reshape(-1) for p in learnt] + [torch.tensor([share])])
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


def loaded(folder, side):
    """The world, kept beside its folder as arrays: reading the masks takes longer than drawing."""
    kept = pathlib.Path(str(folder) + f".{side}.pickle")
    if not kept.exists():
        kept.write_bytes(pickle.dumps(World(folder, side), protocol=5))
    return pickle.loads(kept.read_bytes())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data")
    parser.add_argument("out")
    for name, value in dict(
            minutes=30.0, rate=1.5e-3, captions=1.0, traits=1.0, patches=1.0, maps=1.0).items():
        parser.add_argument(f"--{name}", type=float, default=value)
    for name, value in dict(side=144, patch=12, width=128, layers=4, text_layers=3, batch=32,
                            vocabulary=4096, phrases=48, seed=0, workers=2).items():
        parser.add_argument("--" + name.replace("_", "-"), type=int, default=value)
    parser.add_argument("--start", help="a folder of weights to go on from")
    o = parser.parse_args()
    loaded(o.data, 144)
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(29500 + os.getpid() % 1000))
    torch.multiprocessing.spawn(train, (o,), o.workers)


def train(rank, o):
    """One of the workers, each with its own pictures and one thread: on shared cores threads would
    spend most of their time waiting for one another (LOG.md)."""
    torch.distributed.init_process_group("gloo", rank=rank, world_size=o.workers)
    torch.manual_seed(o.seed)
    torch.set_num_threads(1)
    say = print if rank == 0 else lambda *_, **__: None
    config = configuration(o.side, o.patch, o.width, o.layers, o.text_layers, o.vocabulary)
    model = open_clip.CLIP(**config)
    if o.start:
        from safetensors.torch import load_file
        state = load_file(pathlib.Path(o.start) / "open_clip_model.safetensors")
        model.load_state_dict({k: v.float() for k, v in state.items()}, strict=False)
    say(sum(p.numel() for p in model.parameters()) * 2 / 1e6, "MB", flush=True)
    batches = Batches(loaded(o.data, 144), o.seed * 64 + rank, o.side // o.patch, o.side)
    say(len(batches.phrases), "phrases", flush=True)
    words = Words(o.vocabulary)
    scales = torch.nn.Parameter(torch.tensor([math.log(14.0), math.log(10.0), math.log(10.0),
                                              math.log(14.0), 0.0, 0.0]))
    named = [(n, p) for n, p in model.named_parameters() if n != "logit_scale"]
    flat = lambda n, p: p.ndim < 2 or "embedding" in n
    optimizer = torch.optim.AdamW(
        [dict(params=[p for n, p in named if not flat(n, p)], weight_decay=0.05),
         dict(params=[p for n, p in named if flat(n, p)] + [scales], weight_decay=0.0)],
        lr=o.rate, betas=(0.9, 0.98))
    weights = dict(captions=o.captions, traits=o.traits, patches=o.patches, maps=o.maps)
    begun, steps, share, shown = time.monotonic(), 0, 0.0, {}
    learnt = [p for group in optimizer.param_groups for p in group["params"]]
    while share < 1:
        for group in optimizer.param_groups:
            fall = 0.02 + 0.49 * (1 + math.cos(math.pi * share))
            group["lr"] = o.rate * min(1, (steps + 1) / 30) * fall
        loss, found = losses(model, words, batches, scales, batches.next(o.batch, steps % 2 == 1),
                             o.phrases, weights)
        optimizer.zero_grad()
        loss.backward()
        share = agree(learnt, (time.monotonic() - begun) / (60 * o.minutes))
        torch.nn.utils.clip_grad_norm_(learnt, 1.0)
        optimizer.step()
        with torch.no_grad():
            scales[:4].clamp_(max=math.log(60.0))
        steps += 1
        for n, v in found.items():
            shown[n] = 0.95 * shown.get(n, v.item()) + 0.05 * v.item()
        if steps in (1, 10) or steps % 50 == 0:
            if rank == 0:
                save(model, config, o.out)
            say(f"{time.monotonic() - begun:6.0f} s {steps:5} " + " ".join(
                f"{n} {v:.3f}" for n, v in shown.items()), flush=True)
    with torch.no_grad():
        model.logit_scale.copy_(scales[0])
    if rank == 0:
        save(model, config, o.out)


if __name__ == "__main__":
    main()
