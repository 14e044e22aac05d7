"""The page without a mouse."""

from case import PageCase


class KeyboardTests(PageCase):
    def test_a_question_is_asked_by_keys_alone(self):
        page = self.open()
        page.press("/")
        page.wait("document.activeElement.id === 'concepts-input'")
        page.type("black bill")
        page.press("Enter")
        page.wait("document.querySelectorAll('.plate').length === 2")
        page.run("document.activeElement.blur()")
        page.press("s")
        page.wait("document.activeElement.id === 'strength-range'")
        page.press("ArrowRight")
        page.wait("document.getElementById('strength-number').value === '0.65'")
        page.press("ArrowLeft", modifiers=8)
        page.wait("document.getElementById('strength-number').value === '0.15'")

    def test_arrows_move_a_cursor_over_the_map(self):
        page = self.open()
        page.run("document.querySelector('.stage').focus()")
        page.press("Home")
        at_peak = page.wait("document.querySelector('.plate-cursor').textContent")
        page.press("ArrowRight")
        page.wait(f"document.querySelector('.plate-cursor').textContent !== '{at_peak}'")
        said = page.wait("/^At /.test(document.getElementById('live').textContent) && document.getElementById('live').textContent")
        self.assertRegex(said, r"^At \d+, \d+: 0\.\d\d of the largest value\.$")
        page.press("Escape")
        page.wait("document.querySelector('.plate-cursor').textContent === ''")

    def test_arrows_choose_pictures(self):
        page = self.open()
        page.run("document.querySelector('.current .frame').focus()")
        before = page.run("document.querySelector('.current .frame').dataset.key")
        page.press("ArrowRight")
        page.wait(f"document.querySelector('.current .frame').dataset.key !== '{before}'")
        page.wait("document.activeElement.closest('.current')")

    def test_letters_are_no_shortcuts_while_somebody_types(self):
        page = self.open()
        page.click("#references-input")
        page.press("c")
        page.press("?")
        self.assertEqual(page.run("document.getElementById('references-input').value"), "c?")
        self.assertFalse(page.run("document.getElementById('help').open"))
        self.assertTrue(page.run("document.getElementById('contour').checked"))

    def test_help_opens_and_closes_by_keys(self):
        page = self.open()
        page.press("?")
        page.wait("document.getElementById('help').open")
        self.assertGreater(page.run("document.querySelectorAll('#keys dt').length"), 8)
        page.press("Escape")
        page.wait("!document.getElementById('help').open")

    def test_tab_reaches_every_control_and_shows_where_it_is(self):
        page = self.open("c=red+epaulets&c=black+bill&a=bird")
        # What is said of their presence arrives later and brings further controls.
        page.wait("[...document.querySelectorAll('summary')].filter((each) => /kind/.test(each.textContent)).length === 2")
        expected = set(page.run("""[...document.querySelectorAll('button, input, select, summary, [tabindex="0"]')]
            .filter((each) => each.tabIndex >= 0 && !each.disabled && each.checkVisibility() && !each.closest('dialog')
                && !(each.type === 'radio' && !each.checked))
            .map((each, k) => (each.dataset.mark = String(k)))"""))
        reached, unseen = set(), []
        page.run("document.activeElement.blur()")
        for _ in range(len(expected) + 30):
            page.press("Tab")
            mark, name, shown = page.run("""(() => { const each = document.activeElement;
                const shows = [each, each.nextElementSibling, each.closest('.chip-box')].some((node) => {
                    const style = node && getComputedStyle(node);
                    return style && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0; });
                return [each.dataset.mark ?? '', each.id || each.className || each.tagName, shows]; })()""")
            reached.add(mark)
            if mark and not shown:
                unseen.append(name)
        missing = page.run(f"{sorted(expected - reached)}.map((mark) => document.querySelector(`[data-mark=\"${{mark}}\"]`)?.outerHTML.slice(0, 90))")
        self.assertEqual(missing, [])
        self.assertEqual(unseen, [])
