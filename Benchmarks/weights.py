"""A checkpoint into tensors: Fieldmark beside safetensors and PyTorch, on one thread each.

    python Benchmarks/weights.py          # after `make build`

A file of 600 MB with the names and shapes of a ViT, a third of it in each of F16, BF16 and F32, is
made in a temporary folder and read by both, alternately in one run; that the numbers are equal is
checked first, by a digest. Opening is timed from a file's name to its list of tensors, inside both
programs; reading from a tensor to its 32-bit floats. The file is in the system's cache.
"""

import hashlib
import json
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file

PROGRAM = Path(__file__).resolve().parent.parent / ".build" / "release" / "fieldmark"
ROUNDS = 5
TYPES = {"F16": torch.float16, "BF16": torch.bfloat16, "F32": torch.float32}


def make(path, width=1024):
    """Blocks of a ViT-L, 25 MB each in 16 bits, until there are 600 MB."""
    torch.manual_seed(0)
    shapes = {
        "ln_1.weight": [width], "ln_1.bias": [width], "attn.in_proj_weight": [3 * width, width],
        "attn.in_proj_bias": [3 * width], "attn.out_proj.weight": [width, width],
        "attn.out_proj.bias": [width], "ln_2.weight": [width], "ln_2.bias": [width],
        "mlp.c_fc.weight": [4 * width, width], "mlp.c_fc.bias": [4 * width],
        "mlp.c_proj.weight": [width, 4 * width], "mlp.c_proj.bias": [width]}
    order = [torch.float16] * 8 + [torch.bfloat16] * 8 + [torch.float32] * 4
    save_file({
        f"visual.transformer.resblocks.{block}.{name}": torch.randn(shape).to(kind)
        for block, kind in enumerate(order) for name, shape in shapes.items()}, path)


def ours(path):
    command = [PROGRAM, "bench", "weights", path, "--rounds", "1"]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def theirs(path):
    start = time.perf_counter()
    with safe_open(path, "pt") as file:
        names = list(file.keys())
        opening = 1000 * (time.perf_counter() - start)
        reading = dict.fromkeys(TYPES, 0.0)
        for name in names:
            start = time.perf_counter()
            tensor = file.get_tensor(name)
            # What is 32-bit already would only be mapped, and never read.
            tensor = tensor.clone() if tensor.dtype == torch.float32 else tensor.float()
            kind = file.get_slice(name).get_dtype()
            reading[kind] += time.perf_counter() - start
    return {"opening": opening, "reading": reading}


def digest(path):
    total = hashlib.sha256()
    with safe_open(path, "pt") as file:
        for name in sorted(file.keys()):
            total.update(file.get_tensor(name).float().numpy())
    return total.hexdigest()


def main():
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.safetensors"
        make(path)
        print(f"{path.stat().st_size / 1e6:.0f} MB")
        if ours(path)["sha256"] != digest(path):
            raise SystemExit("The numbers differ.")
        pairs = [(ours(path), theirs(path)) for _ in range(ROUNDS)]
    mine = statistics.median(a["opening"] for a, _ in pairs)
    peer = statistics.median(b["opening"] for _, b in pairs)
    print(f"opening: {mine:.3f} ms, safetensors {peer:.3f} ms, {peer / mine:.1f} times")
    for kind in TYPES:
        mine = statistics.median(a["reading"][kind]["seconds"] for a, _ in pairs)
        peer = statistics.median(b["reading"][kind] for _, b in pairs)
        rate = pairs[0][0]["reading"][kind]["numbers"] / mine / 1e9
        print(
            f"{kind} to floats: {mine:.3f} s ({rate:.2f} billion a second), "
            f"PyTorch {peer:.3f} s, {peer / mine:.1f} times")


if __name__ == "__main__":
    main()
