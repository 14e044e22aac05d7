#include "convolutions.h"

#include "bands.h"
#include "filters.h"
#include "lanes.h"
#include "parallel.h"
#include "tiles.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/// A prepared convolution of some rows of a picture, or of whole pictures.
typedef struct {
  const fm_packing *weights;
  fm_shape x, bias, y, scratch;
  int has_bias, is_back;
  size_t scratch_bytes;
  dnnl_primitive_desc_t description;
  dnnl_primitive_t primitive;
  fm_rows rows;
} band;

struct fm_convolution {
  int threads;
  /// How many pictures each band runs for, one after the other, and how many bands there are.
  int64_t count, bands;
  /// The bytes from one row to the next and from one picture to the next, of x and of y.
  int64_t x_row, x_picture, y_row, y_picture;
  band of[];
};

static dnnl_status_t set_ending(dnnl_primitive_attr_t attributes, fm_ending ending) {
  dnnl_post_ops_t after = NULL;
  dnnl_status_t status = dnnl_post_ops_create(&after);
  if (!status && ending.adds) status = fm_append_sum(after);
  if (!status && ending.activation == FM_RELU)
    status = fm_append_activation(after, dnnl_eltwise_relu, 0);
  if (!status) status = dnnl_primitive_attr_set_post_ops(attributes, after);
  if (after) dnnl_post_ops_destroy(after);
  return status;
}

/// Describes a convolution of these rows of the pictures, or its pullback, which may choose the
/// order of its weights.
static dnnl_status_t describe(
    band *b, fm_window w, fm_pictures of, dnnl_data_type_t type, fm_ending ending) {
  const int64_t y_width = (of.width + 2 * w.padding - w.side) / w.stride + 1;
  const dnnl_dims_t x = {of.count, w.inputs, b->rows.x_count, of.width},
                    dims = {w.outputs, w.inputs, w.side, w.side}, bias = {w.outputs},
                    y = {of.count, w.outputs, b->rows.y_count, y_width};
  const fm_sliding sliding = {
      {w.stride, w.stride}, {b->rows.above, w.padding}, {b->rows.below, w.padding}};
  if (b->is_back) type = dnnl_f32, ending.result = FM_F32;
  fm_shape open;
  dnnl_primitive_attr_t attributes = NULL;
  b->has_bias = ending.has_bias;
  dnnl_status_t status = fm_ordered(&open, 4, dims, type, dnnl_format_tag_any);
  if (status) return status;
  status = fm_ordered(&b->x, 4, x, type, dnnl_nhwc);
  if (!status) status = fm_ordered(&b->y, 4, y, fm_type_of(ending.result), dnnl_nhwc);
  if (!status && b->has_bias) status = fm_ordered(&b->bias, 1, bias, dnnl_f32, dnnl_a);
  if (!status) status = fm_make_attributes(&attributes);
  if (!status && !b->is_back) status = set_ending(attributes, ending);
  if (!status && b->is_back)
    status = fm_describe_way_back(&b->description, b->x, open, b->y, sliding, attributes);
  else if (!status)
    status = fm_describe_convolution(
        &b->description, b->x, open, b->has_bias ? &b->bias : NULL, b->y, sliding, attributes);
  if (attributes) dnnl_primitive_attr_destroy(attributes);
  fm_release_shape(open);
  return status;
}

static void release(band *b) {
  if (b->primitive) dnnl_primitive_destroy(b->primitive);
  if (b->description) dnnl_primitive_desc_destroy(b->description);
  fm_release_shape(b->x), fm_release_shape(b->y), fm_release_shape(b->scratch);
  if (b->has_bias) fm_release_shape(b->bias);
}

fm_filters *fm_filters_make(
    fm_window window, const float *plain, fm_number type, fm_pictures usual) {
  if (!fm_lane_engine()) return NULL;
  fm_filters *made = NULL;
  fm_shape order;
  band b = {.rows = fm_all_rows(window, usual.height)};
  const fm_ending bare = {.result = FM_F32};
  if (!describe(&b, window, usual, fm_type_of(type), bare) &&
      !fm_copy_shape(
          &order, dnnl_primitive_desc_query_md(b.description, dnnl_query_weights_md, 0))) {
    made = fm_filters_pack(window, fm_type_of(type), plain, &order);
    fm_release_shape(order);
  }
  release(&b);
  return made;
}

/// Whether a pixel's sums do not depend on how many rows are computed with it. Those of gemm
/// kernels do.
static int is_steady(const band *b) {
  const char *name = NULL;
  dnnl_primitive_desc_query(b->description, dnnl_query_impl_info_str, 0, (void *)&name);
  return name && !strstr(name, "gemm");
}

static int prepare(band *b, fm_filters *f, fm_pictures of, fm_ending ending) {
  fm_shape wanted;
  int status = describe(b, f->window, of, f->type, ending);
  if (!status) status = dnnl_primitive_create(&b->primitive, b->description);
  if (!status)
    status = fm_copy_shape(
        &b->scratch, dnnl_primitive_desc_query_md(b->description, dnnl_query_scratchpad_md, 0));
  if (!status)
    status = fm_copy_shape(
        &wanted, dnnl_primitive_desc_query_md(b->description, dnnl_query_weights_md, 0));
  if (status) return status;
  b->weights = fm_filters_find(f, &wanted);
  b->scratch_bytes = fm_shape_bytes(b->scratch);
  fm_release_shape(wanted);
  return b->weights ? 0 : -1;
}

static fm_convolution *make(
    fm_filters *f, fm_pictures of, fm_ending ending, int is_back, int threads, int64_t pieces) {
  const fm_window w = f->window;
  const int64_t y_height = (of.height + 2 * w.padding - w.side) / w.stride + 1,
                y_width = (of.width + 2 * w.padding - w.side) / w.stride + 1,
                bands = fm_band_count(w, of, is_back, pieces);
  fm_convolution *c = calloc(1, sizeof *c + (size_t)bands * sizeof *c->of);
  if (!c) return NULL;
  const int64_t x_size = f->type == dnnl_bf16 && !is_back ? 2 : 4,
                y_size = ending.result == FM_BF16 ? 2 : 4;
  c->threads = threads, c->count = pieces > 1 ? of.count : 1;
  c->x_row = x_size * w.inputs * of.width, c->x_picture = c->x_row * of.height;
  c->y_row = y_size * w.outputs * y_width, c->y_picture = c->y_row * y_height;
  if (pieces > 1) of.count = 1;
  for (; c->bands < bands; c->bands++) {
    band *b = c->of + c->bands;
    b->is_back = is_back;
    b->rows = is_back ? fm_rows_back(w, of.height, c->bands, bands)
                      : fm_rows_there(w, of.height, c->bands, bands);
    if (prepare(b, f, of, ending)) return c->bands++, fm_convolution_free(c), NULL;
  }
  return c;
}

static fm_convolution *make_steady(
    fm_filters *f, fm_pictures of, fm_ending ending, int is_back, int threads) {
  // There are two pieces for each thread. Where a processor's tiles multiply, sums are split as
  // suits the number of rows, so each picture is always cut into the same number of pieces.
  const int is_fixed = f->type == dnnl_bf16 && !is_back && fm_tiles_exist();
  const int64_t pieces = is_fixed ? 2 * of.count : threads > 1 ? 2 * threads : 1;
  fm_convolution *c = make(f, of, ending, is_back, threads, pieces);
  if (!c || pieces == 1 || is_steady(c->of)) return c;
  fm_convolution_free(c);
  return make(f, of, ending, is_back, threads, 1);
}

fm_convolution *fm_convolution_make(
    fm_filters *filters, fm_pictures of, fm_ending ending, int threads) {
  return make_steady(filters, of, ending, 0, threads);
}

fm_convolution *fm_convolution_make_back(fm_filters *filters, fm_pictures of, int threads) {
  return make_steady(filters, of, (fm_ending){0}, 1, threads);
}

void fm_convolution_free(fm_convolution *c) {
  if (!c) return;
  for (int64_t i = 0; i < c->bands; i++) release(c->of + i);
  free(c);
}

typedef struct {
  const fm_convolution *convolution;
  const char *from;
  const float *bias;
  char *to;
  atomic_int status;
} work;

static int run_band(const band *b, const char *from, const float *bias, char *to) {
  void *scratch = fm_lane_memory(FM_LANE_ONEDNN, b->scratch_bytes);
  if (!scratch) return -1;
  const int places[] = {
      b->is_back ? DNNL_ARG_DIFF_DST : DNNL_ARG_SRC, DNNL_ARG_WEIGHTS,
      b->is_back ? DNNL_ARG_DIFF_SRC : DNNL_ARG_DST, DNNL_ARG_SCRATCHPAD, DNNL_ARG_BIAS};
  const fm_shape *shapes[] = {
      b->is_back ? &b->y : &b->x, &b->weights->shape, b->is_back ? &b->x : &b->y, &b->scratch,
      &b->bias};
  void *memory[] = {(void *)from, b->weights->memory, to, scratch, (void *)bias};
  return fm_run_primitive(b->primitive, b->has_bias ? 5 : 4, places, shapes, memory);
}

static void run_bands(void *context, int64_t start, int64_t end) {
  work *all = context;
  const fm_convolution *c = all->convolution;
  for (int64_t i = start; i < end; i++) {
    const band *b = c->of + i % c->bands;
    const int64_t picture = i / c->bands,
                  x = picture * c->x_picture + b->rows.x_start * c->x_row,
                  y = picture * c->y_picture + b->rows.y_start * c->y_row;
    const int status =
        run_band(b, all->from + (b->is_back ? y : x), all->bias, all->to + (b->is_back ? x : y));
    if (status) atomic_store(&all->status, status);
  }
}

int fm_convolution_run(
    const fm_convolution *c, const void *from, const float *bias, void *to) {
  work all = {c, from, bias, to, 0};
  fm_parallel_singly(c->threads, c->count * c->bands, run_bands, &all);
  return atomic_load(&all.status);
}
