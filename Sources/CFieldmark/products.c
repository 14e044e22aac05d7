#include "products.h"

#include "lanes.h"
#include "panels.h"
#include "pieces.h"
#include "tiles.h"

#include <stdlib.h>

int fm_processor_multiplies(fm_number type) {
  if (type == FM_F32) return 1;
  const unsigned needed = dnnl_cpu_isa_avx512_core_bf16;
  return ((unsigned)dnnl_get_effective_cpu_isa() & needed) == needed;
}

struct fm_weights {
  /// Whose code multiplies the weights, and so in whose order they lie.
  enum { BY_ONEDNN, IN_PANELS, IN_TILES } kind;
  /// For oneDNN the weights are cut into chunks of `width` outputs, one after the other, all in
  /// this order.
  fm_shape packed;
  int has_shape;
  int64_t inputs, outputs, width;
  size_t chunk_bytes;
  dnnl_data_type_t type;
  void *memory;
  size_t bytes;
};

struct fm_product {
  const fm_weights *weights;
  int64_t rows;
  fm_ending ending;
  int threads;
  /// The number of rows of a piece.
  int64_t height;
  fm_matmul piece, last;
};

/// Returns how many outputs are multiplied at a time. Two threads that share the outputs read half
/// of the weights each, while threads that share the rows read all; and the weights of 256 outputs
/// fit in a second-level cache. The width is always the same for the same weights, so that sums do
/// not depend on the threads.
static int64_t width_of_chunks(int64_t outputs) {
  static const int64_t widths[] = {256, 192, 128};
  // An even number of chunks is best for two threads.
  for (int i = 0; i < 3; i++)
    if (outputs % (2 * widths[i]) == 0) return widths[i];
  for (int i = 0; i < 3; i++)
    if (outputs % widths[i] == 0 && outputs > 2 * widths[i]) return widths[i];
  return outputs;
}

fm_weights *fm_weights_make(int64_t inputs, int64_t outputs, fm_number type, int64_t rows) {
  fm_weights *w = calloc(1, sizeof *w);
  if (!w) return NULL;
  w->inputs = inputs, w->outputs = outputs, w->type = fm_type_of(type);
  w->kind = type == FM_F32 && fm_panels_are_needed()     ? IN_PANELS
            : type == FM_BF16 && fm_tiles_exist() ? IN_TILES
                                                  : BY_ONEDNN;
  if (w->kind == IN_PANELS) {
    w->bytes = sizeof(float) * (size_t)fm_panels_count(inputs, outputs);
  } else if (w->kind == IN_TILES) {
    w->bytes = fm_tiles_bytes(inputs, outputs);
  } else {
    w->width = width_of_chunks(outputs);
    const dnnl_dims_t dims = {inputs, w->width};
    const fm_spacing dense = {inputs, 1, w->width};
    fm_shape open;
    fm_matmul m;
    int status = fm_ordered(&open, 2, dims, w->type, dnnl_format_tag_any);
    if (status) return fm_weights_free(w), NULL;
    status = fm_matmul_describe(
        &m, rows, inputs, w->width, w->type, dense, open, (fm_ending){.result = FM_F32});
    if (!status) status = fm_matmul_weights(&m, &w->packed);
    fm_matmul_release(&m);
    fm_release_shape(open);
    if (status) return fm_weights_free(w), NULL;
    w->has_shape = 1;
    // Each chunk begins at a cache line.
    w->chunk_bytes = (fm_shape_bytes(w->packed) + 63) & ~(size_t)63;
    w->bytes = w->chunk_bytes * (size_t)(outputs / w->width);
  }
  size_t room = w->bytes;
  if (!(w->memory = fm_lasting_memory(&room))) return fm_weights_free(w), NULL;
  return w;
}

void fm_weights_free(fm_weights *w) {
  if (!w) return;
  if (w->has_shape) fm_release_shape(w->packed);
  free(w->memory);
  free(w);
}

size_t fm_weights_bytes(const fm_weights *w) { return w->bytes; }

/// Copies between plain and packed weights.
static int reorder(const fm_weights *w, float *plain, int64_t output, int64_t input, int packs) {
  const dnnl_dims_t dims = {w->inputs, w->width}, strides = {input, output};
  fm_shape shape;
  int status = fm_strided(&shape, 2, dims, dnnl_f32, strides);
  if (status) return status;
  for (int64_t first = 0; first < w->outputs && !status; first += w->width) {
    float *from = plain + first * output;
    char *to = (char *)w->memory + w->chunk_bytes * (size_t)(first / w->width);
    status = packs ? fm_reorder(&shape, from, &w->packed, to)
                   : fm_reorder(&w->packed, to, &shape, from);
  }
  fm_release_shape(shape);
  return status;
}

int fm_weights_pack(fm_weights *w, const float *plain, int64_t output, int64_t input) {
  if (w->kind == IN_PANELS)
    return fm_panels_pack(w->memory, w->inputs, w->outputs, plain, output, input), 0;
  if (w->kind == IN_TILES)
    return fm_tiles_pack(w->memory, w->inputs, w->outputs, plain, output, input), 0;
  return reorder(w, (float *)plain, output, input, 1);
}

int fm_weights_unpack(const fm_weights *w, float *plain) {
  if (w->kind == IN_PANELS)
    return fm_panels_unpack(w->memory, w->inputs, w->outputs, plain), 0;
  if (w->kind == IN_TILES) return fm_tiles_unpack(w->memory, w->inputs, w->outputs, plain), 0;
  return reorder(w, plain, w->inputs, 1, 0);
}

fm_product *fm_product_make(
    const fm_weights *w, int64_t rows, fm_ending ending, int threads) {
  if (w->kind == IN_PANELS && ending.result != FM_F32) return NULL;
  fm_product *p = calloc(1, sizeof *p);
  if (!p) return NULL;
  p->weights = w, p->rows = rows, p->ending = ending, p->threads = threads;
  if (w->kind != BY_ONEDNN) return p;
  const int64_t across = w->outputs / w->width;
  // Pieces side by side are added when they are moved to their place, which is done in float32
  // only.
  if (across > 1 && ending.adds && ending.result != FM_F32) return fm_product_free(p), NULL;
  if (across > 1) ending.adds = 0;
  const fm_spacing dense = {w->inputs, 1, w->width};
  p->height = fm_height_of_pieces(rows, across, threads);
  const int64_t rest = rows % p->height;
  int status = fm_matmul_describe(
      &p->piece, p->height, w->inputs, w->width, w->type, dense, w->packed, ending);
  if (!status) status = fm_matmul_prepare(&p->piece);
  if (!status && rest) {
    status = fm_matmul_describe(
        &p->last, rest, w->inputs, w->width, w->type, dense, w->packed, ending);
    if (!status) status = fm_matmul_prepare(&p->last);
  }
  return status ? (fm_product_free(p), NULL) : p;
}

void fm_product_free(fm_product *p) {
  if (!p) return;
  fm_matmul_release(&p->piece);
  fm_matmul_release(&p->last);
  free(p);
}

const char *fm_product_kernel(const fm_product *p) {
  return p->weights->kind == BY_ONEDNN ? fm_matmul_kernel(&p->piece) : "own";
}

int fm_product_run(const fm_product *p, const void *x, const float *bias, void *y) {
  const fm_weights *w = p->weights;
  if (w->kind == IN_TILES)
    return fm_tiles_multiply(
        x, p->rows, w->memory, w->inputs, w->outputs, bias, p->ending, y, p->threads);
  if (w->kind == IN_PANELS) {
    const fm_view rows = {x, w->inputs, 1};
    fm_panels_multiply(
        rows, p->rows, w->memory, w->inputs, w->outputs, p->ending.has_bias ? bias : NULL,
        p->ending, y, w->outputs, p->threads);
    return 0;
  }
  const int64_t x_size = w->type == dnnl_bf16 ? 2 : 4,
                y_size = p->ending.result == FM_BF16 ? 2 : 4;
  fm_pieces all = {
      .piece = &p->piece, .last = &p->last, .rows = p->rows, .height = p->height,
      .across = w->outputs / w->width, .width = w->width, .x = x, .weights = w->memory,
      .bias = p->ending.has_bias ? bias : NULL, .y = y, .adds = p->ending.adds,
      .x_row = w->inputs * x_size, .y_row = w->outputs * y_size,
      .weights_step = (int64_t)w->chunk_bytes, .y_size = y_size};
  return fm_pieces_run(&all, p->threads);
}
