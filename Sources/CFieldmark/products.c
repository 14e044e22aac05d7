#include "products.h"

#include "lanes.h"
#include "panels.h"
#include "pieces.h"
#include "tiles.h"

#include <stdlib.h>

int fm_processor_multiplies(fm_number type) {
  if (type == FM_F32) return 1;
  unsigned needed = type == FM_BF16 ? dnnl_cpu_isa_avx512_core_bf16 : dnnl_cpu_isa_avx512_core_vnni;
  return ((unsigned)dnnl_get_effective_cpu_isa() & needed) == needed;
}

struct fm_weights {
  /// Whose code multiplies them, in whose order they lie.
  enum { BY_ONEDNN, IN_PANELS, IN_TILES } kind;
  fm_shape packed;
  int has_shape;
  int64_t inputs, outputs;
  dnnl_data_type_t type;
  void *memory;
  size_t bytes;
};

struct fm_product {
  const fm_weights *weights;
  int64_t rows;
  fm_ending ending;
  int threads;
  /// Rows of a piece; of the last one, where there are fewer left.
  int64_t height, rest;
  fm_matmul piece, last;
};

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
    const dnnl_dims_t dims = {inputs, outputs};
    const fm_spacing dense = {inputs, 1, outputs};
    fm_shape open;
    fm_matmul m;
    int status = fm_ordered(&open, 2, dims, w->type, dnnl_format_tag_any);
    if (status) return fm_weights_free(w), NULL;
    status = fm_matmul_describe(
        &m, rows, inputs, outputs, w->type, dense, open, (fm_ending){.result = FM_F32});
    if (!status) status = fm_matmul_weights(&m, &w->packed);
    fm_matmul_release(&m);
    fm_release_shape(open);
    if (status) return fm_weights_free(w), NULL;
    w->has_shape = 1;
    w->bytes = fm_shape_bytes(w->packed);
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
  const dnnl_dims_t dims = {w->inputs, w->outputs}, strides = {input, output};
  fm_shape shape;
  int status = fm_strided(&shape, 2, dims, dnnl_f32, strides);
  if (status) return status;
  status = packs ? fm_reorder(&shape, plain, &w->packed, w->memory)
                 : fm_reorder(&w->packed, w->memory, &shape, plain);
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
  const fm_spacing dense = {w->inputs, 1, w->outputs};
  p->height = fm_height_of_pieces(rows, threads);
  p->rest = rows % p->height;
  int status = fm_matmul_describe(
      &p->piece, p->height, w->inputs, w->outputs, w->type, dense, w->packed, ending);
  if (!status) status = fm_matmul_prepare(&p->piece);
  if (!status && p->rest) {
    status = fm_matmul_describe(
        &p->last, p->rest, w->inputs, w->outputs, w->type, dense, w->packed, ending);
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
  const int64_t x_size = w->type == dnnl_bf16 ? 2 : w->type == dnnl_s8 ? 1 : 4,
                y_size = p->ending.result == FM_BF16 ? 2 : 4;
  fm_pieces all = {
      &p->piece, &p->last, p->rows, p->height, x, w->memory, bias, y,
      p->height * w->inputs * x_size, p->height * w->outputs * y_size, 0};
  return fm_pieces_run(&all, p->threads);
}
