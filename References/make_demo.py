"""Makes Tests/References/demo/expected.safetensors: what open_clip and PyPI's grad-cam answer with the
model that is built in, on the picture that `fieldmark demo` draws.

    python3 References/make_demo.py Demo Tests/References/demo

The picture meets the model as open_clip prepares it; the words as Fieldmark's own tokens of the cut
vocabulary (their equality with OpenAI's is tested elsewhere). Maps are raw, at the last block's first
norm, for the contrast of the first prompt with 0.6 times the third.
"""

import sys
from pathlib import Path

import peers_torchvision
import open_clip
import peers_words
import torch
from PIL import Image
from make_maps import Logits, by_package
from safetensors.torch import save_file

PROMPTS = ["red epaulets", "a bird with a blue crown", "bird", "a forest without a bird"]


def main(model, out):
    clip, _, prepare = open_clip.create_model_and_transforms(f"local-dir:{model}")
    clip = clip.eval()
    pixels = prepare(Image.open(out / "bird.png").convert("RGB"))[None]
    count = clip.token_embedding.num_embeddings
    tokenizer = peers_words.openai(count - 514)
    ids = torch.zeros(len(PROMPTS), clip.context_length, dtype=torch.long)
    for row, prompt in zip(ids, PROMPTS):
        numbers = [count - 2, *tokenizer.encode(prompt), count - 1]
        row[: len(numbers)] = torch.tensor(numbers)
    with torch.no_grad():
        embedding, texts = clip.encode_image(pixels)[0], clip.encode_text(ids)
    answers = {"embedding": embedding, "texts": texts}
    against = by_package(Logits(clip, texts), pixels, clip.visual)
    for name in ("grad-cam", "layer-cam", "hires-cam"):
        answers[name] = torch.as_tensor(against[name])
    answers = {name: value.detach().float().contiguous() for name, value in answers.items()}
    save_file(answers, out / "expected.safetensors", {"prompts": "\n".join(PROMPTS)})


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
