// The loops of PNG's filters (PNG 3rd edition, section 9), which make rows easier to pack.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// Filters a row of `count` bytes with the filter that leaves the least. It writes the filter's
/// number from 0 to 4 and then the `count` filtered bytes, `1 + count` in all. "Least" is the usual
/// estimate: the sum of the absolute values of the bytes taken as numbers from -128 to 127. `above`
/// is the row before, or zeros for the first row; `step` is the number of bytes of a pixel.
/// `scratch` has room for `count`.
void fm_png_filter(
    const uint8_t *_Nonnull row, const uint8_t *_Nonnull above, size_t count, size_t step,
    uint8_t *_Nonnull scratch, uint8_t *_Nonnull out);
