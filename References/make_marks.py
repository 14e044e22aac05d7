"""Normal forms of long runs of combining marks, as Python's unicodedata gives them.

    python3 References/make_marks.py      # the numbers in NormalizerTests.swift

Each line: how many marks the runs have, and the FNV-1a hash of the code points of five texts.
"""

import unicodedata

KINDS = [0x301, 0x327, 0x323, 0x344, 0x345, 0xF73, 0x3099, 0x20DD, 0x5B0]
STARTS = [("e", 1), ("o\u0302", 2), ("", 3), ("\u304b", 4), ("\u03b1", 5)]


def marks(count, state):
    found = []
    for _ in range(count):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        found.append(chr(KINDS[(state >> 33) % len(KINDS)]))
    return "".join(found)


def hashed(text):
    value = 0xCBF29CE484222325
    for character in text:
        value = (value ^ ord(character)) * 0x100000001B3 % 2**64
    return value


for count in (1, 29, 30, 31, 32, 100, 700):
    text = "".join(
        unicodedata.normalize(
            "NFC", start + marks(count, seed) + "a" + marks(count // 2, seed + 9) + "z")
        for start, seed in STARTS)
    print(count, hex(hashed(text)))
