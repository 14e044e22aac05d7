"""What goes wrong is said in a sentence, near what caused it."""

import os
import unittest
import urllib.request

from case import PageCase, server
from program import folder, root, served


class ErrorTests(PageCase):
    def test_a_file_that_is_no_picture_is_named(self):
        page = self.open()
        before = self.titles(page)
        with folder() as place:
            path = place / "notes.png"
            path.write_text("These are no pixels.")
            page.drop([str(path)], 640, 300)
            said = page.wait("document.getElementById('error-picture').textContent")
        self.assertRegex(said, r"notes\.png|picture")
        self.assertTrue(said.endswith("."), said)
        self.assertEqual(self.titles(page), before)

    def test_a_file_that_is_too_large_is_not_sent(self):
        page = self.open()
        asked = len(page.requests)
        with folder() as place:
            path = place / "huge.png"
            with open(path, "wb") as file:
                file.truncate(40 << 20)
            page.choose_files("#file", [str(path)])
            said = page.wait("document.getElementById('error-picture').textContent")
        self.assertEqual(said, "“huge.png” has 40.0 MiB; the largest picture that is taken has 32.0 MiB.")
        self.assertEqual([each for each in page.requests[asked:] if each[0] == "POST" and "/api/pictures" in each[1]], [])

    def test_a_setting_that_is_refused_is_said_below_the_method(self):
        page = self.open("c=red+epaulets")
        page.run("""(() => { const select = document.getElementById('layer');
            select.append(new Option('', '77')); select.value = '77'; select.dispatchEvent(new Event('change')); })()""")
        said = page.wait("document.getElementById('error-method').textContent")
        self.assertTrue(said.endswith("."), said)
        page.run("history.back()")
        page.wait("document.getElementById('error-method').hidden")

    @unittest.skipIf(os.environ.get("FIELDMARK_PAGE"), "the server is not ours to stop")
    def test_a_lost_server_is_said_and_asked_again(self):
        with served() as first:
            page = self.open(address=first.address)
            port = first.base.rsplit(":", 1)[1]
            first.stop()
            page.click("#concepts-input")
            page.type("black bill")
            page.press("Enter")
            said = page.wait("!document.getElementById('lost').hidden && document.getElementById('lost').textContent")
            self.assertIn("The server does not answer.", said)
        with served(port=port):
            page.wait("document.getElementById('lost').hidden", 40)
            page.wait("document.querySelectorAll('.card').length === 2", 40)


class FileTests(PageCase):
    @unittest.skipIf(os.environ.get("FIELDMARK_PAGE"), "another server may serve other files")
    def test_every_file_of_the_page_is_in_the_program(self):
        for path in sorted((root / "Page").iterdir()):
            with self.subTest(file=path.name):
                name = "" if path.name == "index.html" else path.name
                with urllib.request.urlopen(f"{server().base}/{name}") as answer:
                    self.assertEqual(answer.read(), path.read_bytes())
