"""open_clip's model, run by parts: on some of a picture's patches, and into Grad-CAM's maps through
which losses can go back."""

import math

import torch
import torch.nn.functional as F


def configuration(side, patch, width, layers, text_layers, vocabulary):
    vision = dict(image_size=side, layers=layers, width=width, head_width=32, patch_size=patch,
                  mlp_ratio=3.0)
    text = dict(context_length=77, vocab_size=vocabulary, width=128, heads=4, layers=text_layers,
                mlp_ratio=3.0)
    return dict(embed_dim=128, vision_cfg=vision, text_cfg=text, quick_gelu=False)


def prepare(model):
    """Where training starts: places told by waves, and heads that look at what is alike and near
    (after Trockman and Kolter 2023, arXiv 2305.09828): a small set is learnt much sooner so."""
    visual = model.visual
    width, (rows, columns) = visual.class_embedding.shape[0], visual.grid_size
    waves = torch.exp(-math.log(100) * torch.arange(width // 4) / (width // 4))
    y, x = torch.meshgrid(torch.arange(rows), torch.arange(columns), indexing="ij")
    angles = [axis.reshape(-1, 1) * waves for axis in (y, x)]
    table = torch.cat([f(a) for a in angles for f in (torch.sin, torch.cos)], 1)
    with torch.no_grad():
        visual.positional_embedding[1:] = 0.5 * table
        for block in visual.transformer.resblocks:
            q, k, _ = block.attn.in_proj_weight.chunk(3)
            k.copy_(0.7 * q + 0.3 * k)


def split(x, heads):
    return x.unflatten(-1, (heads, -1)).transpose(-2, -3)


def step(block, x, mask=None):
    """A whole block."""
    heads = block.attn.num_heads
    q, k, v = F.linear(block.ln_1(x), block.attn.in_proj_weight, block.attn.in_proj_bias).chunk(3, -1)
    q, k, v = (split(t, heads) for t in (q, k, v))
    if x.shape[1] > 400:
        # Of so many tokens the table of scores costs more than 16 bits save.
        with torch.autocast("cpu", enabled=False):
            y = F.scaled_dot_product_attention(q.float(), k.float(), v.float()).to(x.dtype)
    else:
        scores = q * q.shape[-1] ** -0.5 @ k.transpose(-1, -2)
        y = (scores if mask is None else scores + mask).softmax(-1) @ v
    x = x + block.attn.out_proj(y.transpose(-2, -3).flatten(-2))
    return x + block.mlp(block.ln_2(x))


def stream(visual, patches, places):
    """What comes to the last block: the class token, then those patches (count x chosen x inputs)
    of which `places` tells where each was taken."""
    x = F.linear(patches, visual.conv1.weight.flatten(1))
    x = x + visual.positional_embedding[1 + places]
    token = visual.class_embedding + visual.positional_embedding[0]
    x = visual.ln_pre(torch.cat([token.expand(len(x), 1, -1), x], 1))
    for block in visual.transformer.resblocks[:-1]:
        x = step(block, x)
    return x


class Last:
    """The last block as the class token reads it."""

    def __init__(self, visual, x):
        self.visual, self.block = visual, visual.transformer.resblocks[-1]
        attn = self.block.attn
        heads = attn.num_heads
        self.a = self.block.ln_1(x)
        q, k, v = attn.in_proj_weight.chunk(3)
        bq, self.bk, self.bv = (split(b, heads)[:, 0] for b in attn.in_proj_bias[:, None].T.chunk(3, -1))
        self.token = x[:, 0]
        self.q = split(F.linear(self.a[:, :1], q), heads)[:, :, 0] + bq
        # Without their biases, which do not depend on the place: see `maps`.
        self.k, self.v = split(F.linear(self.a, k), heads), split(F.linear(self.a, v), heads)
        self.scale = self.q.shape[-1] ** -0.5
        scores = torch.einsum("nhd,nhtd->nht", self.q, self.k) * self.scale
        self.p = scores.softmax(-1)
        self.answer = (torch.einsum("nht,nhtd->nhd", self.p, self.v) + self.bv).flatten(1)

    def finish(self, answer, token):
        block, visual = self.block, self.visual
        x = token + block.attn.out_proj(answer)
        x = x + block.mlp(block.ln_2(x))
        return F.normalize(visual.ln_post(x) @ visual.proj, dim=-1)

    def embedding(self):
        return self.finish(self.answer, self.token)

    def maps(self, directions):
        """Grad-CAM at the first norm for count x several directions: the activations times their
        gradients' mean over the patches, of which at the keys and values only two sums are needed."""
        n, several, _ = directions.shape
        answer = self.answer[:, None].expand(-1, several, -1).flatten(0, 1)
        token = self.token[:, None].expand(-1, several, -1).flatten(0, 1)
        score = (self.finish(answer, token) * directions.flatten(0, 1)).sum()
        g, = torch.autograd.grad(score, answer, create_graph=True)
        g = g.reshape(n, several, *self.q.shape[1:])
        along = torch.einsum("nshd,nhtd->nsht", g, self.v)
        p = self.p[:, None]
        slopes = p * (along - (p * along).sum(-1, keepdim=True))
        read = p[..., 1:].sum(-1, keepdim=True)
        moved = slopes[..., 1:].sum(-1, keepdim=True)
        alike = torch.einsum("nhd,nhtd->nht", self.q, self.k)[:, None] * self.scale
        return (read * along + moved * alike)[..., 1:].sum(2)


def read(model, ids):
    """Embeddings of sentences given as rows of numbers."""
    count = ids.shape[1]
    x = model.token_embedding(ids) + model.positional_embedding[:count]
    mask = torch.full((count, count), float("-inf")).triu(1)
    for block in model.transformer.resblocks:
        x = step(block, x, mask.to(x.dtype))
    x = model.ln_final(x)[torch.arange(len(ids)), ids.argmax(-1)] @ model.text_projection
    return F.normalize(x.float(), dim=-1)
