// A product by oneDNN in pieces of some rows each, for threads to share out; internal to this folder.
#pragma once

#include "matmul.h"

#include <stdatomic.h>

/// Whether a kernel sums each row in one order, whatever the rows beside it.
int fm_is_steady(const fm_matmul *m);

/// Whether products of plain floats are our own code's to do, because oneDNN's sums depend on how many
/// rows there are on this processor. Found once, on a product of usual shape.
int fm_panels_are_needed(void);

/// How many rows each piece has where there are so many columns of pieces side by side: two pieces for
/// each thread at least, so that one that has to share its core leaves more to the others.
int64_t fm_height_of_pieces(int64_t rows, int64_t across, int threads);

/// A product in pieces: `across` side by side, each of `width` columns; of `height` rows each.
typedef struct {
  /// Of a whole piece; of the last ones, where fewer rows are left.
  const fm_matmul *piece, *last;
  int64_t rows, height, across, width;
  const char *x;
  const char *weights;
  const float *bias;
  char *y;
  /// Whether pieces are added to what y holds. They are so by oneDNN where there is one across.
  int adds;
  /// Bytes from a row of x and of y to the next, from the weights of a column of pieces to those of
  /// the next, and of a number of y.
  int64_t x_row, y_row, weights_step, y_size;
  atomic_int status;
} fm_pieces;

/// 0 when done.
int fm_pieces_run(fm_pieces *pieces, int threads);
