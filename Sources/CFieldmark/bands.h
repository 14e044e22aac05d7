// Cuts a picture into bands of rows, so that threads can share its convolution. Internal to this
// folder.
#pragma once

#include "convolutions.h"

/// Rows of y, the rows of x that their windows see, and how many rows of zeros these windows see
/// above and below.
typedef struct {
  int64_t x_start, x_count, y_start, y_count, above, below;
} fm_rows;

/// All rows of a picture.
fm_rows fm_all_rows(fm_window w, int64_t x_height);

/// Returns how many bands each picture is cut into, forward or for the pullback, to make about
/// `pieces` pieces.
int64_t fm_band_count(fm_window w, fm_pictures of, int is_back, int64_t pieces);

/// Returns one of `bands` bands of y, with the rows of x that it is computed from.
fm_rows fm_rows_there(fm_window w, int64_t x_height, int64_t band, int64_t bands);
/// Returns one of `bands` bands of x, with the rows of y whose windows see it, from which its
/// gradient comes.
fm_rows fm_rows_back(fm_window w, int64_t x_height, int64_t band, int64_t bands);
