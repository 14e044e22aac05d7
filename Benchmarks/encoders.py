"""Pictures and phrases into embeddings: Fieldmark beside PyTorch, ONNX Runtime and OpenVINO.

    python Benchmarks/encoders.py [ViT-B-16|ViT-L-14]...          # after `make build`
    python Benchmarks/encoders.py --busy [ViT-B-16]...            # one picture, beside a busy program

All run the same random models in one run, on all cores, turn by turn; that they give the same
embeddings is checked first. Measured: pictures a second through the image tower, one at a time and
many at once, pictures already preprocessed (each peer with the batch and the settings that a trial
finds best for it); the time from starting a program to the first embedding, and its memory; the 312
phrases of Prompts/attributes.txt through the text tower. Ratios are medians over the rounds.
A peer that cannot be loaded is left out, with a word.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

# PyTorch's best: memory that is given back is not asked for again. Read when a process starts.
MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(2**32), "MALLOC_TRIM_THRESHOLD_": str(2**34)}
if __name__ == "__main__" and not MEMORY.items() <= os.environ.items():
    os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **MEMORY})

import references  # before what lies there
import peers_models
import numpy
import torch
from peers_models import THREADS, Missing, fieldmark
from peers_words import openai
from PIL import Image

MODELS = ["ViT-B-16", "ViT-L-14"]
ROUNDS = 5
SECONDS = 2.5
BATCHES = [8, 32]


def exported(name, visual):
    """The image tower as an ONNX file, made once."""
    import onnx, onnxscript  # which torch.onnx asks for only later

    path = peers_models.folder(name) / "image.onnx"
    if not path.exists():
        batch = torch.export.Dim("batch", min=1, max=1024)
        example = torch.zeros(2, 3, visual.image_size[0], visual.image_size[1])
        with tempfile.TemporaryDirectory(dir=path.parent) as scratch, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            unfinished = Path(scratch) / "image.onnx"
            torch.onnx.export(
                visual, (example,), unfinished, input_names=["pixels"], output_names=["embedding"],
                dynamic_shapes=({0: batch},), external_data=False, verbose=False)
            unfinished.rename(path)
    return path


class Contestant:
    """`encode` takes pixels to embeddings; `many` as many at once as are best for it."""

    def __init__(self, name, encode, many):
        self.name = name
        self.encode = encode
        self.many = many


def torch_contestants(name, visual):
    def encode(model, kind):
        def run(pixels):
            with torch.inference_mode():
                return model(torch.from_numpy(pixels).to(kind)).float().numpy()
        return run

    whole = encode(visual, torch.float32)
    yield "PyTorch fp32", whole, {}
    half = encode(peers_models.load(name)[0].visual.bfloat16(), torch.bfloat16)
    yield "PyTorch bf16", half, {}


def onnx_contestants(name, visual):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    session = onnxruntime.InferenceSession(
        exported(name, visual), options, providers=["CPUExecutionProvider"])
    yield "ONNX Runtime fp32", lambda pixels: session.run(None, {"pixels": pixels})[0], {}


def openvino_contestants(name, visual):
    import openvino

    core = openvino.Core()
    model = core.read_model(exported(name, visual))
    for kind in ("f32", "bf16"):
        settings = {"INFERENCE_PRECISION_HINT": kind, "INFERENCE_NUM_THREADS": THREADS}
        latency = core.compile_model(model, "CPU", {**settings, "PERFORMANCE_HINT": "LATENCY"})
        found = latency.get_property("INFERENCE_PRECISION_HINT").to_string()
        if found != kind:
            print(f"OpenVINO {kind}: left out, it takes {found} on this processor")
            continue
        through = core.compile_model(model, "CPU", {**settings, "PERFORMANCE_HINT": "THROUGHPUT"})
        yield (
            f"OpenVINO {kind.replace('f32', 'fp32')}", lambda pixels, m=latency: m(pixels)[0],
            {"streams": streams(openvino, through)})


def streams(openvino, compiled):
    """Pictures one by one, several at the same time: what OpenVINO advises for many."""
    queue = openvino.AsyncInferQueue(compiled)

    def run(pixels):
        found = [None] * len(pixels)

        def keep(request, index):
            found[index] = request.get_output_tensor(0).data.copy()

        queue.set_callback(keep)
        for index in range(len(pixels)):
            queue.start_async({0: pixels[index : index + 1]}, index)
        queue.wait_all()
        return numpy.concatenate(found)

    return run


def seconds(call, *words):
    start = time.perf_counter()
    call(*words)
    return time.perf_counter() - start


def rate(encode, pixels):
    """Pictures a second, over as many calls as fill the time."""
    calls, taken = 0, 0.0
    while taken < SECONDS:
        taken += seconds(encode, pixels)
        calls += 1
    return calls * len(pixels) / taken


def best(name, encode, others, pool):
    """The way of encoding many pictures that is quickest in a trial: how, and how many."""
    trials = {}
    for size in BATCHES:
        for how, run in [("at once", encode), *others.items()]:
            each = min(t[0] for t in trials.values()) if trials else 0
            if each * size > 4:  # so slow that more at once would take the rounds' time
                continue
            run(pool[:size])
            taken = min(seconds(run, pool[:size]) for _ in range(2))
            trials[f"{size} {how}"] = (taken / size, run, size)
    label = min(trials, key=lambda key: trials[key][0])
    _, run, size = trials[label]
    print(f"  {name}: best with {label} ({1 / trials[label][0]:.1f} a second in the trial)")
    return Contestant(name, encode, (run, pool[:size]))


def peers(name, visual, pool):
    """All that can be loaded, once their answers are PyTorch's."""
    expected = None
    for make in (torch_contestants, onnx_contestants, openvino_contestants):
        try:
            for label, encode, others in make(name, visual):
                for run in (encode, *others.values()):
                    found = run(pool[:2])
                    expected = found if expected is None else expected
                    error = abs(found - expected).max() / abs(expected).max()
                    assert error < (1e-4 if "fp32" in label else 0.1), (label, error)
                if "bf16" in label:
                    print(f"  {label}: differs from PyTorch fp32 by {error:.1e}")
                yield best(label, encode, others, pool)
        except (ImportError, OSError) as reason:
            print(f"  {make.__name__.replace('_', ' ')} left out: {reason}")


def ours(name, precision, count=4):
    """One round of the program, which runs both ways itself, with so many pictures."""
    return json.loads(fieldmark(
        "bench", "encoders", "--model", peers_models.folder(name), "--precision", precision,
        "--threads", str(THREADS), "--rounds", "1", "--pictures", str(count)))


def check_ours(name, model, transform):
    files = peers_models.pictures()
    pixels = torch.stack([transform(Image.open(file)) for file in files])
    with torch.inference_mode():
        expected = model.encode_image(pixels).numpy()
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "out.npy"
        fieldmark("embed", *files, "--model", peers_models.folder(name), "-o", out)
        found = numpy.load(out)
    error = abs(found - expected).max() / abs(expected).max()
    assert error < 1e-4, error


def pictures_a_second(name):
    print(f"{name}, image tower, {THREADS} threads")
    model, transform = peers_models.load(name)
    pool = numpy.random.default_rng(0).standard_normal(
        (max(BATCHES), 3, *model.visual.image_size), dtype=numpy.float32)
    contestants = list(peers(name, model.visual, pool))
    counts = {}  # pictures that fill the time
    try:
        check_ours(name, model, transform)
        for precision in ("fp32", "bf16"):
            try:
                counts[precision] = max(4, round(SECONDS * ours(name, precision)["batched"]))
            except Missing as reason:
                print(f"  Fieldmark {precision} left out: {reason}")
    except Missing as reason:
        print(f"  Fieldmark left out: {reason}")
    mine = {precision: [] for precision in counts}
    rates = {c.name: {"singly": [], "batched": []} for c in contestants}
    for _ in range(ROUNDS):
        for precision, answers in mine.items():
            answers.append(ours(name, precision, counts[precision]))
        for contestant in contestants:
            found = rates[contestant.name]
            found["singly"].append(rate(contestant.encode, pool[:1]))
            found["batched"].append(rate(*contestant.many))
    for precision, answers in mine.items():
        rates[f"Fieldmark {precision}"] = {
            way: [answer[way] for answer in answers] for way in ("singly", "batched")}
    table(rates, list(mine))
    for precision, answers in mine.items():
        share = statistics.median(answer["share"] for answer in answers)
        peak = statistics.median(answer["peak"] for answer in answers)
        print(f"  Fieldmark {precision}: {share:.0%} of a product's {peak:.0f} GFLOP/s")


def beside_a_busy_program(name):
    """One picture at a time, on all cores, of which another program uses one without end."""
    print(f"{name}, image tower, one picture, {THREADS} threads, quiet and beside one busy program")
    model, _ = peers_models.load(name)
    pool = numpy.random.default_rng(0).standard_normal(
        (max(BATCHES), 3, *model.visual.image_size), dtype=numpy.float32)
    contestants = [c for c in peers(name, model.visual, pool) if "OpenVINO" in c.name]
    for load in ("quiet", "busy"):
        busy = [sys.executable, "-c", "while True: pass"]
        other = subprocess.Popen(busy) if load == "busy" else None
        try:
            for contestant in contestants:
                precision = contestant.name.split()[-1]
                rounds = [
                    (ours(name, precision, 20)["singly"], rate(contestant.encode, pool[:1]))
                    for _ in range(ROUNDS)]
                mine, theirs = (statistics.median(column) for column in zip(*rounds))
                ratio = statistics.median(a / b for a, b in rounds)
                print(
                    f"  {load}: Fieldmark {precision} {mine:.2f} a second, {contestant.name} "
                    f"{theirs:.2f}: {ratio:.2f}", flush=True)
        finally:
            if other:
                other.kill()
                other.wait()


def table(rates, precisions):
    """Pictures a second, and how many times as many Fieldmark's are, round by round."""
    columns = [f"Fieldmark {precision}" for precision in precisions]
    ways = ("singly", "batched")
    heads = [*ways] + [f"{column[10:]} / it, {way}" for column in columns for way in ways]
    print("  | | " + " | ".join(heads) + " |\n  |" + "---|" * (1 + len(heads)))
    for name, found in rates.items():
        cells = [f"{statistics.median(found[way]):.2f}" for way in ways]
        for column in columns:
            for way in ways:
                ratios = [a / b for a, b in zip(rates[column][way], found[way])]
                cells.append(f"{statistics.median(ratios):.2f}")
        print(f"  | {name} | " + " | ".join(cells) + " |", flush=True)


FIRST_EMBEDDING = """
import sys
import peers_torchvision
import open_clip
import torch
from PIL import Image
model, transform = open_clip.create_model_from_pretrained("local-dir:" + sys.argv[1])
model.eval()
with torch.inference_mode():
    print(model.encode_image(transform(Image.open(sys.argv[2]))[None])[0, 0].item())
"""


# A process counts the memory of the one that starts it as its own: a small one starts it.
MEASURED = """
import json, os, sys, time
quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
start = time.perf_counter()
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_, status, usage = os.wait4(child, 0)
taken = time.perf_counter() - start
unit = 1 if sys.platform == "darwin" else 1024
print(json.dumps([status, taken, usage.ru_maxrss * unit]))
"""


def process(words):
    """Seconds from start to end, and the most memory that it had, in bytes."""
    environment = {k: v for k, v in os.environ.items() if k not in MEMORY}
    environment["PYTHONPATH"] = str(references.FOLDER)
    words = [str(word) for word in words]
    done = subprocess.run(
        [sys.executable, "-S", "-c", MEASURED, *words], env=environment, stdout=subprocess.PIPE,
        check=True)
    status, taken, memory = json.loads(done.stdout)
    if status != 0:
        raise SystemExit(f"{' '.join(words)} failed.")
    return taken, memory


def first_embedding(name):
    folder, picture = peers_models.folder(name), peers_models.pictures()[0]
    visual = peers_models.load(name)[0].visual
    weights = 4 * sum(value.numel() for value in visual.state_dict().values())
    del visual
    peer = [sys.executable, "-c", FIRST_EMBEDDING, folder, picture]
    rounds = []
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "out.npy"
        words = ["embed", picture, "--model", folder, "-o", out]
        try:
            fieldmark(*words)
        except Missing as reason:
            print(f"  Fieldmark left out: {reason}")
            words = None
        process(peer)
        for _ in range(ROUNDS):
            mine = process([peers_models.PROGRAM, *words]) if words else (0, 0)
            rounds.append((mine, process(peer)))
    theirs = [b for _, b in rounds]
    print(f"{name}, from a start to the first embedding, weights in the system's cache")
    line = "  {}: {:.3f} s, {:.0f} MB, {:.2f} of the image tower's 32-bit weights"
    for who, found in [("Fieldmark", [a for a, _ in rounds]), ("open_clip", theirs)]:
        if who == "open_clip" or words:
            memory = max(found, key=lambda pair: pair[1])[1]
            print(line.format(
                who, statistics.median(t for t, _ in found), memory / 1e6, memory / weights))
    if words:
        ratio = statistics.median(b[0] / a[0] for a, b in rounds)
        print(f"  Fieldmark is sooner by {ratio:.1f}")


def phrases():
    lines = (peers_models.PACKAGE / "Prompts" / "attributes.txt").read_text().splitlines()
    return [line.split("\t")[1] for line in lines if line and not line.startswith("#")]


def usual(model, ids):
    """All positions of all texts, 64 at a time."""
    return torch.cat([model.encode_text(part) for part in ids.split(64)])


def clever(model, ids):
    """Texts of one length together, each only up to its end: nothing looks further."""
    ends = ids.argmax(1)
    found = torch.empty(len(ids), model.text_projection.shape[1])
    for end in ends.unique().tolist():
        rows = (ends == end).nonzero()[:, 0]
        for part in rows.split(64):
            x = model.token_embedding(ids[part, : end + 1]) + model.positional_embedding[: end + 1]
            x = model.transformer(x, attn_mask=model.attn_mask[: end + 1, : end + 1])
            found[part] = model.ln_final(x[:, -1]) @ model.text_projection
    return found


def texts(name):
    model, _ = peers_models.load(name)
    words = phrases()
    ids = openai()(words)
    with torch.inference_mode():
        expected = usual(model, ids)
        error = (clever(model, ids) - expected).abs().max() / expected.abs().max()
        assert error < 1e-4, error
        with tempfile.TemporaryDirectory() as scratch:
            file = Path(scratch) / "phrases.txt"
            file.write_text("\n".join(words) + "\n")
            model_words = ["--model", peers_models.folder(name)]
            command = ["bench", "texts", *model_words, "--file", file, "--rounds", "1"]
            times = {"Fieldmark": [], "PyTorch, to the end": [], "PyTorch, as usual": []}
            try:
                assert json.loads(fieldmark(*command))["texts"] == len(words)
            except Missing as reason:
                print(f"  Fieldmark left out: {reason}")
                del times["Fieldmark"]
            for _ in range(ROUNDS):
                if "Fieldmark" in times:
                    times["Fieldmark"].append(json.loads(fieldmark(*command))["seconds"])
                times["PyTorch, to the end"].append(seconds(clever, model, ids))
                times["PyTorch, as usual"].append(seconds(usual, model, ids))
    print(f"{name}, {len(words)} phrases through the text tower")
    for who, found in times.items():
        line = f"  {who}: {statistics.median(found):.3f} s"
        if "Fieldmark" in times and who != "Fieldmark":
            ratio = statistics.median(b / a for a, b in zip(times["Fieldmark"], found))
            line += f", Fieldmark is faster by {ratio:.1f}"
        print(line)


def main(names):
    torch.set_num_threads(THREADS)
    if names and names[0] == "--busy":
        for name in names[1:] or MODELS[:1]:
            beside_a_busy_program(name)
        return
    for name in names:
        pictures_a_second(name)
    first_embedding("ViT-B-16")
    texts("ViT-B-16")


if __name__ == "__main__":
    main(sys.argv[1:] or MODELS)
