"""Times the training of a linear head beside PyTorch, in one run: the paper's 100 rounds of Adam over
6,000 rows of width 768 and 200 classes, 128 rows a step.

    .build/peers/bin/python Benchmarks/probes.py

PyTorch twice: with a DataLoader, as it is commonly written (the Finer-CAM repository's script too), and
as fast as we could make it: rows indexed in one tensor, Adam fused. Rows are drawn: class means with
noise, so that there is something to learn. Checks that the accuracies agree, for which PyTorch's heads
begin at zero as ours do; how one that begins at random ends is printed besides.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import numpy as np
import torch

HERE = pathlib.Path(__file__).resolve().parent.parent
ROUNDS = 3


def rows():
    draws = np.random.default_rng(7)
    means = draws.normal(size=(200, 768)) * 0.2
    def some(count):
        labels = draws.integers(0, 200, count)
        return (means[labels] + draws.normal(size=(count, 768))).astype(np.float32), labels
    return some(6000), some(2000)


def head_of_zeros():
    head = torch.nn.Linear(768, 200)
    torch.nn.init.zeros_(head.weight)
    torch.nn.init.zeros_(head.bias)
    return head


def common(x, y, epochs):
    data = torch.utils.data.DataLoader(
        torch.utils.data.TensorDataset(x, y), batch_size=128, shuffle=True)
    head = head_of_zeros()
    optimizer = torch.optim.Adam(head.parameters(), lr=3e-4)
    for _ in range(epochs):
        for inputs, labels in data:
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(head(inputs), labels).backward()
            optimizer.step()
    return head


def best(x, y, epochs, head=None, sliced=True):
    """Rows of an epoch put in their order once, or looked up batch by batch."""
    head = head or head_of_zeros()
    optimizer = torch.optim.Adam(head.parameters(), lr=3e-4, fused=True)
    for _ in range(epochs):
        order = torch.randperm(len(x))
        if sliced:
            batches = zip(x[order].split(128), y[order].split(128))
        else:
            batches = ((x[batch], y[batch]) for batch in order.split(128))
        for inputs, labels in batches:
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(head(inputs), labels).backward()
            optimizer.step()
    return head


def timed(train, *words):
    begun = time.perf_counter()
    head = train(*words)
    return head, time.perf_counter() - begun


def fastest(x, y):
    """PyTorch's best: each way and number of threads tried for ten epochs."""
    tried = []
    for threads in sorted({1, len(os.sched_getaffinity(0))}):
        for sliced in (True, False):
            torch.set_num_threads(threads)
            tried.append((timed(best, x, y, 10, None, sliced)[1], threads, sliced))
    _, threads, sliced = min(tried)
    torch.set_num_threads(threads)
    name = f"as fast as we could ({threads} threads, {'slices' if sliced else 'rows looked up'})"
    return name, lambda x, y, epochs: best(x, y, epochs, None, sliced)


def main():
    (x, y), (tx, ty) = rows()
    torch.set_num_threads(len(os.sched_getaffinity(0)))
    tensors = torch.from_numpy(x), torch.from_numpy(y)
    with tempfile.TemporaryDirectory() as folder:
        np.savez(f"{folder}/rows.npz", features=x, labels=y.astype(np.float32), test=tx,
                 test_labels=ty.astype(np.float32))
        ours = subprocess.run(
            [HERE / ".build/release/fieldmark", "bench", "probes", "--file", f"{folder}/rows.npz"],
            check=True, capture_output=True, text=True).stdout
        for line in ours.splitlines():
            print("Fieldmark", line)
        ours = json.loads(ours.splitlines()[0])
    for find in (lambda: ("as it is commonly written", common), lambda: fastest(*tensors)):
        (name, train), seconds = find(), []
        for _ in range(ROUNDS):
            head, taken = timed(train, *tensors, 100)
            seconds.append(taken)
        with torch.no_grad():
            right = (head(torch.from_numpy(tx)).argmax(1).numpy() == ty).mean()
        assert abs(right - ours["test"]) < 0.02, (right, ours)
        median = sorted(seconds)[ROUNDS // 2]
        print(f"PyTorch, {name}: {median:.2f} s, accuracy {right:.4f}; "
              f"Fieldmark is {median / ours['seconds']:.1f} x as fast", flush=True)
    head = best(*tensors, 100, torch.nn.Linear(768, 200))
    with torch.no_grad():
        random = head(torch.from_numpy(tx)).argmax(1)
    print(f"from PyTorch's random start: accuracy {(random.numpy() == ty).mean():.4f}")


if __name__ == "__main__":
    sys.exit(main())
