"""Makes Tests/References/stores: small archives as PyTorch writes them, and what it reads back.

    python3 References/make_stores.py Tests/References/stores

With a second folder, holding checkpoints of a CLIP in several layouts, it prints their digests,
which go into LayoutTests.swift.
"""

import argparse
import hashlib
import json
import os
import sys
import zipfile
from collections import OrderedDict
from pathlib import Path

import numpy
import torch


class Hostile:
    """What a malicious file holds: loading it with pickle would run the command."""

    def __reduce__(self):
        return os.system, ("echo owned",)


class Part(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = torch.nn.Linear(3, 2)
        self.register_buffer("size", torch.tensor(224))
        self.flag = True
        self.names = ["a", "b"]

    def forward(self, x):
        return self.linear(x)


class Whole(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.first = Part()
        self.second = self.first.linear
        self.scale = torch.nn.Parameter(torch.tensor([1.5, -2.5]).half())

    def forward(self, x):
        return self.second(self.first(x)[:, :1].expand(-1, 3))


def archives():
    torch.manual_seed(0)
    base = torch.arange(24, dtype=torch.float32).reshape(4, 6)
    yield "views.pt", {
        "base": base, "row": base[1], "column": base[:, 2], "block": base[1:3, 2:5],
        "transposed": base.T, "expanded": base[0].expand(3, 6), "tied": base,
        "steps": base[:, ::2], "cube": base.reshape(2, 3, 4).permute(2, 0, 1),
        "repeated": base[0, 5].expand(2, 2),
    }, {}
    numbers = [0, 1, 2, 100]
    yield "types.pt", {
        str(t).split(".")[1]: torch.tensor(numbers, dtype=t)
        for t in [torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.int64,
                  torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool]
    } | {
        "tiny_half": torch.tensor([6e-8, 6.1e-5, 65504, -0.1], dtype=torch.float16),
        "tiny_bfloat": torch.tensor([1e-40, 3e38, -0.1], dtype=torch.bfloat16),
    }, {}
    head = torch.nn.Linear(3, 2)
    yield "head.pth", head.state_dict(), {}
    yield "training.pt", {
        "epoch": 3, "name": "run é", "rate": 1e-3, "done": True, "best": None,
        "large": 2**80, "args": argparse.Namespace(lr=0.1), "loss": numpy.float64(0.5),
        "history": [1, 2.5], "tags": {"a", "b"}, "shape": torch.Size([2, 3]),
        "type": torch.float16,
        "state_dict": OrderedDict(("module." + k, v) for k, v in head.state_dict().items()),
        "optimizer": {"state": {0: {"exp_avg": torch.ones(2)}}, "param_groups": [{"lr": 0.1}]},
    }, {}
    yield "model_state_dict.pt", {"epoch": 1, "model_state_dict": head.state_dict()}, {}
    yield "nested.pt", {"teacher": {"backbone": {"w": torch.ones(2)}}, "heads": [torch.ones(1)]}, {}
    yield "parameter.pt", {
        "parameter": torch.nn.Parameter(base[:2, :2].clone()), "scalar": torch.tensor(3.5),
        "empty": torch.empty(0, 4), "one": base[1:2, 1:2],
    }, {}
    yield "protocol4.pt", head.state_dict(), {"pickle_protocol": 4}
    yield "hostile.pt", {"weight": torch.ones(1), "x": Hostile()}, None
    yield "module.pt", head, None
    yield "sparse.pt", {"x": torch.eye(2).to_sparse()}, None


def described(tensor):
    tensor = tensor.detach()
    return {"shape": list(tensor.shape), "values": tensor.float().flatten().tolist()}


def flat(value, prefix=""):
    if isinstance(value, torch.Tensor):
        yield prefix[:-1], value
    elif isinstance(value, (dict, list)):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in items:
            yield from flat(item, f"{prefix}{key}.")


def make(folder):
    folder.mkdir(parents=True, exist_ok=True)
    answers = {}
    for name, value, options in archives():
        torch.save(value, folder / name, **(options or {}))
        if options is None:
            continue
        value = torch.load(folder / name, weights_only=False)
        value = value.get("state_dict", value.get("model_state_dict", value))
        answers[name] = {k.removeprefix("module."): described(t) for k, t in flat(value)}
    torch.jit.script(Whole()).save(str(folder / "script.pt"))
    drop(folder / "script.pt", ".debug_pkl")
    script = torch.jit.load(str(folder / "script.pt")).state_dict()
    answers["script.pt"] = {k: described(t) for k, t in script.items()}
    torch.save(
        torch.nn.Linear(3, 2).state_dict(), folder / "legacy.pt",
        _use_new_zipfile_serialization=False)
    (folder / "answers.json").write_text(json.dumps(answers, indent=1) + "\n")


def arrays(folder):
    """NumPy's own files, and what it reads from them."""
    base = numpy.arange(6, dtype=numpy.float32).reshape(2, 3) / 4
    cases = {"plain": base, "fortran": numpy.asfortranarray(base), "big": base.astype(">f4"),
             "big_fortran": numpy.asfortranarray(base.astype(">f8")),
             "half": base.astype("<f2"), "double": base.astype("<f8"),
             "long": base.astype("<i8"), "short": base.astype(">i2"), "byte": base.astype("u1"),
             "truth": base > 0.5, "scalar": numpy.float32(2.5), "empty": base[:0]}
    answers = {}
    for name, value in cases.items():
        numpy.save(folder / f"{name}.npy", value)
        value = numpy.load(folder / f"{name}.npy")
        answers[name] = {
            "shape": list(value.shape), "values": value.astype(float).ravel().tolist()}
    numpy.save(folder / "object.npy", numpy.array([{}], dtype=object))
    numpy.savez(folder / "stored.npz", **cases)
    numpy.savez_compressed(folder / "packed.npz", **cases)
    (folder / "arrays.json").write_text(json.dumps(answers, indent=1) + "\n")


def drop(path, ending):
    """Leaves out entries that quote the places of source files on this machine."""
    with zipfile.ZipFile(path) as archive:
        entries = [(info, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(path, "w") as archive:
        for info, content in entries:
            if not info.filename.endswith(ending):
                archive.writestr(zipfile.ZipInfo(info.filename), content)


def digest(path):
    """SHA-256 over the tensors by name: name, shape, and 32-bit floats."""
    if path.suffix == ".safetensors":
        from safetensors.torch import load_file
        tensors = load_file(path)
    else:
        try:
            tensors = torch.jit.load(str(path), map_location="cpu").state_dict()
        except RuntimeError:
            tensors = torch.load(path, map_location="cpu", weights_only=True)
            tensors = tensors.get("state_dict", tensors)
            tensors = {k.removeprefix("module."): t for k, t in tensors.items()}
    total = hashlib.sha256()
    for name in sorted(tensors):
        total.update(f"{name} {list(tensors[name].shape)}\n".encode())
        total.update(tensors[name].float().contiguous().numpy().tobytes())
    return len(tensors), total.hexdigest()


if __name__ == "__main__":
    make(Path(sys.argv[1]))
    arrays(Path(sys.argv[1]))
    if len(sys.argv) > 2:
        root = Path(sys.argv[2])
        for path in sorted(root.rglob("*")):
            if path.suffix in (".safetensors", ".pt"):
                print(path.relative_to(root), *digest(path))
