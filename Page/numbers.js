// The arithmetic of maps, in float32 and in the order of the library, so that the page draws what
// `fieldmark highlight` writes. Values are Float32Array, row by row.

const f = Math.fround;

/** The map of a concept alone, minus what its references have at strength 1, times the strength. */
export function combined(own, references, strength) {
  if (!references) return Float32Array.from(own);
  const s = f(strength);
  return Float32Array.from(own, (value, k) => f(value) - f(s * f(references[k])));
}

/** Sets what speaks against the concept to 0. */
export function clipped(values) {
  return Float32Array.from(values, (value) => Math.max(0, value));
}

/** The least and the largest of the values of all maps. */
export function rangeOf(...maps) {
  let least = Infinity;
  let most = -Infinity;
  for (const map of maps) {
    for (const value of map) {
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  return least <= most ? { least, most } : { least: 0, most: 0 };
}

/** Scales values to 0 for the least of a range and 1 for its largest. If these are equal, all become 0. */
export function scaledToUnit(values, { least, most } = rangeOf(values)) {
  const size = f(most - least);
  return Float32Array.from(values, (value) => (size > 0 ? f(f(value - least) / size) : 0));
}

/** Where each pixel of a line lies among the middles of the cells that cover it. */
function line(start, length, cells, pixels) {
  const pixel = (place) => Math.max(0, Math.min(pixels, Math.ceil(place - 0.5)));
  const from = pixel(start);
  const to = Math.max(from, pixel(start + length));
  const before = new Int32Array(to - from);
  const after = new Int32Array(to - from);
  const share = new Float32Array(to - from);
  for (let k = 0; k < to - from; k++) {
    const place = ((from + k + 0.5 - start) / length) * cells - 0.5;
    const inside = Math.max(0, Math.min(cells - 1, place));
    before[k] = Math.trunc(inside);
    after[k] = Math.min(before[k] + 1, cells - 1);
    share[k] = inside - before[k];
  }
  return { from, to, before, after, share };
}

/**
 * A map in pixels: rows and columns that the model saw, and a number for each of these pixels.
 * Interpolated bilinearly; first each row of cells to the pixels of a row, then between these.
 * @param {Float32Array} values the cells, row by row
 * @param {{rows: number, columns: number, region: {x, y, width, height}}} grid
 */
export function resized(values, { rows, columns, region }, width, height) {
  const across = line(region.x, region.width, columns, width);
  const down = line(region.y, region.height, rows, height);
  const count = across.to - across.from;
  const wide = Array.from({ length: rows }, (_, row) => {
    const out = new Float32Array(count);
    for (let k = 0; k < count; k++) {
      const a = values[row * columns + across.before[k]];
      const b = values[row * columns + across.after[k]];
      out[k] = f(f(1 - across.share[k]) * a) + f(across.share[k] * b);
    }
    return out;
  });
  const pixels = new Float32Array((down.to - down.from) * count);
  for (let row = 0; row < down.to - down.from; row++) {
    const above = wide[down.before[row]];
    const below = wide[down.after[row]];
    const share = down.share[row];
    const rest = f(1 - share);
    for (let k = 0; k < count; k++) {
      pixels[row * count + k] = f(rest * above[k]) + f(share * below[k]);
    }
  }
  return {
    width, height, values: pixels,
    top: down.from, bottom: down.to, left: across.from, right: across.to,
  };
}

/** The number of a pixel, or undefined where the model saw nothing. */
export function valueAt(map, x, y) {
  const column = Math.floor(x) - map.left;
  const row = Math.floor(y) - map.top;
  const count = map.right - map.left;
  if (column < 0 || row < 0 || column >= count || row >= map.bottom - map.top) return undefined;
  return map.values[row * count + column];
}

/** The same grid over a picture that is drawn smaller or larger. */
export function gridAt(map, width, height) {
  const [across, down] = [width / map.width, height / map.height];
  const { x, y, width: w, height: h } = map.region;
  return {
    rows: map.rows, columns: map.columns,
    region: { x: x * across, y: y * down, width: w * across, height: h * down },
  };
}

/** The middle of the cell with the largest value (the first, if several have it), in pixels. */
export function peakOf(values, { rows, columns, region }) {
  let best = 0;
  for (let k = 1; k < values.length; k++) if (values[k] > values[best]) best = k;
  return {
    x: region.x + (((best % columns) + 0.5) * region.width) / columns,
    y: region.y + ((Math.floor(best / columns) + 0.5) * region.height) / rows,
  };
}

/**
 * Otsu's threshold: the middle of the bin, of 256 between the least and the largest value, that divides them
 * into the two groups with the largest variance between them. As `Threshold.otsu` has it in the library.
 */
export function otsu(values) {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) [least, most] = [Math.min(least, value), Math.max(most, value)];
  if (!(least < most)) return values.length ? least : 0;
  const width = (most - least) / 256;
  const counts = new Float64Array(256);
  for (const value of values) counts[Math.min(255, Math.floor((value - least) / width))] += 1;
  const middle = (bin) => least + (bin + 0.5) * width;
  let all = 0;
  for (let bin = 0; bin < 256; bin++) all += middle(bin) * counts[bin];
  let [best, bestBin, below, sum] = [-1, 0, 0, 0];
  for (let bin = 0; bin < 255; bin++) {
    below += counts[bin];
    sum += middle(bin) * counts[bin];
    const above = values.length - below;
    if (below === 0 || above === 0) continue;
    const apart = below * above * (sum / below - (all - sum) / above) ** 2;
    if (apart > best) [best, bestBin] = [apart, bin];
  }
  return Math.fround(middle(bestBin));
}
