"""The generator of SplitMix.swift, for references whose draws must be those of
the tests.
"""

BITS = (1 << 64) - 1


class SplitMix:
    def __init__(self, seed, index):
        self.state = (seed + index * 0xD1342543DE82EF95) & BITS
        self.state = self.next()

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & BITS
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & BITS
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & BITS
        return z ^ (z >> 31)
