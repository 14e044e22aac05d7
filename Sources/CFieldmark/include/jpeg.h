// libjpeg-turbo, for reading. Pixels are those of its accurate DCT and its smooth upsampling of
// colour, which is what Pillow, and so the training of CLIP, uses.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "complaint.h"

/// A JPEG picture being read.
typedef struct fm_jpeg fm_jpeg;

typedef struct {
  int width, height;
  /// 1 grey, 3 colour, 4 inks (CMYK or YCCK).
  int components;
  /// The first EXIF block, from its TIFF header on; lives as long as the reader. NULL without one.
  const uint8_t *_Nullable exif;
  size_t exif_count;
} fm_jpeg_header;

/// Starts to read. The bytes must stay until `fm_jpeg_close`, which is due whatever happens
/// between. NULL without memory.
fm_jpeg *_Nullable fm_jpeg_open(const uint8_t *_Nonnull bytes, size_t count);
void fm_jpeg_close(fm_jpeg *_Nullable jpeg);

/// Fills in the header.
fm_reading fm_jpeg_read_header(fm_jpeg *_Nonnull jpeg, fm_jpeg_header *_Nonnull header);

/// Reads the whole picture, row by row; once, after the header. Pixels have three bytes, RGB; those
/// of four inks have four, CMYK: as in Pillow, every such picture is taken to be stored inverted,
/// as Adobe does. Beside the caller's, it takes up to 10 bytes a pixel and 64 MiB.
fm_reading fm_jpeg_read(fm_jpeg *_Nonnull jpeg, uint8_t *_Nonnull pixels);

/// What so many pixels of CMYK look like in RGB: as in Pillow, what the black ink lets through,
/// less what the other ink takes of it.
void fm_inks_to_rgb(const uint8_t *_Nonnull inks, uint8_t *_Nonnull rgb, size_t count);

/// The rows that `fm_jpeg_read` has finished.
int fm_jpeg_rows(const fm_jpeg *_Nonnull jpeg);

/// What the library said when a function above last gave back anything but `fm_fine`.
const char *_Nonnull fm_jpeg_complaint(const fm_jpeg *_Nonnull jpeg);
