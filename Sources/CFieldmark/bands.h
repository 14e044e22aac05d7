// A picture cut into bands of rows, so that threads can share out its convolution; internal to this
// folder.
#pragma once

#include "convolutions.h"

/// Rows of y, the rows of x that their windows see, and how many rows of zeros those windows see above
/// and below.
typedef struct {
  int64_t x_start, x_count, y_start, y_count, above, below;
} fm_rows;

/// All rows of a picture.
fm_rows fm_all_rows(fm_window w, int64_t x_height);

/// How many bands each of so many pictures is cut into, there or on the way back, to make so many
/// pieces.
int64_t fm_band_count(fm_window w, fm_pictures of, int is_back, int64_t pieces);

/// One of so many bands of y, and what it is computed from.
fm_rows fm_rows_there(fm_window w, int64_t x_height, int64_t band, int64_t bands);
/// One of so many bands of x, and the rows of y whose windows see it: what its gradient comes from.
fm_rows fm_rows_back(fm_window w, int64_t x_height, int64_t band, int64_t bands);
