"""Makes Tests/References/pictures.json: small pictures of every kind with Pillow's answers.

    python3 References/make_pictures.py > Tests/References/pictures.json

With a folder, the answers for every file below it, by name, instead:

    python3 References/make_pictures.py ../shared/data/suites > Tests/References/suites.json

Needs Pillow 13.0.0. Answers are the CRC-32 of the bytes of `convert("RGB")`, of the alpha plane,
of what `exif_transpose` gives, and of what `resize` and then `convert("RGB")` give.

Without a folder it needs transformers 5.23.0, too: three more answers are the CRC-32 of a picture
at 13 x 9, `last` as OpenAI's code and open_clip make it (resized, then converted), `first` as DINOv2's
authors and timm do (converted, then resized), and `processed` by transformers' processors of CLIP
and DINOv2, which must agree.
"""

import base64
import io
import json
import pathlib
import struct
import sys
import warnings
import zlib

from PIL import Image, ImageChops, ImageOps

warnings.simplefilter("ignore")


def noise(width, height, channels, step=37):
    """Bytes that look like nothing: every error of a reader shows."""
    return bytes((step * n * (n + 3)) % 251 for n in range(width * height * channels))


def smooth(mode, width, height):
    """A picture that JPEG can keep: a gradient in each channel, and a box."""
    across = Image.linear_gradient("L").resize((width, height))
    down = across.transpose(Image.Transpose.ROTATE_90).resize((width, height))
    planes = [across, down, ImageChops.invert(across), ImageChops.multiply(across, down)]
    count = len(Image.new(mode, (1, 1)).getbands())
    picture = Image.merge(mode, planes[:count]) if count > 1 else across
    picture.paste(tuple([200, 30, 90, 40][:count]) if count > 1 else 200, (2, 1, 6, 4))
    return picture


def saved(picture, kind, **settings):
    file = io.BytesIO()
    picture.save(file, kind, **settings)
    return file.getvalue()


def exif(orientation):
    block = Image.Exif()
    block[0x0112] = orientation
    return block.tobytes()


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
          (0, 1, 1, 2)]


def png(width, height, depth, kind, extra=b"", interlaced=False, late=b""):
    """A PNG file of a colour type and depth, filled with noise (Pillow cannot write them all)."""
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[kind]
    bits = depth * channels
    rows = []
    for x0, y0, dx, dy in PASSES if interlaced else [(0, 0, 1, 1)]:
        columns = -(-(width - x0) // dx)
        for y in range(y0, height, dy):
            size = (columns * bits + 7) // 8
            if columns > 0:
                rows.append(b"\0" + noise(size, 1, 1, 37 + 2 * y))
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, int(interlaced))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra
            + chunk(b"IDAT", zlib.compress(b"".join(rows))) + late + chunk(b"IEND", b""))


def pictures():
    rgb = Image.frombytes("RGB", (9, 7), noise(9, 7, 3))
    rgba = Image.frombytes("RGBA", (9, 7), noise(9, 7, 4))
    for orientation in range(1, 9):
        yield f"orientation {orientation}.jpg", saved(
            smooth("RGB", 9, 7), "JPEG", quality=95, exif=exif(orientation))
    yield "orientation 6.png", png(9, 7, 8, 2, chunk(b"eXIf", exif(6)[6:]))
    yield "orientation 5, behind the pixels.png", png(9, 7, 8, 6, late=chunk(b"eXIf", exif(5)[6:]))
    yield "orientation 8.webp", saved(rgb, "WEBP", lossless=True, exif=exif(8))

    colour = smooth("RGB", 37, 29)
    yield "4:4:4.jpg", saved(colour, "JPEG", quality=90, subsampling=0)
    yield "4:2:2.jpg", saved(colour, "JPEG", quality=80, subsampling=1)
    yield "4:2:0.jpg", saved(colour, "JPEG", quality=70, subsampling=2)
    yield "progressive.jpg", saved(colour, "JPEG", quality=75, progressive=True)
    yield "grey.jpg", saved(smooth("L", 37, 29), "JPEG")
    yield "inks.jpg", saved(smooth("CMYK", 37, 29), "JPEG")
    whole = saved(colour, "JPEG", quality=90)
    yield "without its end marker.jpg", whole[:-2]
    yield "truncated.jpg", whole[: len(whole) * 4 // 5]
    yield "truncated progressive.jpg", saved(colour, "JPEG", progressive=True)[:-40]
    yield "only a header.jpg", whole[:200]
    yield "a JPEG.png", whole

    for depth in 1, 2, 4, 8:
        yield f"grey {depth}.png", png(19, 5, depth, 0)
    palette = chunk(b"PLTE", noise(16, 1, 3))
    yield "palette.png", png(19, 5, 4, 3, palette)
    yield "palette with transparency.png", png(19, 5, 4, 3, palette + chunk(b"tRNS", b"\x00\x80"))
    yield "transparent black.png", png(19, 5, 1, 0, chunk(b"tRNS", b"\0\0"))
    yield "transparent dark grey.png", png(19, 5, 8, 0, chunk(b"tRNS", b"\0\0"))
    yield "transparent dark colour.png", png(19, 5, 8, 2, chunk(b"tRNS", b"\0\0\0\x94\0\x77"))
    yield "transparent grey.png", png(19, 5, 8, 0, chunk(b"tRNS", b"\x00\x25"))
    yield "transparent colour.png", png(19, 5, 8, 2, chunk(b"tRNS", b"\0\1\0\2\0\3"))
    yield "grey and alpha.png", png(19, 5, 8, 4)
    yield "alpha.png", png(19, 5, 8, 6)
    yield "grey 16.png", png(19, 5, 16, 0)
    yield "colour 16.png", png(19, 5, 16, 2)
    yield "grey and alpha 16.png", png(19, 5, 16, 4)
    yield "alpha 16.png", png(19, 5, 16, 6)
    for kind, name in (0, "grey"), (2, "colour"), (6, "alpha"):
        yield f"interlaced {name}.png", png(19, 13, 8, kind, interlaced=True)
    yield "interlaced grey 16.png", png(19, 13, 16, 0, interlaced=True)
    yield "interlaced 3 x 1.png", png(3, 1, 8, 2, interlaced=True)
    yield "gamma and text.png", png(9, 7, 8, 2, chunk(b"gAMA", struct.pack(">I", 45455))
                                    + chunk(b"tEXt", b"Comment\0hidden"))
    yield "animated.png", saved(rgb, "PNG", save_all=True, append_images=[rgba.convert("RGB")])
    plain = png(19, 5, 8, 2)
    yield "truncated.png", plain[:200]
    yield "without its end.png", plain[:-12]

    yield "lossless.webp", saved(rgb, "WEBP", lossless=True)
    yield "lossy.webp", saved(colour, "WEBP", quality=70)
    yield "alpha.webp", saved(rgba, "WEBP", lossless=True, exact=True)
    yield "animated.webp", saved(
        rgb, "WEBP", save_all=True, append_images=[ImageChops.invert(rgb)], lossless=True)
    yield "truncated.webp", saved(colour, "WEBP", quality=70)[:-30]


RESIZED = ["4:4:4.jpg", "inks.jpg", "grey.jpg", "gamma and text.png", "grey and alpha.png",
           "alpha.png", "lossless.webp", "alpha.webp"]


def answer(source):
    """What Pillow makes of a file: size and CRC-32 of its RGB, or nothing."""
    try:
        picture = Image.open(source)
        if picture.format not in ("JPEG", "MPO", "PNG", "WEBP"):
            return {}
        rgb = picture.convert("RGB")
        stored = {"mode": picture.mode, "width": rgb.width, "height": rgb.height,
                  "crc": zlib.crc32(rgb.tobytes())}
        if "A" in picture.getbands():
            stored["alpha"] = zlib.crc32(picture.getchannel("A").tobytes())
        if picture.getexif().get(0x0112, 1) != 1:
            stored["upright"] = zlib.crc32(ImageOps.exif_transpose(picture).tobytes())
        return stored
    except Exception:  # whatever Pillow says, its answer is no
        return {}


def prepared(data):
    """A picture at 13 x 9, as the code of each kind of model makes it; nothing where it refuses."""
    try:
        picture = Image.open(io.BytesIO(data))
        picture.load()
        white = [numpy.moveaxis(process(picture, return_tensors="np").pixel_values[0], 0, -1)
                 for process in processors]
    except Exception:
        return {}
    assert (white[0] == white[1]).all()
    last = picture.resize((13, 9), Image.Resampling.BICUBIC).convert("RGB")
    first = picture.convert("RGB").resize((13, 9), Image.Resampling.BICUBIC)
    return {"last": zlib.crc32(last.tobytes()), "first": zlib.crc32(first.tobytes()),
            "processed": zlib.crc32(white[0].tobytes())}


def sizes(data):
    """The same for a picture resized, by `filter width height`."""
    try:
        picture = Image.open(io.BytesIO(data))
        picture.load()
    except Exception:
        return {}
    if picture.mode not in ("L", "LA", "RGB", "RGBA", "CMYK"):
        return {}
    filters = Image.Resampling.BOX, Image.Resampling.BILINEAR, Image.Resampling.BICUBIC, \
        Image.Resampling.LANCZOS
    w, h = picture.size
    return {"sizes": {
        f"{filter.name.lower()} {width} {height}":
            zlib.crc32(picture.resize((width, height), filter).convert("RGB").tobytes())
        for filter in filters
        for width, height in [(4, 3), (w, 2 * h), (3 * w, h), (50, 2), (1, 60), (73, 51), (w, h)]}}


if len(sys.argv) > 1:
    folder = pathlib.Path(sys.argv[1])
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    lines = [f"{json.dumps(file.relative_to(folder).as_posix())}: {json.dumps(answer(file))}"
             for file in files]
    print("{\n" + ",\n".join(lines) + "\n}")
else:
    import numpy
    import peers_torchvision
    import transformers

    plain = dict(size={"height": 9, "width": 13}, do_center_crop=False, do_rescale=False,
                 do_normalize=False)
    processors = [transformers.CLIPImageProcessorPil(**plain),
                  transformers.BitImageProcessorPil(**plain)]
    lines = [json.dumps({"name": name, "bytes": base64.b64encode(data).decode()}
                        | answer(io.BytesIO(data)) | prepared(data)
                        | (sizes(data) if name in RESIZED else {})) for name, data in pictures()]
    print("[\n" + ",\n".join(lines) + "\n]")
