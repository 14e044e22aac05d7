// A product by oneDNN, cut into pieces of some rows so that threads can share it. Internal to this
// folder.
#pragma once

#include "matmul.h"

#include <stdatomic.h>

/// Whether a kernel sums each row in one order, whatever rows are beside it.
int fm_is_steady(const fm_matmul *m);

/// Whether our own code has to do products of plain floats, because oneDNN's sums depend on the
/// number of rows on this processor. This is found once, on a product of usual shape.
int fm_panels_are_needed(void);

/// Returns how many rows each piece has if there are `across` columns of pieces side by side. There
/// are at least two pieces for each thread, so that a thread that has to share its core leaves more
/// to the others.
int64_t fm_height_of_pieces(int64_t rows, int64_t across, int threads);

/// A product in pieces of `height` rows and `width` columns, `across` of them side by side.
typedef struct {
  /// The product of a whole piece, and of the last pieces if these have fewer rows.
  const fm_matmul *piece, *last;
  int64_t rows, height, across, width;
  const char *x;
  const char *weights;
  const float *bias;
  char *y;
  /// Whether pieces are added to what y holds. If there is only one across, oneDNN adds it.
  int adds;
  /// The bytes from one row of x and of y to the next, from the weights of one column of pieces to
  /// those of the next, and of one number of y.
  int64_t x_row, y_row, weights_step, y_size;
  atomic_int status;
} fm_pieces;

/// Runs all pieces. Returns 0 when done.
int fm_pieces_run(fm_pieces *pieces, int threads);
