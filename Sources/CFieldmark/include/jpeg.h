// libjpeg-turbo, for reading. It decodes with the accurate DCT and the smooth upsampling of color,
// as Pillow does, and so as in the training of CLIP.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "complaint.h"

/// A JPEG picture being read.
typedef struct fm_jpeg fm_jpeg;

typedef struct {
  int width, height;
  /// 1 for gray, 3 for color, 4 for inks (CMYK or YCCK).
  int components;
  /// The first EXIF block, from its TIFF header on. It lives as long as the reader; NULL if there
  /// is none.
  const uint8_t *_Nullable exif;
  size_t exif_count;
} fm_jpeg_header;

/// Starts to read. The bytes must stay until `fm_jpeg_close`, which must be called whatever happens
/// in between. NULL if memory is short.
fm_jpeg *_Nullable fm_jpeg_open(const uint8_t *_Nonnull bytes, size_t count);
void fm_jpeg_close(fm_jpeg *_Nullable jpeg);

/// Fills in the header.
fm_reading fm_jpeg_read_header(fm_jpeg *_Nonnull jpeg, fm_jpeg_header *_Nonnull header);

/// Reads the whole picture, row by row. Call it once, after the header. Pixels have three bytes
/// (RGB), or with four inks four bytes (CMYK). As in Pillow, every such picture is assumed to be
/// stored inverted, as Adobe does it. Besides the caller's memory it takes up to 10 bytes per pixel
/// and 64 MiB.
fm_reading fm_jpeg_read(fm_jpeg *_Nonnull jpeg, uint8_t *_Nonnull pixels);

/// Converts CMYK pixels to RGB as Pillow does: what the black ink lets through, less what the other
/// ink takes of it.
void fm_inks_to_rgb(const uint8_t *_Nonnull inks, uint8_t *_Nonnull rgb, size_t count);

/// Returns how many rows `fm_jpeg_read` has finished.
int fm_jpeg_rows(const fm_jpeg *_Nonnull jpeg);

/// Returns the library's message from the last function above that did not return `fm_fine`.
const char *_Nonnull fm_jpeg_complaint(const fm_jpeg *_Nonnull jpeg);
