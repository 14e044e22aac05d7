// Products of our own, for processors on which oneDNN's depend on how many rows there are and on how
// many threads: its general kernels split sums as suits the shape. Here each sum runs over the
// inputs in one order, whatever else is computed beside it. Internal to this folder.
#pragma once

#include "products.h"

/// Weights in panels of 16 outputs: within a panel all 16 of one input, then of the next; outputs
/// that there are not are 0.
enum { FM_PANEL = 16 };

/// Floats in all panels of a matrix.
int64_t fm_panels_count(int64_t inputs, int64_t outputs);
void fm_panels_pack(
    float *panels, int64_t inputs, int64_t outputs, const float *plain, int64_t output,
    int64_t input);
void fm_panels_unpack(const float *panels, int64_t inputs, int64_t outputs, float *plain);

/// y = activation(x W' + bias), or added to what y holds; rows of y lie `y_row` elements apart.
void fm_panels_multiply(
    fm_view x, int64_t rows, const float *panels, int64_t inputs, int64_t outputs,
    const float *bias, fm_ending ending, float *y, int64_t y_row, int threads);
