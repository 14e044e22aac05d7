"""Names, contrast, headings and widths, in the themes and sizes that people have."""

from case import PageCase, answers

views = {
    "words": "c=red+epaulets&c=blue+wings&a=bird&boxes=true",
    "one": "c=red+epaulets&a=bird",
    "methods": "c=red+epaulets&a=bird&beside=method&besideValue=layer-cam",
    "pictures": "kind=pictures",
    "nothing": "boxes=false&peak=false",
}

checks = r"""(() => {
  const problems = [];
  const seen = (each) => each.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !each.closest('.unseen');
  const name = (each) => {
    const by = (each.getAttribute('aria-labelledby') ?? '').split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
    return (by || each.getAttribute('aria-label') || [...(each.labels ?? [])].map((label) => label.textContent).join(' ')
      || (['BUTTON', 'A', 'SUMMARY'].includes(each.tagName) ? each.textContent : '') || '').trim();
  };
  const say = (what, each) => problems.push(`${what}: ${each.outerHTML.slice(0, 110)}`);
  document.querySelectorAll('button, input, select, textarea, a[href], summary, dialog, [role=application], [role=textbox]')
    .forEach((each) => { if (!name(each)) say('no name', each); });
  document.querySelectorAll('img').forEach((each) => { if (!each.hasAttribute('alt')) say('no alt', each); });
  document.querySelectorAll('section, aside, form').forEach((each) => { if (seen(each) && !name(each)) say('no name', each); });
  const ids = [...document.querySelectorAll('[id]')].map((each) => each.id);
  ids.filter((id, k) => ids.indexOf(id) !== k).forEach((id) => problems.push(`two elements have the id ${id}`));
  for (const each of document.querySelectorAll('[for], [aria-labelledby], [aria-describedby]'))
    for (const attribute of ['for', 'aria-labelledby', 'aria-describedby'])
      for (const id of (each.getAttribute(attribute) ?? '').split(/\s+/).filter(Boolean))
        if (!document.getElementById(id)) say(`${attribute} names nothing`, each);
  const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter((each) => each.checkVisibility()).map((each) => Number(each.tagName[1]));
  if (levels[0] !== 1 || levels.filter((level) => level === 1).length !== 1) problems.push(`headings begin ${levels}`);
  levels.forEach((level, k) => { if (k && level > levels[k - 1] + 1) problems.push(`a heading of level ${level} after one of level ${levels[k - 1]}`); });
  if (!document.documentElement.lang) problems.push('no language');

  const canvas = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a)];
  const ground = (each) => {
    const layers = [];
    for (let node = each; node; node = node.parentElement) {
      const color = rgba(getComputedStyle(node).backgroundColor);
      if (color[3] > 0) layers.push(color);
      if (color[3] === 1) break;
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const light = (color) => color.map((part) => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, k) => sum + part * [0.2126, 0.7152, 0.0722][k], 0);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const done = new Set();
  for (let node; (node = walker.nextNode()); ) {
    const each = node.parentElement;
    if (!node.textContent.trim() || done.has(each) || !seen(each) || ['SCRIPT', 'STYLE', 'NOSCRIPT', 'OPTION'].includes(each.tagName)) continue;
    if (each.closest(':disabled')) continue;
    done.add(each);
    const below = ground(each);
    const [a, b] = [light(over(rgba(getComputedStyle(each).color), below)), light(below)];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) say(`contrast ${contrast.toFixed(2)}`, each);
  }
  document.querySelectorAll('input, select, .chip-box').forEach((each) => {
    if (!seen(each) || ['range', 'checkbox', 'radio'].includes(each.type) || each.closest('.chip-box, .slider') && each.tagName !== 'DIV') return;
    const style = getComputedStyle(each);
    const [a, b] = [light(over(rgba(style.borderTopColor), ground(each))), light(ground(each.parentElement))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 3) say(`a border's contrast ${contrast.toFixed(2)}`, each);
  });
  return problems;
})()"""


class LooksTests(PageCase):
    def test_names_contrast_and_headings_are_right_in_both_themes(self):
        for theme in ("light", "dark"):
            for view, state in views.items():
                with self.subTest(view=view, theme=theme):
                    page = self.open(state, prefers_color_scheme=theme)
                    if view == "words" and answers("/api/presence"):
                        page.wait("document.querySelector('.card')")
                    page.run("document.querySelectorAll('details').forEach((each) => (each.open = true))")
                    self.assertEqual(page.run(checks), [])
                    self.clean(page)

    def test_nothing_is_cut_off_at_any_width(self):
        for width in (320, 360, 600, 899, 900, 1024, 1279, 1280, 1600, 2200):
            for state in views.values():
                with self.subTest(width=width, state=state):
                    page = self.open(state, width=width, height=780)
                    page.run("document.querySelectorAll('details').forEach((each) => (each.open = true))")
                    self.assertLessEqual(page.run("document.documentElement.scrollWidth - document.documentElement.clientWidth"), 0)
                    cut = page.run("""[...document.querySelectorAll('button, input, select, .plate, .card')]
                        .filter((each) => each.checkVisibility() && !each.closest('.film, dialog'))
                        .filter((each) => { const box = each.getBoundingClientRect();
                            return box.right > innerWidth + 1 || box.left < -1; })
                        .map((each) => each.outerHTML.slice(0, 90))""")
                    self.assertEqual(cut, [])
                    page.close()
                    self._cleanups.pop()

    def test_a_wide_page_scrolls_its_columns_and_not_itself(self):
        for width in (1280, 1600):
            page = self.open(views["words"], width=width, height=700)
            page.wait("document.querySelector('.card')")
            page.run("document.querySelectorAll('details').forEach((each) => (each.open = true))")
            page.run("document.getElementById('scales').scrollIntoView()")
            self.assertEqual(page.run("[document.body.scrollTop + document.documentElement.scrollTop, document.body.scrollHeight]"), [0, 700])

    def test_fingers_find_the_controls_on_a_phone(self):
        page = self.open(views["words"], width=360, height=740)
        small = page.run("""[...document.querySelectorAll('button, select, input:not([type=hidden])')]
            .filter((each) => each.checkVisibility() && !each.closest('dialog, .unseen') && !each.classList.contains('link'))
            .filter((each) => { const box = (each.closest('label') ?? each).getBoundingClientRect(); return box.width < 24 || box.height < 24; })
            .map((each) => each.outerHTML.slice(0, 100))""")
        self.assertEqual(small, [])

    def test_the_theme_follows_the_system_until_one_is_chosen(self):
        ground = "getComputedStyle(document.documentElement).backgroundColor"
        light, dark = (self.open(prefers_color_scheme=theme) for theme in ("light", "dark"))
        self.assertNotEqual(light.run(ground), dark.run(ground))
        light.click("#theme")
        light.click("#theme")
        self.assertEqual(light.run(ground), dark.run(ground))
        light.click("#theme")

    def test_print_shows_maps_and_findings_alone(self):
        page = self.open(views["words"])
        page.wait("document.querySelector('.card')")
        page.call("Emulation.setEmulatedMedia", media="print")
        shown = page.run("""['.question', '.strip', '.masthead-tools', '.plate', '.card', '.command']
            .map((each) => document.querySelector(each).checkVisibility())""")
        self.assertEqual(shown, [False, False, False, True, True, True])
        self.assertGreater(len(page.call("Page.printToPDF")["data"]), 10_000)

    def test_nothing_moves_where_motion_is_unwanted(self):
        page = self.open(prefers_reduced_motion="reduce")
        page.run("document.querySelector('.plate').classList.add('waiting')")
        moving = page.run("document.getAnimations({subtree: true}).filter((each) => each.effect.getComputedTiming().duration > 0).length")
        self.assertEqual(moving, 0)

    def test_high_contrast_keeps_what_is_chosen_visible(self):
        page = self.open(views["pictures"], forced_colors="active")
        style = page.run("getComputedStyle(document.querySelector('.segments input:checked + span')).outlineStyle")
        self.assertEqual(style, "solid")
