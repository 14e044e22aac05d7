// libpng, for reading. (Named so because a `png.h` here would hide the library's own.)
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "complaint.h"

/// A PNG picture being read.
typedef struct fm_png fm_png;

typedef struct {
  int width, height;
  /// Bits of a sample, as stored: 1, 2, 4, 8 or 16.
  int depth;
  int has_color, has_palette;
  /// Whether there is a plane of alpha, as opposed to one transparent color or a palette with
  /// transparency.
  int has_alpha;
  /// Whether there is one transparent color, or a palette with transparency.
  int has_transparency;
  /// The number of pictures of an animation, as announced; 0 for a still picture.
  uint32_t frames;
} fm_png_header;

/// How 16-bit samples become 8-bit samples.
typedef enum {
  /// v / 257, rounded.
  fm_depth_rounded,
  /// As in Pillow: gray is cut off at 255, which turns nearly everything white, and other samples
  /// lose their lower byte.
  fm_depth_pillow,
} fm_depth;

/// Starts to read. The bytes must stay until `fm_png_close`, which must be called whatever happens
/// in between. NULL if memory is short.
fm_png *_Nullable fm_png_open(const uint8_t *_Nonnull bytes, size_t count);
void fm_png_close(fm_png *_Nullable png);

/// Fills in the header from everything that precedes the pixels.
fm_reading fm_png_read_header(fm_png *_Nonnull png, fm_png_header *_Nonnull header);

/// Reads the whole picture. Call it once, after the header. RGB goes into `rgb`, three bytes per
/// pixel, and alpha into `alpha`, one byte per pixel, if that is given. With `transparency` the one
/// transparent color, or the transparency of the palette, counts as alpha too; the colors under it
/// are kept. Gamma and color profiles are ignored, as in Pillow.
fm_reading fm_png_read(
    fm_png *_Nonnull png, fm_depth depth, int transparency, uint8_t *_Nonnull rgb,
    uint8_t *_Nullable alpha);

/// Reads the numbers of the pixels instead of colors: palette indexes, or grays of at most 8 bits,
/// all unscaled; alpha is left out. A pixel takes one byte. Call it once, after the header.
fm_reading fm_png_read_numbers(fm_png *_Nonnull png, uint8_t *_Nonnull numbers);

/// Returns the EXIF block, wherever it is in the file. It lives as long as the reader; NULL if
/// there is none. Call this after the pixels; damage behind them is ignored, as in Pillow.
const uint8_t *_Nullable fm_png_exif(fm_png *_Nonnull png, size_t *_Nonnull count);

/// Returns how many rows `fm_png_read` has finished. Rows of an interlaced picture count in its
/// last pass.
int fm_png_rows(const fm_png *_Nonnull png);

/// Returns the library's message from the last function above that did not return `fm_fine`.
const char *_Nonnull fm_png_complaint(const fm_png *_Nonnull png);
