"""Makes Tests/References/datasets: small files as scipy, tarfile, csv and Pillow write them, and what
they read back.

    python3 References/make_datasets.py Tests/References/datasets
"""

import csv
import io
import json
import sys
import tarfile
from pathlib import Path

import numpy
import scipy.io
from PIL import Image


def save(path, variables, **options):
    """A MATLAB file without the date in its header, so that the bytes are the same every time."""
    data = io.BytesIO()
    scipy.io.savemat(data, variables, **options)
    words = b"MATLAB 5.0 MAT-file, written by scipy".ljust(116)
    content = data.getvalue()
    path.write_bytes(words + content[116:] if options.get("format") != "4" else content)


def struct_array(rows):
    """A struct array of 1 x n, as MATLAB keeps annotations."""
    fields = list(rows[0])
    array = numpy.empty((1, len(rows)), dtype=[(field, object) for field in fields])
    for index, row in enumerate(rows):
        array[0, index] = tuple(row[field] for field in fields)
    return array


def cells(values):
    array = numpy.empty((1, len(values)), dtype=object)
    array[0] = values
    return array


def cars(folder):
    """The layout of Stanford Cars: three models, four pictures for training, three for test."""
    def rows(prefix, boxes):
        # numpy's uint8 for what is small: annotations come in whatever type is the shortest.
        return struct_array([
            {"bbox_x1": numpy.uint8(x1), "bbox_y1": numpy.uint8(y1), "bbox_x2": numpy.uint16(x2),
             "bbox_y2": numpy.uint16(y2), "class": numpy.uint8(kind),
             "fname": f"{prefix}{index + 1:05d}.jpg"}
            for index, (x1, y1, x2, y2, kind) in enumerate(boxes)])
    devkit = folder / "cars" / "devkit"
    devkit.mkdir(parents=True, exist_ok=True)
    save(
        devkit / "cars_train_annos.mat",
        {"annotations": rows("", [(39, 116, 569, 375, 3), (36, 116, 868, 587, 1),
                                  (1, 1, 2, 1, 2), (85, 109, 601, 381, 3)])},
        do_compression=True)
    save(
        folder / "cars" / "cars_test_annos_withlabels.mat",
        {"annotations": rows("", [(30, 52, 246, 147, 1), (100, 19, 576, 203, 2),
                                  (51, 105, 968, 659, 3)])})
    save(
        devkit / "cars_meta.mat",
        {"class_names": cells(["AM General Hummer SUV 2000", "Ram C/V Cargo Van Minivan 2012",
                               "Citroën 2CV"])},
        do_compression=True)


def types(folder):
    """Every kind of array that the reader knows, plain and compressed, and what each holds."""
    variables = {
        "double": numpy.array([[1.5, -2.25, 1e300]]),
        "single": numpy.array([[0.5, 3]], dtype=numpy.float32),
        "small": numpy.array([[1, 2], [3, 4]], dtype=numpy.int8),
        "bytes": numpy.array([[0, 255]], dtype=numpy.uint8),
        "shorts": numpy.array([[-32768, 32767]], dtype=numpy.int16),
        "words": numpy.array([[4000000000]], dtype=numpy.uint32),
        "longs": numpy.array([[-(2 ** 40)]], dtype=numpy.int64),
        "truth": numpy.array([[True, False]]),
        "text": "red épaulets",
        "empty": numpy.zeros((0, 0)),
        "nothing": "",
        "table": numpy.array(["ab", "cd"]),
        "cells": cells(["one", numpy.array([[2.0]]), cells(["three"])]),
        "birds": struct_array([{"name": "robin", "size": 14.0, "more": cells(["x"])},
                               {"name": "wren", "size": 10.0, "more": cells([])}]),
        "lonely": scipy.sparse.eye(3).tocsc(),
    }
    (folder / "mat").mkdir(parents=True, exist_ok=True)
    save(folder / "mat" / "plain.mat", variables)
    save(folder / "mat" / "packed.mat", variables, do_compression=True)
    save(folder / "mat" / "version4.mat", {"x": numpy.eye(2)}, format="4")
    # Columns first, as the file has them.
    numbers = {name: value.flatten("F").astype(float).tolist()
               for name, value in variables.items()
               if isinstance(value, numpy.ndarray) and value.dtype.kind in "fiub"}
    (folder / "mat" / "numbers.json").write_text(json.dumps(numbers, indent=1) + "\n")


def picture(color, size=(5, 4)):
    data = io.BytesIO()
    Image.new("RGB", size, color).save(data, "PNG")
    return data.getvalue()


def archive(path, members, form):
    with tarfile.open(path, "w", format=form) as tar:
        for name, content in members:
            info = tarfile.TarInfo(name)
            if content is None:
                info.type = tarfile.DIRTYPE
            info.size = len(content or b"")
            tar.addfile(info, io.BytesIO(content or b""))
    with tarfile.open(path) as tar:
        return [{"name": m.name, "start": m.offset_data, "count": m.size}
                for m in tar.getmembers() if m.isfile()]


def shards(folder):
    """Two shards for training and one of each other way of writing long names."""
    (folder / "shards").mkdir(parents=True, exist_ok=True)
    red, green, blue = picture((255, 0, 0)), picture((0, 255, 0)), picture((0, 0, 255))
    long = "/".join(["a-rather-long-folder-name"] * 5) + "/bird.png"
    expected = {}

    def write(name, members, form):
        expected[name] = archive(folder / "shards" / name, members, form)

    write("birds-train-000000.tar", [
        ("robin1.png", red), ("robin1.cls", b"2"), ("robin1.txt", b"a caption"),
        ("robin2.cls", b"0\n"), ("robin2.png", green),
        ("notes.txt", b"no picture here"),
    ], tarfile.USTAR_FORMAT)
    write("birds-train-000001.tar", [
        ("folder", None), ("folder/wren.json", b'{"label": 4, "other": [1]}'),
        ("folder/wren.PNG", blue), ("folder/wren.seg.png", green), ("lonely.png", red),
    ], tarfile.USTAR_FORMAT)
    write("prefix.tar", [(long, red), (long.replace(".png", ".txt"), b"wren\n")],
          tarfile.USTAR_FORMAT)
    write("pax.tar", [("é" * 60 + ".png", green), (long * 2, blue)], tarfile.PAX_FORMAT)
    write("gnu.tar", [(long * 2, blue), ("short.png", red)], tarfile.GNU_FORMAT)
    text = json.dumps(expected, indent=1, ensure_ascii=False)
    (folder / "shards" / "members.json").write_text(text + "\n")


def commas(folder):
    """Fields with everything in them that quoting is for."""
    rows = [["path", "class", "remark"], ["a.png", "robin, American", 'says "cheer"'],
            ["b c.png", "wren", "two\nlines"], ["d.png", "", "two\r\nlines"], ["e.png", "é", " "],
            ['"f".png', "last", "no end"]]
    for name, ending in [("unix.csv", "\n"), ("windows.csv", "\r\n")]:
        with open(folder / name, "w", newline="") as file:
            csv.writer(file, lineterminator=ending).writerows(rows)
    (folder / "rows.json").write_text(json.dumps(rows, ensure_ascii=False) + "\n")


def numbers(folder):
    """Pixels that are numbers of things, in every form that a PNG file has for them."""
    (folder / "numbers").mkdir(parents=True, exist_ok=True)
    values = numpy.arange(5 * 3, dtype=numpy.uint8).reshape(3, 5) % 10
    grey = Image.fromarray(values)
    grey.save(folder / "numbers" / "grey.png")
    palette = Image.fromarray(values).convert("P")
    palette.putdata(values.flatten().tolist())
    palette.putpalette([(97 * i) % 256 for i in range(3 * 10)])
    palette.save(folder / "numbers" / "palette.png", bits=4)
    Image.fromarray(values % 2 == 1).save(folder / "numbers" / "bits.png")
    Image.merge("LA", (grey, grey)).save(folder / "numbers" / "alpha.png")
    Image.merge("RGB", (grey, grey, grey)).save(folder / "numbers" / "colors.png")
    Image.fromarray(values.astype(numpy.uint16)).save(folder / "numbers" / "wide.png")


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for make in [cars, types, shards, commas, numbers]:
        make(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
