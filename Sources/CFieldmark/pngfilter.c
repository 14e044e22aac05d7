#include "pngfilter.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static inline uint8_t mean(uint8_t a, uint8_t b) { return (uint8_t)((a + b) / 2); }

// Returns the one of left, above and the corner between them that is nearest to
// `left + above - corner`.
static inline uint8_t nearest(uint8_t left, uint8_t above, uint8_t corner) {
  int to_left = abs(above - corner), to_above = abs(left - corner);
  int to_corner = abs(left + above - 2 * corner);
  if (to_left <= to_above && to_left <= to_corner) return left;
  return to_above <= to_corner ? above : corner;
}

// Writes what is left of a row after the prediction of a filter. The first pixel has nothing on its
// left.
static void filter(
    int kind, const uint8_t *row, const uint8_t *above, size_t count, size_t step, uint8_t *out) {
  size_t head = step < count ? step : count;
  switch (kind) {
  case 0: memcpy(out, row, count); return;
  case 1:
    memcpy(out, row, head);
    for (size_t i = head; i < count; i++) out[i] = row[i] - row[i - step];
    return;
  case 2:
    for (size_t i = 0; i < count; i++) out[i] = row[i] - above[i];
    return;
  case 3:
    for (size_t i = 0; i < head; i++) out[i] = row[i] - mean(0, above[i]);
    for (size_t i = head; i < count; i++) out[i] = row[i] - mean(row[i - step], above[i]);
    return;
  default:
    for (size_t i = 0; i < head; i++) out[i] = row[i] - above[i];
    for (size_t i = head; i < count; i++) {
      out[i] = row[i] - nearest(row[i - step], above[i], above[i - step]);
    }
  }
}

static size_t effort(const uint8_t *bytes, size_t count) {
  size_t sum = 0;
  for (size_t i = 0; i < count; i++) sum += (size_t)abs((int8_t)bytes[i]);
  return sum;
}

void fm_png_filter(
    const uint8_t *row, const uint8_t *above, size_t count, size_t step, uint8_t *scratch,
    uint8_t *out) {
  size_t least = SIZE_MAX;
  for (int kind = 0; kind < 5; kind++) {
    filter(kind, row, above, count, step, scratch);
    size_t sum = effort(scratch, count);
    if (sum >= least) continue;
    least = sum;
    out[0] = (uint8_t)kind;
    memcpy(out + 1, scratch, count);
  }
}
