// The line around what is above a threshold: marching squares over the pixels of a map.

/**
 * Returns closed and open lines, each a list of [x, y] in pixels of the map's picture. The lattice
 * has at most `finest` places on the longer side, and a frame of its own around what the model saw,
 * so that a part at its border is closed there.
 */
export function contours(map, threshold, finest = 256) {
  const [wide, high] = [map.right - map.left, map.bottom - map.top];
  if (wide < 2 || high < 2) return [];
  const step = Math.max(1, Math.max(wide, high) / finest);
  const [columns, rows] = [Math.floor(wide / step) + 2, Math.floor(high / step) + 2];
  const at = (place, count) => Math.min(count - 1, Math.floor((place - 0.5) * step));
  const lattice = new Float32Array(columns * rows).fill(-1);
  for (let row = 1; row < rows - 1; row++) {
    const start = at(row, high) * wide;
    for (let column = 1; column < columns - 1; column++) {
      lattice[row * columns + column] = map.values[start + at(column, wide)];
    }
  }
  const place = (column, row) => [
    clamp(map.left + (column - 0.5) * step, map.left, map.right),
    clamp(map.top + (row - 0.5) * step, map.top, map.bottom),
  ];
  return joined(segments(lattice, columns, rows, threshold, place));
}

const clamp = (value, least, most) => Math.max(least, Math.min(most, value));

/** For each of the 16 ways in which four corners can be above: which sides a line joins. */
const sides = [
  [], [[3, 2]], [[2, 1]], [[3, 1]], [[1, 0]], [[3, 0], [1, 2]], [[2, 0]], [[3, 0]],
  [[0, 3]], [[0, 2]], [[0, 1], [2, 3]], [[0, 1]], [[1, 3]], [[1, 2]], [[2, 3]], [],
];

/** Yields each cell's lines as [start's name, start, end's name, end]. */
function* segments(lattice, columns, rows, threshold, place) {
  for (let row = 0; row < rows - 1; row++) {
    for (let column = 0; column < columns - 1; column++) {
      const k = row * columns + column;
      const [a, b] = [lattice[k], lattice[k + 1]];
      const [d, c] = [lattice[k + columns], lattice[k + columns + 1]];
      const way = (a > threshold) * 8 + (b > threshold) * 4 + (c > threshold) * 2 + (d > threshold);
      if (way === 0 || way === 15) continue;
      for (const [from, to] of sides[way]) {
        const end = (side) => {
          // A side's name is that of its first corner, and whether it goes across or down.
          const share = (p, q) => clamp((threshold - p) / (q - p), 0, 1);
          if (side === 0) return [2 * k, place(column + share(a, b), row)];
          if (side === 1) return [2 * (k + 1) + 1, place(column + 1, row + share(b, c))];
          if (side === 2) return [2 * (k + columns), place(column + share(d, c), row + 1)];
          return [2 * k + 1, place(column, row + share(a, d))];
        };
        yield [...end(from), ...end(to)];
      }
    }
  }
}

/** Joins segments that share an end into lines. */
function joined(pieces) {
  const ends = new Map();
  const all = [...pieces].map(([from, start, to, end]) => ({ from, start, to, end, used: false }));
  for (const piece of all) {
    for (const name of [piece.from, piece.to]) {
      if (!ends.has(name)) ends.set(name, []);
      ends.get(name).push(piece);
    }
  }
  const lines = [];
  for (const first of all) {
    if (first.used) continue;
    first.used = true;
    const points = [first.start, first.end];
    for (let name = first.to; ; ) {
      const next = ends.get(name).find((piece) => !piece.used);
      if (!next) break;
      next.used = true;
      const onward = next.from === name;
      points.push(onward ? next.end : next.start);
      name = onward ? next.to : next.from;
    }
    lines.push(points);
  }
  return lines;
}

/** The lines as the path of an SVG. */
export function pathOf(lines) {
  const text = ([x, y]) => `${x.toFixed(2)} ${y.toFixed(2)}`;
  return lines.map((points) => `M${points.map(text).join("L")}Z`).join("");
}
