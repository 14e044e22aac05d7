// libwebp, for reading.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "complaint.h"

/// A WebP picture being read.
typedef struct fm_webp fm_webp;

typedef struct {
  int width, height;
  int has_alpha;
  /// The number of pictures of an animation; 1 for a still picture.
  int frames;
  /// The EXIF block, which lives as long as the reader; NULL if there is none.
  const uint8_t *_Nullable exif;
  size_t exif_count;
} fm_webp_header;

/// Reads all but the pixels. The bytes must stay until `fm_webp_close`, which must be called if
/// `fm_fine` was returned. (`fm_cut_short` means that the file is shorter than it says.)
fm_reading fm_webp_open(
    const uint8_t *_Nonnull bytes, size_t count, fm_webp *_Nullable *_Nonnull webp,
    fm_webp_header *_Nonnull header);
void fm_webp_close(fm_webp *_Nonnull webp);

/// Reads the first picture: RGB, three bytes per pixel, and alpha, one byte per pixel, if that is
/// given. Where an animation's first picture does not cover the canvas, it is black and
/// transparent.
fm_reading fm_webp_read(fm_webp *_Nonnull webp, uint8_t *_Nonnull rgb, uint8_t *_Nullable alpha);
