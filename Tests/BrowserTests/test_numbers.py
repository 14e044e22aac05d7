"""The page's arithmetic and drawing, beside what the program writes into files."""

import json

from case import PageCase, server
from program import fieldmark, folder, numbers, samples


class NumbersTests(PageCase):
    def setUp(self):
        self.page = self.open("c=red+epaulets&a=bird")
        self.place = self.enterContext(folder())
        self.identity = self.page.run("new URLSearchParams(location.hash.slice(1)).get('picture')")
        self.picture = self.place / "bird.png"
        server().picture(self.identity, self.picture)

    def written(self, strength, *options):
        """What the program writes at a strength: the raw numbers, the overlay and the heatmap."""
        out = self.place / f"maps{len(list(self.place.iterdir()))}"
        fieldmark("highlight", self.picture, "-c", "red epaulets", "-a", "bird", "--strength", strength,
                  "--save", "npy,png,heat", "-o", out, *options)
        heat = next(out.glob("*.heat.png"))
        overlay = next(path for path in out.glob("*.png") if path != heat)
        return numbers(next(out.glob("*.npy"))), samples(overlay), samples(heat)

    def map(self):
        return self.page.run(f"""(async () => (await (await fetch('/api/maps', {{method: 'POST',
            headers: {{'Content-Type': 'application/json'}}, body: JSON.stringify({{picture: {json.dumps(self.identity)},
            concepts: ['red epaulets'], against: ['bird'], strength: 0.6}})}})).json()).maps[0])()""")

    def test_the_page_combines_maps_as_the_library_does(self):
        answer = self.map()
        for strength in (-1, 0, 0.35, 0.6, 2):
            own = self.page.run(f"""(async () => {{ const {{ combined }} = await import('/numbers.js');
                const map = {json.dumps(answer)};
                return Array.from(combined(map.own, map.references, {strength})); }})()""")
            theirs = self.written(strength)[0]
            most = max(map(abs, theirs))
            apart = max(abs(a - b) for a, b in zip(own, theirs, strict=True))
            self.assertLess(apart, 2e-6 * most + 1e-9, f"at strength {strength}")

    def test_otsu_divides_as_the_library_does(self):
        # skimage.filters.threshold_otsu of the same numbers, and `highlight --threshold otsu`.
        values = [0, 0.1, 0.1, 0.2, 0.15, 0.9, 0.8, 1, 0.85]
        found = self.page.run(f"""(async () => (await import('/numbers.js')).otsu(Float32Array.from({values})))()""")
        self.assertAlmostEqual(found, 0.20117188, places=6)

    def test_the_page_draws_numbers_exactly_as_the_library_does(self):
        for strength, colors in ((0.6, "turbo"), (-0.5, "viridis")):
            values, overlay, heat = self.written(strength, "--colormap", colors)
            answer = self.map() | {"values": list(values)}
            drawn = self.page.run(f"""(async () => {{
                const n = await import('/numbers.js');
                const d = await import('/drawing.js');
                const map = {json.dumps(answer)};
                const about = await (await fetch('/api/about')).json();
                const colors = about.color_maps.find(({{ name }}) => name === '{colors}').colors;
                const blob = await (await fetch('/api/pictures/{self.identity}.png')).blob();
                const bitmap = await createImageBitmap(blob, {{colorSpaceConversion: 'none', premultiplyAlpha: 'none'}});
                const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
                const context = canvas.getContext('2d');
                context.drawImage(bitmap, 0, 0);
                const {{ data }} = context.getImageData(0, 0, bitmap.width, bitmap.height);
                const unit = n.resized(n.scaledToUnit(n.clipped(Float32Array.from(map.values))),
                    n.gridAt(map, bitmap.width, bitmap.height), bitmap.width, bitmap.height);
                const gray = Array.from(unit.values, (value) => Math.round(Math.fround(value * 65535)));
                return [Array.from(d.overlaid(data, unit, d.glazeTable(colors, 0.6))), gray];
            }})()""")
            width, height, channels, bytes_ = overlay
            self.assertEqual(channels, 3)
            mine = [value for k, value in enumerate(drawn[0]) if k % 4 < 3]
            self.assertEqual(sum(a != b for a, b in zip(mine, bytes_, strict=True)), 0, colors)
            self.assertEqual(sum(a != b for a, b in zip(drawn[1], heat[3], strict=True)), 0, colors)

    def test_what_stands_on_the_page_after_a_drag_is_the_programs_overlay(self):
        self.drag(self.page, "#strength-range", 0.53, 0.75)
        self.settled(self.page)
        strength = self.page.run("document.getElementById('strength-number').value")
        _, (width, height, _, theirs), _ = self.written(float(strength))
        shown = self.pixels(self.page)
        mine = [value for k, value in enumerate(shown) if k % 4 < 3]
        # The page subtracts maps and the program explains a difference: the last bits may differ.
        apart = [abs(a - b) for a, b in zip(mine, theirs, strict=True)]
        self.assertLessEqual(max(apart), 2)
        self.assertLess(sum(each > 0 for each in apart), len(apart) / 500)

    def test_contours_enclose_what_is_above_the_threshold(self):
        inside = self.page.run("""(async () => {
            const { contours } = await import('/contour.js');
            const size = 40;
            const values = Float32Array.from({length: size * size}, (_, k) =>
                Math.max(0, 1 - Math.hypot(k % size - 12, Math.floor(k / size) - 20) / 10));
            const map = {width: size, height: size, left: 0, top: 0, right: size, bottom: size, values};
            const lines = contours(map, 0.5);
            const area = lines.map((points) => Math.abs(points.reduce((sum, [x, y], k) => {
                const [a, b] = points[(k + 1) % points.length];
                return sum + x * b - y * a; }, 0) / 2));
            return {count: lines.length, area: area[0], at: lines[0].every(([x, y]) => Math.abs(Math.hypot(x - 12.5, y - 20.5) - 5) < 0.5)};
        })()""")
        self.assertEqual(inside["count"], 1)
        self.assertTrue(inside["at"])
        self.assertAlmostEqual(inside["area"], 3.14159 * 25, delta=4)

    def test_a_state_survives_the_address(self):
        same = self.page.run("""(async () => {
            const { initial, read, written } = await import('/state.js');
            const state = {...initial, concepts: ['a & b', 'c=d#e'], against: ['ü'], strength: -0.25, settings: {masks: 40, score: 'logit'}, boxes: true, contour: false};
            return [JSON.stringify(read(written(state))) === JSON.stringify(state), JSON.stringify(read(written(initial))) === JSON.stringify(initial), written(initial)];
        })()""")
        self.assertEqual(same, [True, True, ""])
        odd = self.page.run("(async () => { const { read } = await import('/state.js'); return read('g=9&threshold=x&opacity=-3&c=&unknown=1'); })()")
        self.assertEqual((odd["strength"], odd["threshold"], odd["opacity"], odd["concepts"]), (2, 0.5, 0, []))
