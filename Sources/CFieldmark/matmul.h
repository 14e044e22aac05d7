// A matrix product by oneDNN, on the calling thread alone; internal to this folder.
#pragma once

#include "onednn.h"

typedef struct {
  fm_shape x, weights, bias, y, scratch;
  int has_bias;
  size_t scratch_bytes;
  dnnl_primitive_desc_t description;
  dnnl_primitive_t primitive;
} fm_matmul;

/// How far apart the elements of x and the rows of y lie.
typedef struct {
  int64_t x_row, x_column, y_row;
} fm_spacing;

/// Describes a product of so many rows; `weights` may leave their order open. 0 when done; what is
/// made is released by `fm_matmul_release` in any case.
int fm_matmul_describe(
    fm_matmul *m, int64_t rows, int64_t inputs, int64_t outputs, dnnl_data_type_t type,
    fm_spacing spacing, fm_shape weights, fm_ending ending);
/// Makes it ready to run. 0 when done.
int fm_matmul_prepare(fm_matmul *m);
void fm_matmul_release(fm_matmul *m);

/// oneDNN's name for the kernel that was chosen.
const char *fm_matmul_kernel(const fm_matmul *m);
/// The order of weights that suits it, which the caller releases. 0 when done.
int fm_matmul_weights(const fm_matmul *m, fm_shape *order);

/// Any number of threads may run one product at once. 0 when done.
int fm_matmul_run(
    const fm_matmul *m, const void *x, const void *weights, const float *bias, void *y);
