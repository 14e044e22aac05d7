"""What a model learns from a batch: see train.py for what each part is for."""

import math

import peers_words
import torch
import torch.nn.functional as F
from network import Last, read, stream
from world import PREFIXES

STRENGTH = 0.6
EMPTINESS = 6
BODY = 2.0
BIRDS = ("bird", "bird", "a bird", "a photo of a bird", "a picture of a bird")
EMPTY = ("no bird", "an empty place", "a picture without a bird")
NAMED = ("a {}", "a photo of a {}", "{}")


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


class Beside(torch.nn.Module):
    """What training needs and the model does not keep: how steep each question is, and a direct way
    from the patches before the last block to phrases, which teaches the trunk soonest."""

    def __init__(self, width, embedding):
        super().__init__()
        self.steep = torch.nn.ParameterDict({n: torch.tensor(math.log(v)) for n, v in dict(
            captions=14, traits=10, above=10, species=14, patches=6).items()})
        self.shift = torch.nn.ParameterDict(
            {n: torch.tensor(v) for n, v in dict(above=0.0, empty=0.0, patches=-4.0).items()})
        self.direct = torch.nn.Linear(width, embedding, bias=False)

    def scale(self, name):
        return self.steep[name].clamp(max=math.log(60)).exp()


def losses(model, beside, words, batch, phrases, is_trait, names, d, weights):
    prefix = PREFIXES[d.integers(len(PREFIXES))]
    named = NAMED[d.integers(len(NAMED))]
    framed = [prefix.format(p) if t else p for p, t in zip(phrases, is_trait)]
    without = ["a bird without " + p for p in phrases]
    with_ = ["a bird with " + p if t else p for p, t in zip(phrases, is_trait)]
    short = [d.choice(BIRDS), d.choice(EMPTY), *map(named.format, names), *framed, *without]
    other = prefix != PREFIXES[1]
    if other:
        short += with_
    with torch.autocast("cpu", torch.bfloat16):
        x = stream(model.visual, batch.patches, batch.places)
        t = read(model, words(short))
        said = read(model, words(batch.said))
    parts = [1, 1, len(names), len(phrases), len(phrases)] + [len(phrases)] * other
    bird, empty, named, framed, without, *with_ = t.split(parts)
    with_ = with_[0] if other else framed
    last = Last(model.visual, x.float())
    z = last.embedding()
    n = batch.birds
    found, answers = {}, batch.answers

    logits = beside.scale("captions") * z @ said.T
    truth = torch.arange(len(z))
    found["captions"] = (F.cross_entropy(logits, truth) + F.cross_entropy(logits.T, truth)) / 2

    known = (answers >= 0).float()
    seen = (answers > 0).float()
    odds = (known.sum(0, keepdim=True) - seen.sum(0, keepdim=True)) / seen.sum(0, keepdim=True).clamp(min=1)
    weight = known * torch.where(seen > 0, odds.clamp(max=25), 1.0)
    sure = beside.scale("traits") * (z[:n] @ (with_ - without).T)
    above = beside.scale("above") * (z[:n] @ (framed - bird).T) + beside.shift["above"]
    found["traits"] = sum(
        F.binary_cross_entropy_with_logits(l, seen, weight, reduction="sum") / weight.sum()
        for l in (sure, above))

    found["species"] = F.cross_entropy(beside.scale("species") * z[:n] @ named.T, batch.species)

    there = EMPTINESS * (z @ (torch.cat([bird, framed[is_trait]]) - empty).T)
    there = there + beside.shift["empty"]
    truth = (torch.arange(len(z)) < n).float()[:, None].expand_as(there)
    balance = torch.where(truth > 0, 1.0, n / max(1, len(z) - n))
    found["empty"] = F.binary_cross_entropy_with_logits(there, truth, balance)

    patches = last.a[:n, 1:]
    heat = beside.scale("patches") * (beside.direct(patches) @ framed.T) + beside.shift["patches"]
    target = torch.zeros_like(heat)
    judged = known[:, None] * torch.where(seen > 0, 0.0, 1.0)[:, None]
    judged = judged.expand_as(heat).clone()
    i, j = (batch.asked >= 0).nonzero(as_tuple=True)
    target[i, :, batch.asked[i, j]] = batch.cover[i, j]
    judged[i, :, batch.asked[i, j]] = 4.0
    found["patches"] = 10 * F.binary_cross_entropy_with_logits(heat, target, judged)

    asked = framed[batch.asked.clamp(min=0)] - STRENGTH * bird
    directions = torch.cat([asked, bird.expand(n, 1, -1)], 1)
    some = Last(model.visual, x[:n].float()) if len(z) > n else last
    maps = some.maps(directions)
    on = batch.cover.sum(-1).clamp(min=1e-6)
    level = (maps * batch.cover).sum(-1) / on
    clear = (batch.asked >= 0) & (level[:, :-1] > 0) & (on[:, :-1] > 0.5)
    body = STRENGTH * level[:, -1:] / level[:, :-1].detach().clamp(min=1e-8)
    found["body"] = F.relu(BODY - body)[clear].mean()
    found["share of the body"] = body.detach()[clear].clamp(-2, 2).median()
    goal = batch.cover * (0.1 + batch.middle)
    valid = torch.cat([batch.asked >= 0, torch.ones(n, 1, dtype=torch.bool)], 1) & (goal.sum(-1) > 0)
    maps, goal, inside = maps[valid], goal[valid], batch.cover[valid]
    is_bird = valid.nonzero()[:, 1] == valid.shape[1] - 1
    maps = maps / maps.square().mean(1, keepdim=True).sqrt().clamp(min=1e-8)
    goal = goal / goal.sum(1, keepdim=True)
    gap = (goal * (goal.clamp(min=1e-9).log() - F.log_softmax(3 * maps, 1))).sum(1)
    positive = F.softplus(6 * maps)
    share = (positive * (inside > 0)).sum(1) / positive.sum(1)
    weight = torch.where(is_bird, 2.0, 1.0)
    found["maps"] = ((gap - 0.5 * share.log()) * weight).sum() / weight.sum()
    with torch.no_grad():
        hit = (batch.middle[valid].gather(1, maps.argmax(1, keepdim=True)) > 0.5).float()[:, 0]
        found["peak"], found["energy"] = hit[~is_bird].mean(), share[~is_bird].mean()
        found["bird"] = share[is_bird].mean()
        right = (sure > 0) == (seen > 0)
        keep = is_trait[None] & (known > 0)
        found["told"] = right[keep & (seen > 0)].float().mean()
        found["denied"] = right[keep & (seen == 0)].float().mean()
        found["named"] = ((z[:n] @ named.T).argmax(1) == batch.species).float().mean()
    return sum(weights[k] * found[k] for k in weights if weights[k]), found
