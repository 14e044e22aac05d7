// Our own products, for processors on which oneDNN's results depend on the numbers of rows and of
// threads, because its general kernels split sums as suits the shape. Here each sum runs over the
// inputs in one order, whatever else is computed beside it. Internal to this folder.
#pragma once

#include "products.h"

/// Weights lie in panels of 16 outputs: within a panel all 16 of one input, then of the next.
/// Missing outputs are 0.
enum { FM_PANEL = 16 };

/// Returns the number of floats in all panels of a matrix.
int64_t fm_panels_count(int64_t inputs, int64_t outputs);
void fm_panels_pack(
    float *panels, int64_t inputs, int64_t outputs, const float *plain, int64_t output,
    int64_t input);
void fm_panels_unpack(const float *panels, int64_t inputs, int64_t outputs, float *plain);

/// Computes y = activation(x W' + bias), or adds it to what y holds. Rows of y are `y_row` elements
/// apart.
void fm_panels_multiply(
    fm_view x, int64_t rows, const float *panels, int64_t inputs, int64_t outputs,
    const float *bias, fm_ending ending, float *y, int64_t y_row, int threads);
