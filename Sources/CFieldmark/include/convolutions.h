// Convolutions by oneDNN (versions 2 and 3), with the weights packed in its own form.
//
// Pictures are stored as pixels, row by row, each with all of its channels (what oneDNN calls
// nhwc), so a convolution's output is the next one's input as it is.
#pragma once

#include "products.h"

#include <stddef.h>
#include <stdint.h>

/// A square window that slides over pictures.
typedef struct {
  /// The numbers of channels that come in and go out.
  int64_t inputs, outputs;
  /// The side of the window, its step from one place to the next, and the border of zeros around
  /// the picture, all in pixels.
  int64_t side, stride, padding;
} fm_window;

/// Pictures of one size, one after the other.
typedef struct {
  int64_t count, height, width;
} fm_pictures;

/// A window's weights in the orders that oneDNN's kernels read fastest: usually one, and another
/// one whenever a size or the pullback asks for it. Any number of convolutions may read them on any
/// number of threads. Released by `fm_filters_free`.
typedef struct fm_filters fm_filters;

/// Packs plain float32 weights (outputs x inputs x rows x columns), which are not needed
/// afterwards, in the best order for pictures of the usual size. NULL if oneDNN has no such order
/// or memory is short.
fm_filters *_Nullable fm_filters_make(
    fm_window window, const float *_Nonnull plain, fm_number type, fm_pictures usual);
void fm_filters_free(fm_filters *_Nullable filters);

/// A prepared convolution of pictures of one size. It may run on many threads at once. Its weights
/// must live as long as it does. Released by `fm_convolution_free`.
typedef struct fm_convolution fm_convolution;

/// Prepares `y = activation(x * W + b)`, with x of the weights' type, or returns NULL if oneDNN
/// cannot. If what y holds is added, this happens before the activation and not after it as in
/// products. The work is cut into pieces for `threads` threads when the convolution is made.
fm_convolution *_Nullable fm_convolution_make(
    fm_filters *_Nonnull filters, fm_pictures of, fm_ending ending, int threads);

/// Prepares the pullback, from the gradient at y to the one at x. Both are float32, and so are the
/// weights, with the numbers as they were packed.
fm_convolution *_Nullable fm_convolution_make_back(
    fm_filters *_Nonnull filters, fm_pictures of, int threads);
void fm_convolution_free(fm_convolution *_Nullable convolution);

/// Runs a convolution from x to y, or its pullback from y's gradient to x's. `bias` (float32) is
/// read only if the ending has one. Returns 0 when done.
int fm_convolution_run(
    const fm_convolution *_Nonnull convolution, const void *_Nonnull from,
    const float *_Nullable bias, void *_Nonnull to);

/// Takes the mean of each square of `side` x `side` pixels, channel by channel. x and y are of
/// `type`; sums are float32. The squares cover the picture.
void fm_average_pool(
    const void *_Nonnull x, fm_pictures of, int64_t channels, int64_t side, fm_number type,
    void *_Nonnull y, int threads);
