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

/// The distances between rows and between columns of x, and between rows of y, in elements.
typedef struct {
  int64_t x_row, x_column, y_row;
} fm_spacing;

/// Describes a product of `rows` rows; `weights` may leave their order open. Returns 0 when done.
/// Call `fm_matmul_release` in any case.
int fm_matmul_describe(
    fm_matmul *m, int64_t rows, int64_t inputs, int64_t outputs, dnnl_data_type_t type,
    fm_spacing spacing, fm_shape weights, fm_ending ending);
/// Makes a product ready to run. Returns 0 when done.
int fm_matmul_prepare(fm_matmul *m);
void fm_matmul_release(fm_matmul *m);

/// Returns oneDNN's name for the kernel that was chosen.
const char *fm_matmul_kernel(const fm_matmul *m);
/// Gives the order of weights that suits the product, which the caller releases. Returns 0 when
/// done.
int fm_matmul_weights(const fm_matmul *m, fm_shape *order);

/// Runs a product. Any number of threads may run it at once. Returns 0 when done.
int fm_matmul_run(
    const fm_matmul *m, const void *x, const void *weights, const float *bias, void *y);
