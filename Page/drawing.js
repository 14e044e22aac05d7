// Draws a map over a picture, pixel by pixel as the library does.

const f = Math.fround;

/** Red, green and blue of "#rrggbb". */
export function rgb(color) {
  const number = parseInt(color.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}

/** A color that partly covers what is below it. */
function glaze(color, cover) {
  return { parts: rgb(color).map((part) => f(cover * part)), rest: f(1 - cover) };
}

/**
 * The glaze of each step from 0 to 255, and of what the model did not see. A color's opacity is the
 * square root of its step, times `blend`.
 */
export function glazes(colors, blend) {
  const most = f(Math.max(0, Math.min(1, blend)));
  const steps = colors.map((color, step) => glaze(color, f(most * f(Math.sqrt(f(step / 255))))));
  return [...steps, glaze("#000000", f(0.4))];
}

/** For each step and each channel, what becomes of the 256 values of the picture. */
export function glazeTable(colors, blend) {
  const all = glazes(colors, blend);
  const table = new Uint8Array(all.length * 768);
  all.forEach(({ parts, rest }, step) => {
    for (let channel = 0; channel < 3; channel++) {
      const start = (step * 3 + channel) * 256;
      for (let below = 0; below < 256; below++) {
        table[start + below] = Math.floor(f(f(rest * below) + parts[channel]) + 0.5);
      }
    }
  });
  return table;
}

/**
 * Returns the pixels of a picture (RGBA) with a map over it, whose numbers are from 0 to 1.
 * @param {Uint8ClampedArray} pixels
 * @param {ReturnType<import("./numbers.js").resized>} map
 */
export function overlaid(pixels, map, table) {
  const out = new Uint8ClampedArray(pixels.length);
  const count = map.right - map.left;
  for (let y = 0, place = 0; y < map.height; y++) {
    const rowSeen = y >= map.top && y < map.bottom;
    const row = (y - map.top) * count - map.left;
    for (let x = 0; x < map.width; x++, place += 4) {
      const seen = rowSeen && x >= map.left && x < map.right;
      const step = seen ? stepOf(map.values[row + x]) : 256;
      const start = step * 768;
      out[place] = table[start + pixels[place]];
      out[place + 1] = table[start + 256 + pixels[place + 1]];
      out[place + 2] = table[start + 512 + pixels[place + 2]];
      out[place + 3] = 255;
    }
  }
  return out;
}

/** The step from 0 to 255 of a number; numbers beyond 0 and 1 become these, and NaN becomes 0. */
function stepOf(value) {
  if (!(value > 0)) return 0;
  return Math.floor(f((value > 1 ? 1 : value) * 255) + 0.5);
}

/** Draws the colors from 0 to 1 from left to right. */
export function drawScale(canvas, colors) {
  canvas.width = colors.length;
  canvas.height = 1;
  const context = canvas.getContext("2d");
  colors.forEach((color, step) => {
    context.fillStyle = color;
    context.fillRect(step, 0, 1, 1);
  });
}
