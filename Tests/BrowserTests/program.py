"""The program under test: its server, its commands, and the files that it writes."""

import array
import contextlib
import json
import os
import pathlib
import queue
import re
import shutil
import signal
import struct
import subprocess
import tempfile
import threading
import urllib.request
import zlib

root = pathlib.Path(__file__).resolve().parents[2]


def program():
    """The path of the program: that of FIELDMARK, or what was built last."""
    named = os.environ.get("FIELDMARK")
    built = [root / ".build" / kind / "fieldmark" for kind in ("release", "debug")]
    there = [path for path in built if path.exists()]
    if named or not there:
        return named or "fieldmark"
    return str(max(there, key=lambda path: path.stat().st_mtime))


def fieldmark(*arguments):
    """What a command prints."""
    done = subprocess.run([program(), *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextlib.contextmanager
def served(*arguments, port=0):
    """A server of its own, and its address; it ends with the block."""
    process = subprocess.Popen(
        [program(), "serve", "--port", str(port), *map(str, arguments)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, stdin=subprocess.DEVNULL)
    lines, said = queue.Queue(), []

    def read():
        for line in process.stdout:
            said.append(line)
            found = re.search(r"http://[^\s'\"]+", line)
            if found:
                lines.put(found[0].rstrip(".,"))
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    try:
        address = lines.get(timeout=60)
        assert address, "'fieldmark serve' ended without an address: " + "".join(said)
        yield Server(process, address)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        process.stdout.close()


class Server:
    def __init__(self, process, address):
        self.process, self.address = process, address if address.endswith("/") or "?" in address else address + "/"
        self.base = re.match(r"http://[^/?]+", address)[0]

    def get(self, path):
        with urllib.request.urlopen(self.base + path) as answer:
            return json.load(answer)

    def picture(self, identity, path):
        """Writes a picture of the server into a file."""
        with urllib.request.urlopen(f"{self.base}/api/pictures/{identity}.png") as answer:
            pathlib.Path(path).write_bytes(answer.read())

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(15)


@contextlib.contextmanager
def folder():
    path = pathlib.Path(tempfile.mkdtemp(prefix="fieldmark-page-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def numbers(path):
    """The numbers of a .npy file of float32."""
    data = pathlib.Path(path).read_bytes()
    length = struct.unpack("<H", data[8:10])[0]
    assert b"'<f4'" in data[10:10 + length], data[10:10 + length]
    return array.array("f", data[10 + length:])


def samples(path):
    """Width, height, channels and all samples of a PNG file of 8 or 16 bits without a palette."""
    data = pathlib.Path(path).read_bytes()
    place, packed = 8, b""
    while place < len(data):
        size, kind = struct.unpack(">I4s", data[place:place + 8])
        body = data[place + 8:place + 8 + size]
        if kind == b"IHDR":
            width, height, bits, color = struct.unpack(">IIBB", body[:10])
        elif kind == b"IDAT":
            packed += body
        place += size + 12
    channels = {0: 1, 2: 3, 4: 2, 6: 4}[color]
    step = channels * bits // 8
    rows, raw, above = bytearray(), zlib.decompress(packed), bytearray(width * step)
    for row in range(height):
        start = row * (width * step + 1)
        line = unfiltered(raw[start], bytearray(raw[start + 1:start + 1 + width * step]), above, step)
        rows += line
        above = line
    if bits == 8:
        return width, height, channels, rows
    values = array.array("H", bytes(rows))
    values.byteswap()
    return width, height, channels, values


def unfiltered(kind, line, above, step):
    """A row of a PNG file without its filter."""
    for k in range(len(line)):
        left = line[k - step] if k >= step else 0
        up, corner = above[k], above[k - step] if k >= step else 0
        if kind == 1:
            line[k] = (line[k] + left) & 255
        elif kind == 2:
            line[k] = (line[k] + up) & 255
        elif kind == 3:
            line[k] = (line[k] + (left + up) // 2) & 255
        elif kind == 4:
            guess = left + up - corner
            near = min((left, up, corner), key=lambda each: abs(guess - each))
            line[k] = (line[k] + near) & 255
    return line
