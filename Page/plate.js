// One map over its picture: the drawing, and the lines that lie over it.

import { contours, pathOf } from "./contour.js";
import { glazeTable, overlaid, drawScale } from "./drawing.js";
import { drawn, element, refill } from "./elements.js";
import { valueAt } from "./numbers.js";
import { fixed, number } from "./words.js";

/** Tables of color maps and opacities; the last few are kept. */
const tables = new Map();
function tableOf(colors, opacity) {
  const key = `${colors.name} ${opacity}`;
  if (!tables.has(key)) {
    if (tables.size > 6) tables.clear();
    tables.set(key, glazeTable(colors.colors, opacity));
  }
  return tables.get(key);
}

/**
 * An empty plate. `onPoint` is told the place under the pointer as shares of width and height.
 * @param {(place: {x: number, y: number} | null, plate) => void} onPoint
 */
export function makePlate(onPoint) {
  const canvas = element("canvas", { width: 1, height: 1, "aria-hidden": true });
  const verdict = element("span", { class: "plate-verdict", "aria-hidden": true });
  const lines = drawn("svg", { class: "lines", "aria-hidden": true });
  const stage = element("div", {
    class: "stage", tabindex: 0, role: "application", "aria-roledescription": "map",
  }, canvas, lines, verdict);
  const title = element("span", { class: "plate-title" });
  const variant = element("span", { class: "plate-variant" });
  const score = element("span", { class: "plate-score" });
  const scale = element("canvas", { class: "scale-colors", "aria-hidden": true });
  const most = element("span", { class: "scale-most" });
  const cursor = element("output", { class: "plate-cursor" });
  const node = element("figure", { class: "plate" },
    element("figcaption", { class: "plate-head" }, element("span", { class: "plate-names" }, title, variant), score),
    stage,
    element("div", { class: "plate-foot" },
      element("span", { class: "scale" }, element("span", {}, "0"), scale, most), cursor));
  const plate = { node, stage, canvas, data: null, unit: null, point, draw };
  const share = (event) => {
    const box = stage.getBoundingClientRect();
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  };
  stage.addEventListener("pointermove", (event) => onPoint(share(event), plate));
  stage.addEventListener("pointerdown", (event) => onPoint(share(event), plate));
  stage.addEventListener("pointerleave", () => onPoint(null, plate));
  const cross = drawn("g", { class: "cross" });

  /** Draws what a plate shows. `data` holds the map, its numbers, the picture's pixels and captions. */
  function draw(data, view) {
    plate.data = data;
    const { picture } = data;
    const [width, height] = [picture.width, picture.height];
    node.classList.toggle("waiting", Boolean(data.isWaiting));
    node.classList.toggle("doubtful", Boolean(data.isFaint));
    node.classList.toggle("bare", !data.answer);
    title.textContent = data.title;
    variant.textContent = data.variant;
    score.replaceChildren(...(data.score === undefined ? [] : [element("span", { class: "score-word" }, "score "), number(data.score)]));
    verdict.textContent = data.presence?.verdict === "probably not there" ? "probably not there" : "";
    stage.style.setProperty("--aspect", width / height);
    stage.setAttribute("aria-label", data.description);
    if (scale.dataset.colors !== view.colors.name) drawScale(scale, view.colors.colors);
    scale.dataset.colors = view.colors.name;
    most.textContent = number(data.range.most, 2);
    most.title = "The largest number on this map’s scale, as the method gives it";
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    plate.unit = data.unit;
    const pixels = view.isBare ? picture.data
      : overlaid(picture.data, plate.unit, tableOf(view.colors, data.isFaint ? view.opacity * 0.3 : view.opacity));
    canvas.getContext("2d").putImageData(new ImageData(pixels, width, height), 0, 0);
    drawLines(view, width, height);
  }

  function drawLines(view, width, height) {
    const { data, unit } = plate;
    const scaleBy = width / data.map.width;
    lines.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const parts = [];
    if (view.contour && !view.isBare) {
      const path = pathOf(contours(unit, data.threshold));
      parts.push(drawn("path", { class: "contour-halo", d: path }), drawn("path", { class: "contour", d: path }));
    }
    if (!view.isBare) {
      for (const box of data.boxes ?? []) {
        const at = { x: box.x * scaleBy, y: box.y * scaleBy, width: box.width * scaleBy, height: box.height * scaleBy };
        parts.push(drawn("rect", { class: "box-halo", ...at }), drawn("rect", { class: "box", ...at }));
      }
    }
    if (view.peak && data.peak && !view.isBare && !data.isFaint) parts.push(...pointer(data.peak.x * scaleBy, data.peak.y * scaleBy, width, height));
    cross.replaceChildren();
    refill(lines, parts, cross);
  }

  /** Shows a place that is pointed at on this or another plate, and returns what is there. */
  function point(place) {
    if (!place || !plate.unit || place.x < 0 || place.y < 0 || place.x >= 1 || place.y >= 1) {
      cross.replaceChildren();
      cursor.textContent = "";
      return "";
    }
    const { map } = plate.data;
    const [x, y] = [place.x * plate.unit.width, place.y * plate.unit.height];
    cross.replaceChildren(
      drawn("path", { class: "cross-halo", d: crossPath(x, y, plate.unit) }),
      drawn("path", { class: "cross-line", d: crossPath(x, y, plate.unit) }));
    const unit = valueAt(plate.unit, x, y);
    const where = `${Math.floor(place.x * map.width)}, ${Math.floor(place.y * map.height)}`;
    const raw = rawAt(plate.data, place);
    cursor.textContent = unit === undefined ? `${where}: not seen by the model` : `${where}: ${fixed(unit, 2)} (${number(raw, 2)})`;
    return unit === undefined ? `At ${where} the model saw nothing.`
      : `At ${where}: ${fixed(unit, 2)} of the largest value.`;
  }

  return plate;
}

/** The number of the cell under a place, as the method gave it. */
function rawAt({ map, values }, place) {
  const { region, rows, columns } = map;
  const column = Math.floor(((place.x * map.width - region.x) / region.width) * columns);
  const row = Math.floor(((place.y * map.height - region.y) / region.height) * rows);
  return values[Math.max(0, Math.min(rows - 1, row)) * columns + Math.max(0, Math.min(columns - 1, column))];
}

function crossPath(x, y, { width, height }) {
  return `M${x} 0V${height}M0 ${y}H${width}`;
}

/** A thin line from the nearer side of the picture to its highest place, as in field guides. */
function pointer(x, y, width, height) {
  const ring = Math.max(width, height) / 60;
  const side = x < width / 2 ? 0 : width;
  const away = Math.sign(side - x) || 1;
  const d = `M${side} ${Math.max(0, y - Math.abs(side - x) * 0.18)}L${x + away * ring * 1.1} ${y - ring * 0.2}`;
  return [
    drawn("path", { class: "pointer-halo", d }), drawn("circle", { class: "pointer-halo", cx: x, cy: y, r: ring }),
    drawn("path", { class: "pointer", d }), drawn("circle", { class: "pointer", cx: x, cy: y, r: ring }),
  ];
}
