#include "lanes.h"
#include "panels.h"
#include "pieces.h"
#include "products.h"

int fm_multiply_in_panels(
    int64_t rows, int64_t inner, int64_t columns, fm_view a, fm_view b, float *y, int64_t y_row,
    int threads) {
  float *panels = fm_lane_memory(
      FM_LANE_ONEDNN, sizeof(float) * (size_t)fm_panels_count(inner, columns));
  if (!panels) return -1;
  fm_panels_pack(panels, inner, columns, b.start, b.column, b.row);
  const fm_ending plain = {.result = FM_F32};
  fm_panels_multiply(a, rows, panels, inner, columns, NULL, plain, y, y_row, threads);
  return 0;
}

int fm_multiply(
    int64_t rows, int64_t inner, int64_t columns, fm_view a, fm_view b, float *y, int64_t y_row,
    int threads) {
  if (fm_panels_are_needed()) return fm_multiply_in_panels(rows, inner, columns, a, b, y, y_row, threads);
  const dnnl_dims_t dims = {inner, columns}, strides = {b.row, b.column};
  const fm_spacing spacing = {a.row, a.column, y_row};
  const fm_ending plain = {.result = FM_F32};
  fm_shape other;
  fm_matmul piece, last = {0};
  int status = fm_strided(&other, 2, dims, dnnl_f32, strides);
  if (status) return status;
  int64_t height = fm_height_of_pieces(rows, 1, threads);
  status = fm_matmul_describe(
      &piece, height, inner, columns, dnnl_f32, spacing, other, plain);
  // A kernel whose sums depend on the number of rows gets all rows at once.
  if (!status && height < rows && !fm_is_steady(&piece)) {
    fm_matmul_release(&piece);
    height = rows;
    status = fm_matmul_describe(
        &piece, height, inner, columns, dnnl_f32, spacing, other, plain);
  }
  if (!status) status = fm_matmul_prepare(&piece);
  if (!status && rows % height) {
    status = fm_matmul_describe(
        &last, rows % height, inner, columns, dnnl_f32, spacing, other, plain);
    if (!status) status = fm_matmul_prepare(&last);
  }
  if (!status) {
    fm_pieces all = {
        .piece = &piece, .last = &last, .rows = rows, .height = height, .across = 1,
        .width = columns, .x = (const char *)a.start, .weights = (const char *)b.start,
        .y = (char *)y, .x_row = 4 * a.row, .y_row = 4 * y_row, .y_size = 4};
    status = fm_pieces_run(&all, threads);
  }
  fm_matmul_release(&piece);
  fm_matmul_release(&last);
  fm_release_shape(other);
  return status;
}
