// libjpeg-turbo, for writing.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "complaint.h"

typedef struct {
  /// The whole file, the caller's until `fm_jpeg_file_free`. NULL where none could be made.
  uint8_t *_Nullable bytes;
  size_t count;
  /// What the library said where there is no file; empty where there was no memory.
  fm_complaint complaint;
} fm_jpeg_file;

/// Writes a picture as a JPEG file: three bytes a pixel, RGB, row by row, which are only read. Sides
/// have at most 65,500 pixels, qualities go from 1 to 100. A comment (COM) stands behind the JFIF
/// marker, where it has any bytes; it has at most 65,533. Color is kept at full resolution: letters
/// and thin lines would run otherwise. The same picture gives the same bytes.
fm_jpeg_file fm_jpeg_write(
    const uint8_t *_Nonnull rgb, int width, int height, int quality,
    const uint8_t *_Nullable comment, size_t comment_count);

void fm_jpeg_file_free(fm_jpeg_file *_Nonnull file);
