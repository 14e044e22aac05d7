"""The tokenizers that Fieldmark's is held against: open_clip's, which is OpenAI's, and Hugging Face's.

Both are made from the merges in Vocab/, so that nothing has to be downloaded.
"""

import gzip
import importlib.util
import os
import pathlib

os.environ["TOKENIZERS_PARALLELISM"] = "false"
os.environ["RAYON_NUM_THREADS"] = "1"

from transformers.models.clip.tokenization_clip import CLIPTokenizer

# Only open_clip's tokenizer is wanted: the package would load all of torchvision.
folder = pathlib.Path(importlib.util.find_spec("open_clip").origin).parent
spec = importlib.util.spec_from_file_location("open_clip_tokenizer", folder / "tokenizer.py")
open_clip_tokenizer = importlib.util.module_from_spec(spec)
spec.loader.exec_module(open_clip_tokenizer)

package = pathlib.Path(__file__).resolve().parent.parent
merges_file = package / "Vocab" / "bpe_simple_vocab_16e6.txt.gz"


def openai(count=48894):
    """`clean_fn(text)` and `encode(text)`, the numbers without start and end; a call with texts has
    them, and zeros behind. Of the merges, so many."""
    tokenizer = open_clip_tokenizer.SimpleTokenizer(str(merges_file))
    merges = list(tokenizer.bpe_ranks.items())[:count]
    tokenizer.bpe_ranks = dict(merges)
    tokenizer.sot_token_id, tokenizer.eot_token_id = 512 + count, 513 + count
    return tokenizer


def huggingface(count=48894):
    """A `tokenizers.Tokenizer` as CLIP models on the hub have it, with so many merges."""
    lines = gzip.open(merges_file).read().decode().split("\n")[1 : count + 1]
    merges = [tuple(line.split()) for line in lines]
    letters = list(open_clip_tokenizer.bytes_to_unicode().values())
    tokens = letters + [letter + "</w>" for letter in letters] + ["".join(m) for m in merges]
    tokens += ["<|startoftext|>", "<|endoftext|>"]
    vocabulary = {token: number for number, token in enumerate(tokens)}
    return CLIPTokenizer(vocab=vocabulary, merges=merges).backend_tokenizer
