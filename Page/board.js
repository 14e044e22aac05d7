// The plates side by side, as large as they can be, with one cursor over all of them.

import { byId, refill } from "./elements.js";
import { makePlate } from "./plate.js";

/** What the captions of a plate take below and above the picture, in CSS pixels. */
const captions = 66;

/**
 * The columns and the width with which plates are largest in a space.
 * @param {number} pairs how many plates must stay side by side
 */
export function arranged(count, aspect, width, height, pairs = 1, gap = 20) {
  let best = { columns: pairs, size: 0 };
  for (let columns = pairs; columns <= Math.max(count, pairs); columns += pairs) {
    const rows = Math.ceil(count / columns);
    const across = (width - gap * (columns - 1)) / columns;
    const down = ((height - gap * (rows - 1)) / rows - captions) * aspect;
    const size = Math.floor(Math.min(across, down));
    if (size > best.size) best = { columns, size };
  }
  // Plates that would be too small to look at are made larger, and the board scrolls.
  const least = width < 500 ? 140 : 180;
  if (best.size < least && count > pairs && aspect > 0.5) {
    const fitting = Math.floor((width + gap) / (least + gap));
    const columns = Math.max(pairs, fitting - (fitting % pairs));
    best = { columns, size: Math.floor((width - gap * (columns - 1)) / columns) };
  }
  return best;
}

/** @param {{onWords: (text: string) => void}} parts told in words what is under the cursor of keys */
export function makeBoard({ onWords }) {
  const host = byId("plates");
  const board = byId("board");
  const plates = [];
  let shown = [];
  let pairs = 1;
  let place = null;
  let arrangedFor = "";

  function point(next) {
    place = next;
    return shown.map((plate) => plate.point(place));
  }

  function moveByKey(event, plate) {
    const { map } = plate.data ?? {};
    if (!map || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { x: (event.shiftKey ? 4 : 1) / map.columns, y: (event.shiftKey ? 4 : 1) / map.rows };
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const peak = { x: plate.data.peak.x / map.width, y: plate.data.peak.y / map.height };
    let next;
    if (way) {
      const from = place ?? peak;
      const inside = (value) => Math.max(0.001, Math.min(0.999, value));
      next = { x: inside(from.x + way[0] * step.x), y: inside(from.y + way[1] * step.y) };
    } else if (event.key === "Home") next = peak;
    else if (event.key === "Escape" && place) next = null;
    else return;
    event.preventDefault();
    const words = point(next);
    onWords(words[shown.indexOf(plate)] ?? "");
  }

  function plateAt(index) {
    while (plates.length <= index) {
      const plate = makePlate((next) => point(next));
      plate.stage.addEventListener("keydown", (event) => moveByKey(event, plate));
      plates.push(plate);
    }
    return plates[index];
  }

  function arrange() {
    if (!shown.length) return;
    const first = shown[0].data.picture;
    const style = getComputedStyle(board);
    const width = board.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    // On a narrow page the board is as high as it needs to be.
    const scrolls = style.overflowY === "auto";
    const [share, rest] = window.innerWidth < 900 ? [0.5, 0] : [1, 250];
    const height = scrolls ? board.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom)
      : Math.max(window.innerHeight * share - rest, 300);
    const { columns, size } = arranged(shown.length, first.width / first.height, width, height, pairs);
    host.style.setProperty("--columns", columns);
    // The captions of a narrow picture need more room than it.
    const most = Math.floor((width - 20 * (columns - 1)) / columns);
    host.style.setProperty("--plate", `${Math.min(most, Math.max(size, 200))}px`);
    host.style.setProperty("--stage", `${size}px`);
    host.classList.toggle("small", size < 300);
    host.classList.toggle("tiny", size < 220);
    board.classList.toggle("one-row", shown.length <= columns);
  }
  new ResizeObserver(arrange).observe(board);

  return {
    get shown() { return shown; },
    /** Draws plates, each with what `plate.js` needs. `together` of them stay side by side. */
    draw(all, view, together = 1) {
      pairs = Math.min(together, Math.max(1, all.length));
      shown = all.map((data, index) => {
        const plate = plateAt(index);
        plate.draw(data, view);
        return plate;
      });
      if (host.children.length !== shown.length) refill(host, shown.map(({ node }) => node));
      // Measuring makes the browser lay the page out, which is too slow for every step of a slider.
      const first = shown[0]?.data.picture;
      const now = [shown.length, pairs, first?.width, first?.height].join();
      if (now !== arrangedFor) arrange();
      arrangedFor = now;
      if (place) point(place);
    },
  };
}
