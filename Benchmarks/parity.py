"""Whether Fieldmark's embeddings are open_clip's: whole random models, pictures and texts.

    make parity          # or MODELS=ViT-B-16, to run one

Both read the same files: the model's folder, pictures of four shapes, the texts. What is printed is
max |a - b| / max |a| over all embeddings, in 32 bits and, where the processor has it, in bfloat16.
The run fails where 32 bits differ by more than 2e-5.
"""

import sys
import tempfile
from pathlib import Path

import references  # before what lies there
import peers_models
import numpy
import torch
from peers_words import openai
from PIL import Image

LIMIT = 2e-5
MODELS = ["ViT-B-16", "ViT-L-14", "RN50"]
TEXTS = [
    "red epaulets", "a photo of a Gambel's quail, a type of bird.", "bird", "São Tomé shorttail",
    "a small songbird of wet woods, olive above and streaked below, that bobs its tail as it walks",
]


def theirs(name, files):
    model, transform = peers_models.load(name)
    with torch.inference_mode():
        pixels = torch.stack([transform(Image.open(file)) for file in files])
        return model.encode_image(pixels).numpy(), model.encode_text(openai()(TEXTS)).numpy()


def ours(name, files, precision):
    found = []
    with tempfile.TemporaryDirectory() as scratch:
        for words in (files, ["--text", *TEXTS]):
            out = Path(scratch) / "out.npy"
            peers_models.fieldmark(
                "embed", *words, "--model", peers_models.folder(name), "--precision", precision,
                "-o", out)
            found.append(numpy.load(out))
    return found


def compared(expected, found):
    assert expected.shape == found.shape, (expected.shape, found.shape)
    assert found.dtype == numpy.float32
    return abs(expected - found).max() / abs(expected).max()


def cosine(expected, found):
    norms = numpy.linalg.norm(expected, axis=1) * numpy.linalg.norm(found, axis=1)
    return ((expected * found).sum(1) / norms).min()


def main(names):
    torch.set_num_threads(peers_models.THREADS)
    files = peers_models.pictures()
    worst = 0
    for name in names:
        expected = theirs(name, files)
        for precision in ("fp32", "bf16"):
            try:
                found = ours(name, files, precision)
            except peers_models.Missing as reason:
                if precision == "fp32":
                    raise SystemExit(f"{name}: {reason}") from None
                print(f"{name} bf16: left out. {reason}")
                continue
            pairs = list(zip(("pictures", "texts"), expected, found))
            line = ", ".join(f"{what} {compared(a, b):.1e}" for what, a, b in pairs)
            if precision == "bf16":
                line += "; least cosine " + ", ".join(f"{cosine(a, b):.5f}" for _, a, b in pairs)
            else:
                worst = max(worst, *(compared(a, b) for _, a, b in pairs))
            print(f"{name} {precision}: {line}", flush=True)
    if not worst <= LIMIT:
        raise SystemExit(f"{worst:.1e} is above {LIMIT:.0e}.")


if __name__ == "__main__":
    main(sys.argv[1:] or MODELS)
