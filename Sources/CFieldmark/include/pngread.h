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
  /// A plane of alpha, as opposed to one transparent colour or a palette with transparency.
  int has_alpha;
  /// One transparent colour, or a palette with transparency.
  int has_transparency;
  /// Pictures of an animation, as announced; 0 for a still one.
  uint32_t frames;
} fm_png_header;

/// How 16 bits become 8.
typedef enum {
  /// v / 257, rounded.
  fm_depth_rounded,
  /// As in Pillow: grey is cut off at 255, which turns nearly everything white; the rest loses its
  /// lower byte.
  fm_depth_pillow,
} fm_depth;

/// Starts to read. The bytes must stay until `fm_png_close`, which is due whatever happens here.
/// NULL without memory.
fm_png *_Nullable fm_png_open(const uint8_t *_Nonnull bytes, size_t count);
void fm_png_close(fm_png *_Nullable png);

/// Fills in the header, from everything that stands before the pixels.
fm_reading fm_png_read_header(fm_png *_Nonnull png, fm_png_header *_Nonnull header);

/// Reads the whole picture, once, after the header: RGB into `rgb`, three bytes a pixel, and alpha
/// into `alpha`, one byte a pixel, where that is given. With `transparency` the one transparent
/// colour, or that of the palette, counts as alpha too; the colours under it are kept. Gamma and
/// colour profiles are ignored, as in Pillow.
fm_reading fm_png_read(
    fm_png *_Nonnull png, fm_depth depth, int transparency, uint8_t *_Nonnull rgb,
    uint8_t *_Nullable alpha);

/// Reads, instead of colours, the numbers that pixels have: indexes into a palette, or greys, of at
/// most 8 bits, none of them scaled; alpha is left out. A byte a pixel, once, after the header.
fm_reading fm_png_read_numbers(fm_png *_Nonnull png, uint8_t *_Nonnull numbers);

/// The EXIF block, wherever in the file it stands; lives as long as the reader. NULL without one.
/// After the pixels; what is damaged behind those is passed over, as in Pillow.
const uint8_t *_Nullable fm_png_exif(fm_png *_Nonnull png, size_t *_Nonnull count);

/// The rows that `fm_png_read` has finished; of an interlaced picture, all or none.
int fm_png_rows(const fm_png *_Nonnull png);

/// What the library said when a function above last gave back anything but `fm_fine`.
const char *_Nonnull fm_png_complaint(const fm_png *_Nonnull png);
