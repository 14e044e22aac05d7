"""What all tests of the page share: one browser and one server, and ways to look at a page."""

import atexit
import contextlib
import json
import os
import re
import unittest
import urllib.error
import urllib.request

from browser import Browser
from program import Server, fieldmark, folder, served

held = contextlib.ExitStack()
atexit.register(held.close)
lent = {}


def browser():
    if "browser" not in lent:
        lent["browser"] = held.enter_context(Browser())
    return lent["browser"]


def server():
    """One server for all tests that do not stop it; FIELDMARK_PAGE names one that already runs."""
    if "server" not in lent:
        named = os.environ.get("FIELDMARK_PAGE")
        lent["server"] = Server(None, named) if named else held.enter_context(served())
    return lent["server"]


def answers(path):
    """Whether the server has an answer at a path."""
    request = urllib.request.Request(server().base + path, b"{}", {"Content-Type": "application/json"})
    try:
        urllib.request.urlopen(request).close()
    except urllib.error.HTTPError as refusal:
        return refusal.code != 404
    return True


class PageCase(unittest.TestCase):
    def needs(self, path):
        if not answers(path):
            self.skipTest(f"This server has no {path}.")

    def open(self, state="", width=1280, height=800, address=None, **media):
        """A page that shows its answer. `state` is what follows # in the address."""
        page = browser().page((address or server().address) + (f"#{state}" if state else ""), width, height, **media)
        self.addCleanup(page.close)
        self.settled(page)
        return page

    def settled(self, page):
        page.wait(
            "Number(document.documentElement.dataset.drawn) > 0 && !document.body.classList.contains('asking')"
            " && !document.querySelector('.plate.waiting')"
            " && new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))")

    def clean(self, page):
        """Nothing was complained about, and nothing was asked of another server."""
        # What a server need not have is asked for once.
        told = [each for each in page.complaints
                if not re.search(r"404 .*/api/(presence|boxes|runs)$", each)]
        self.assertEqual(told, [])
        foreign = [url for _, url in page.requests
                   if not url.startswith((server().base, "blob:", "data:", "about:"))]
        self.assertEqual(foreign, [])

    def titles(self, page):
        return page.run("[...document.querySelectorAll('.plate-title')].map((each) => each.textContent)")

    def look_for(self, page, phrase):
        page.click("#concepts-input")
        page.type(phrase)
        page.press("Enter")
        page.wait(f"[...document.querySelectorAll('.plate-title')].some((each) => each.textContent === {json.dumps(phrase)})")
        self.settled(page)

    def pixels(self, page, plate=0):
        """Red, green, blue and alpha of what a plate shows."""
        page.wait(f"document.querySelectorAll('.stage canvas').length > {plate}")
        return bytes(page.run(
            f"""(() => {{ const canvas = document.querySelectorAll('.stage canvas')[{plate}];
            const {{ data }} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            return Array.from(data); }})()"""))

    def drag(self, page, selector, start, end, steps=20):
        """Drags over an element from one share of its width to another."""
        box = page.box(selector)
        y = box["y"] + box["height"] / 2
        at = lambda share: box["x"] + box["width"] * share
        page.mouse("mouseMoved", at(start), y)
        page.mouse("mousePressed", at(start), y, 1)
        for step in range(1, steps + 1):
            page.mouse("mouseMoved", at(start + (end - start) * step / steps), y, 1)
        page.mouse("mouseReleased", at(end), y)

    @contextlib.contextmanager
    def drawn_bird(self, size=200, seed=5):
        """A picture that no server has, in a folder of its own."""
        with folder() as place:
            fieldmark("aviary", "-o", place / "birds", "--count", 1, "--size", size, "--seed", seed)
            yield next((place / "birds" / "images").glob("*/*.png"))
