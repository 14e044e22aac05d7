// The two inner loops of changing a picture's size, in the fixed-point arithmetic of Pillow
// (src/libImaging/Resample.c): integers with 22 fractional bits. Sums begin at one half, and are
// shifted back and clipped to a byte after each of the two passes.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// The stored pixels, and their weights, that make up each new pixel along a line.
typedef struct {
  /// The number of new pixels.
  int count;
  /// The distance from one new pixel's weights to the next one's. It is at least 3 more than the
  /// largest of `counts`; all of these weights are readable, and those after the ones in use are 0.
  int stride;
  /// For each new pixel, the first stored pixel and how many from there on.
  const int32_t *_Nonnull starts;
  const int32_t *_Nonnull counts;
  /// The weights in units of 2^-22. The sum of their absolute values must stay below 2.
  const int32_t *_Nonnull weights;
} fm_taps;

/// Which code is used; the results are the same.
typedef enum { fm_way_plain, fm_way_fastest } fm_way;

/// Computes new columns: each row of `in`, of pixels with `channels` bytes, gives a row of `out`
/// with `taps->count` pixels. `readable` bytes may be read from `in` on.
void fm_resample_across(
    const fm_taps *_Nonnull taps, const uint8_t *_Nonnull in, size_t in_pitch, size_t readable,
    int channels, int rows, uint8_t *_Nonnull out, size_t out_pitch, fm_way way);

/// Computes new rows: `taps->count` rows of `width` bytes each, from rows of `in`.
void fm_resample_down(
    const fm_taps *_Nonnull taps, const uint8_t *_Nonnull in, size_t in_pitch, size_t width,
    uint8_t *_Nonnull out, size_t out_pitch, fm_way way);
