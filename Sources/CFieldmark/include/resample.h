// The two inner loops of changing a picture's size, in the fixed-point arithmetic of Pillow
// (src/libImaging/Resample.c): whole numbers with 22 bits behind the point, summed from one half,
// shifted back and clipped to a byte, after each of the two passes.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// Which stored pixels, with which weights, make up each new one along a line.
typedef struct {
  /// New pixels.
  int count;
  /// From one new pixel's weights to the next one's; at least 3 more than the largest of `counts`,
  /// all of them readable, and 0 behind the weights in use.
  int stride;
  /// First stored pixel, and how many from there on.
  const int32_t *_Nonnull starts;
  const int32_t *_Nonnull counts;
  /// In units of 2^-22. A sum of absolute values must keep below 2.
  const int32_t *_Nonnull weights;
} fm_taps;

/// Which way of computing is taken; the results are the same.
typedef enum { fm_way_plain, fm_way_fastest } fm_way;

/// New columns: each row of `in`, of pixels with `channels` bytes, gives a row of `out`
/// with `taps->count` pixels. `readable` bytes may be read from `in` on.
void fm_resample_across(
    const fm_taps *_Nonnull taps, const uint8_t *_Nonnull in, size_t in_pitch, size_t readable,
    int channels, int rows, uint8_t *_Nonnull out, size_t out_pitch, fm_way way);

/// New rows: `taps->count` rows of `width` bytes each, from rows of `in`.
void fm_resample_down(
    const fm_taps *_Nonnull taps, const uint8_t *_Nonnull in, size_t in_pitch, size_t width,
    uint8_t *_Nonnull out, size_t out_pitch, fm_way way);
