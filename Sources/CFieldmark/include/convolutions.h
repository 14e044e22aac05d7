// Convolutions by oneDNN (versions 2 and 3), with the weights packed in its own form.
//
// Pictures lie as their pixels, row by row, each with all of its channels (what oneDNN calls nhwc):
// a convolution's answer is the next one's input as it is.
#pragma once

#include "products.h"

#include <stddef.h>
#include <stdint.h>

/// A square window that slides over pictures.
typedef struct {
  /// Channels that come in and go out.
  int64_t inputs, outputs;
  /// In pixels: of the window, from one place to the next, of zeros around the picture.
  int64_t side, stride, padding;
} fm_window;

/// Pictures of one size, one after the other.
typedef struct {
  int64_t count, height, width;
} fm_pictures;

/// A window's weights in the orders that oneDNN's kernels read fastest: one as a rule, and another
/// whenever a size or the way back asks for it. May be read by any number of convolutions on any
/// number of threads. Released by `fm_filters_free`.
typedef struct fm_filters fm_filters;

/// Packs plain float32 weights, outputs x inputs x rows x columns, which are not needed afterwards;
/// in the order that suits such pictures. NULL where oneDNN has none or memory is short.
fm_filters *_Nullable fm_filters_make(
    fm_window window, const float *_Nonnull plain, fm_number type, fm_pictures usual);
void fm_filters_free(fm_filters *_Nullable filters);

/// A prepared convolution of pictures of one size. It may run on many threads at once. Needs its
/// weights to live as long. Released by `fm_convolution_free`.
typedef struct fm_convolution fm_convolution;

/// Prepares `y = activation(x * W + b)`, with x of the weights' type; or NULL where oneDNN cannot.
/// What y holds is added, if at all, before the activation: not after it, as in products. It is
/// cut into pieces for so many threads when it is made.
fm_convolution *_Nullable fm_convolution_make(
    fm_filters *_Nonnull filters, fm_pictures of, fm_ending ending, int threads);

/// Prepares the way back, from the gradient at y to the one at x: both float32, and so are the
/// weights, of the numbers as they were packed.
fm_convolution *_Nullable fm_convolution_make_back(
    fm_filters *_Nonnull filters, fm_pictures of, int threads);
void fm_convolution_free(fm_convolution *_Nullable convolution);

/// Runs it: from x to y, or back from y's gradient to x's; `bias` (float32) is read only if it was
/// announced. 0 when done.
int fm_convolution_run(
    const fm_convolution *_Nonnull convolution, const void *_Nonnull from,
    const float *_Nullable bias, void *_Nonnull to);

/// The mean of each square of so many pixels, channel by channel; x and y are of `type`, sums are
/// float32. Squares cover the picture.
void fm_average_pool(
    const void *_Nonnull x, fm_pictures of, int64_t channels, int64_t side, fm_number type,
    void *_Nonnull y, int threads);
