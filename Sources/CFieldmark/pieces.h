// A product by oneDNN in pieces of some rows each, for threads to share out; internal to this folder.
#pragma once

#include "matmul.h"

#include <stdatomic.h>

/// Whether a kernel sums each row in one order, whatever the rows beside it.
int fm_is_steady(const fm_matmul *m);

/// Whether products of plain floats are our own code's to do, because oneDNN's sums depend on how many
/// rows there are on this processor. Found once, on a product of usual shape.
int fm_panels_are_needed(void);

/// How many rows each piece has: there are two for each thread, so that one that has to share its core
/// leaves more to the others, but weights are not read for a few rows only.
int64_t fm_height_of_pieces(int64_t rows, int threads);

typedef struct {
  /// Of a whole piece; of the last one, where fewer rows are left.
  const fm_matmul *piece, *last;
  int64_t rows, height;
  const char *x;
  const void *weights;
  const float *bias;
  char *y;
  /// Bytes from the first row of a piece to that of the next.
  int64_t x_step, y_step;
  atomic_int status;
} fm_pieces;

/// 0 when done.
int fm_pieces_run(fm_pieces *pieces, int threads);
