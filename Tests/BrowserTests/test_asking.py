"""Asking: pictures come in, words and sliders change what is shown, and files go out."""

import time

from case import PageCase, browser, server
from program import fieldmark, folder


class AskingTests(PageCase):
    def test_the_first_view_has_an_answer(self):
        page = self.open()
        # The picture is drawn before anything is asked about it.
        page.wait("document.querySelector('.plate-title')")
        self.settled(page)
        self.assertEqual(self.titles(page), ["red epaulets"])
        self.assertGreater(len(set(self.pixels(page))), 100)
        said = page.wait("document.getElementById('live').textContent")
        self.assertRegex(said, r"^The map of red epaulets against bird is highest .*, at \d+, \d+")
        self.clean(page)

    def test_a_dropped_picture_is_asked(self):
        page = self.open()
        before = page.run("document.querySelectorAll('.frames .frame').length")
        with self.drawn_bird(size=200, seed=int(time.time())) as path:
            page.drop([str(path)], 640, 300)
            page.wait("document.querySelector('.stage canvas').width === 200")
            self.settled(page)
            self.assertEqual(page.run("document.querySelector('.current .frame-name').textContent"), path.name)
        self.assertEqual(page.run("document.querySelectorAll('.frames .frame').length"), before + 1)
        self.assertTrue(page.run("document.getElementById('drop-veil').hidden"))
        self.clean(page)

    def test_a_chosen_picture_is_asked_and_can_be_forgotten(self):
        page = self.open()
        with self.drawn_bird(size=180, seed=12) as path:
            page.choose_files("#file", [str(path)])
            page.wait("document.querySelector('.stage canvas').width === 180")
        page.click(".current .forget")
        page.wait("document.querySelector('.stage canvas').width !== 180")
        self.clean(page)

    def test_a_pasted_picture_is_asked(self):
        page = self.open()
        page.run("""(async () => {
            const canvas = new OffscreenCanvas(150, 120);
            canvas.getContext('2d').fillRect(0, 0, 90, 60);
            const file = new File([await canvas.convertToBlob()], 'pasted.png', {type: 'image/png'});
            const data = new DataTransfer();
            data.items.add(file);
            document.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
        })()""")
        page.wait("document.querySelector('.stage canvas').width === 150")
        self.clean(page)

    def test_a_typed_phrase_becomes_a_map_beside_the_others(self):
        page = self.open()
        self.look_for(page, "black bill")
        self.assertEqual(self.titles(page), ["red epaulets", "black bill"])
        page.click(".concept .chip:first-child button")
        page.wait("document.querySelectorAll('.plate').length === 1")
        self.assertEqual(self.titles(page), ["black bill"])
        self.clean(page)

    def test_the_strength_slider_answers_in_the_page_itself(self):
        page = self.open()
        before, asked = self.pixels(page), len(page.requests)
        self.drag(page, "#strength-range", 0.53, 0.95)
        self.settled(page)
        self.assertNotEqual(self.pixels(page), before)
        self.assertEqual([each for each in page.requests[asked:] if "/api/maps" in each[1]], [])
        self.assertGreater(float(page.run("document.getElementById('strength-number').value")), 1.5)
        self.clean(page)

    def test_a_method_that_is_not_linear_asks_once_the_slider_rests(self):
        page = self.open("c=red+epaulets&a=bird&method=layer-cam")
        asked = len(page.requests)
        self.drag(page, "#strength-range", 0.53, 0.95, steps=30)
        page.wait("document.querySelector('.plate.waiting') === null && !document.body.classList.contains('asking')")
        time.sleep(0.5)
        self.settled(page)
        count = len([each for each in page.requests[asked:] if "/api/maps" in each[1]])
        self.assertTrue(1 <= count <= 4, count)

    def test_the_back_button_takes_a_change_back(self):
        page = self.open()
        before = self.pixels(page)
        self.drag(page, "#strength-range", 0.53, 0.9)
        page.wait("location.hash.includes('g=')")
        page.run("history.back()")
        page.wait("document.getElementById('strength-number').value === '0.60'")
        self.settled(page)
        self.assertEqual(self.pixels(page), before)

    def test_an_address_shows_the_same_view_in_another_tab(self):
        first = self.open("c=red+epaulets&c=black+bill&a=bird&g=1.2&colors=viridis&threshold=0.3&scale=shared")
        second = self.open(address=first.run("location.href"))
        self.assertEqual(self.titles(second), ["red epaulets", "black bill"])
        for plate in (0, 1):
            self.assertEqual(self.pixels(first, plate), self.pixels(second, plate))
        self.look_for(second, "yellow crown")
        self.assertEqual(len(self.titles(first)), 2)

    def test_two_methods_share_one_cursor(self):
        page = self.open("c=red+epaulets&a=bird&beside=method&besideValue=layer-cam")
        self.assertEqual(page.run("[...document.querySelectorAll('.plate-variant')].map((each) => each.textContent)"),
                         ["grad-cam", "layer-cam"])
        box = page.box(".stage")
        page.mouse("mouseMoved", box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        texts = page.wait("""(() => { const all = [...document.querySelectorAll('.plate-cursor')].map((each) => each.textContent);
            return all.every(Boolean) && all; })()""")
        self.assertEqual(len(texts), 2)
        self.assertEqual(texts[0].split(":")[0], texts[1].split(":")[0])

    def test_pictures_are_asked_against_pictures(self):
        page = self.open("kind=pictures")
        page.click(".picture-choice")
        page.wait("document.querySelectorAll('.plate').length === 2")
        self.settled(page)
        page.run("""(() => { const method = document.getElementById('likeness-method');
            method.value = 'diff-cam'; method.dispatchEvent(new Event('change')); })()""")
        page.wait("document.querySelector('#likeness legend').textContent === 'Apart from'")
        page.run("[...document.querySelectorAll('.picture-choice')].slice(0, 4).forEach((each) => document.querySelector(`[data-key=\"${each.dataset.key}\"].picture-choice`).click())")
        page.wait("document.querySelectorAll('.card').length === 1 && document.querySelectorAll('.plate').length === 1")
        self.clean(page)

    def test_a_saved_file_is_what_the_program_writes(self):
        page = self.open("c=red+epaulets&a=bird&g=0.35")
        with folder() as place:
            browser().call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(place))
            page.run("[...document.querySelectorAll('.format')].find((each) => each.textContent.startsWith('NPY')).click()")
            said = page.wait("/ was saved/.test(document.getElementById('live').textContent) && document.getElementById('live').textContent", 20)
            end = time.monotonic() + 10
            while not list(place.glob("*.npy")) and time.monotonic() < end:
                time.sleep(0.05)
            saved = next(place.glob("*.npy"))
            self.assertEqual(said, f"{saved.name} was saved.")
            picture = page.run("new URLSearchParams(location.hash.slice(1)).get('picture')")
            server().picture(picture, place / "bird.png")
            fieldmark("highlight", place / "bird.png", "-c", "red epaulets", "-a", "bird", "--strength", "0.35",
                      "-o", place / "own.npy")
            self.assertEqual(saved.read_bytes(), (place / "own.npy").read_bytes())

    def test_what_is_probably_not_there_is_said_and_drawn_faintly(self):
        self.needs("/api/presence")
        page = self.open("c=blue+wings&a=bird")
        page.wait("document.querySelector('.presence')")
        verdict = page.run("document.querySelector('.verdict').textContent")
        if verdict != "Probably not there":
            self.skipTest(f"The model says '{verdict}' of blue wings.")
        self.settled(page)
        self.assertEqual(page.run("document.querySelector('.plate-verdict').textContent"), "probably not there")
        self.assertTrue(page.run("document.querySelector('.plate').classList.contains('doubtful')"))
        faint = self.pixels(page)
        page.click("#faint")
        page.wait("!document.querySelector('.plate').classList.contains('doubtful')")
        self.assertNotEqual(self.pixels(page), faint)

    def test_boxes_are_drawn_and_listed(self):
        self.needs("/api/boxes")
        page = self.open("c=red+epaulets&a=bird&boxes=true")
        page.wait("document.querySelectorAll('.lines .box').length > 0")
        self.assertEqual(page.run("document.querySelectorAll('.lines .box').length"),
                         page.run("document.querySelectorAll('.card tbody tr').length"))

    def test_the_command_line_says_the_strength_that_is_shown(self):
        page = self.open("c=red+epaulets&a=bird&g=1.5&colors=viridis")
        command = page.wait("document.querySelector('.command').textContent")
        self.assertTrue(command.startswith("fieldmark highlight "), command)
        for part in ("-c 'red epaulets'", "-a bird", "--strength 1.5", "--colormap viridis"):
            self.assertIn(part, command.replace('"', "'"))
