// libjpeg-turbo, for writing.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "complaint.h"

typedef struct {
  /// The whole file, which belongs to the caller until `fm_jpeg_file_free`. NULL if none could be
  /// made.
  uint8_t *_Nullable bytes;
  size_t count;
  /// The library's message if there is no file; empty if memory was short.
  fm_complaint complaint;
} fm_jpeg_file;

/// Writes a picture as a JPEG file. `rgb` has three bytes per pixel, row by row, and is only read.
/// Sides have at most 65,500 pixels; qualities go from 1 to 100. A comment (COM) that has any bytes
/// is written after the JFIF marker; it has at most 65,533. Color is kept at full resolution,
/// because letters and thin lines would blur otherwise. The same picture gives the same bytes.
fm_jpeg_file fm_jpeg_write(
    const uint8_t *_Nonnull rgb, int width, int height, int quality,
    const uint8_t *_Nullable comment, size_t comment_count);

void fm_jpeg_file_free(fm_jpeg_file *_Nonnull file);
