#include "products.h"

#include "lanes.h"
#include "onednn.h"
#include "panels.h"

#include <stdlib.h>
#include <string.h>

int fm_processor_multiplies(fm_number type) {
  if (type == FM_F32) return 1;
  unsigned needed = type == FM_BF16 ? dnnl_cpu_isa_avx512_core_bf16 : dnnl_cpu_isa_avx512_core_vnni;
  return ((unsigned)dnnl_get_effective_cpu_isa() & needed) == needed;
}

struct fm_weights {
  /// Whether they are multiplied by our own code: then they lie in panels.
  int is_own;
  fm_shape packed;
  int has_shape;
  int64_t inputs, outputs;
  dnnl_data_type_t type;
  void *memory;
  size_t bytes;
};

struct fm_product {
  const fm_weights *weights;
  fm_shape x, bias, y, scratch;
  int has_bias;
  // Of a product of our own, which needs no more.
  int64_t rows;
  fm_ending ending;
  int threads;
  size_t scratch_bytes;
  dnnl_primitive_desc_t description;
  dnnl_primitive_t primitive;
};

static dnnl_status_t set_ending(dnnl_primitive_attr_t attributes, fm_ending ending) {
  static const dnnl_alg_kind_t kinds[] = {
      dnnl_alg_kind_undef, dnnl_eltwise_swish, dnnl_eltwise_gelu_erf, dnnl_eltwise_gelu_tanh,
      dnnl_eltwise_relu};
  dnnl_post_ops_t after = NULL;
  dnnl_status_t status = dnnl_post_ops_create(&after);
  // QuickGELU is x * sigmoid(1.702 x), which oneDNN calls swish.
  if (!status && ending.activation)
    status = fm_append_activation(
        after, kinds[ending.activation], ending.activation == FM_QUICK_GELU ? 1.702f : 0);
  if (!status && ending.adds) status = fm_append_sum(after);
  if (!status) status = dnnl_primitive_attr_set_post_ops(attributes, after);
  if (after) dnnl_post_ops_destroy(after);
  return status;
}

/// Describes a product; `packed` may leave the order of the weights open.
static dnnl_status_t describe(
    fm_product *p, int64_t rows, int64_t inputs, int64_t outputs, dnnl_data_type_t type,
    fm_shape packed, fm_ending ending) {
  const dnnl_dims_t x = {rows, inputs}, y = {rows, outputs}, b = {1, outputs};
  const dnnl_dims_t by_input = {inputs, 1}, by_output = {outputs, 1};
  dnnl_primitive_attr_t attributes = NULL;
  p->has_bias = ending.has_bias;
  dnnl_status_t status = fm_strided(&p->x, 2, x, type, by_input);
  if (!status) status = fm_strided(&p->y, 2, y, fm_type_of(ending.result), by_output);
  if (!status && p->has_bias) status = fm_strided(&p->bias, 2, b, dnnl_f32, by_output);
  if (!status) status = fm_make_attributes(&attributes);
  if (!status) status = set_ending(attributes, ending);
  if (!status)
    status = fm_describe_product(
        &p->description, p->x, packed, p->has_bias ? &p->bias : NULL, p->y, attributes);
  if (attributes) dnnl_primitive_attr_destroy(attributes);
  return status;
}

/// Whether a kernel sums each row in one order, whatever the rows beside it and the threads: those
/// that oneDNN calls brg do, the others (gemm:jit, ref) do not.
static int is_steady(const char *kernel) { return !strncmp(kernel, "brg", 3); }

/// Whether products of plain floats are ours to do. Found once, on a product of usual shape.
static int own_is_needed(void) {
  static int known;
  int found = __atomic_load_n(&known, __ATOMIC_RELAXED);
  if (found) return found == 1;
  fm_product *p = calloc(1, sizeof *p);
  const dnnl_dims_t dims = {768, 768};
  const fm_ending plain = {.result = FM_F32};
  fm_shape open;
  int is_ours = 1;
  if (p && !fm_ordered(&open, 2, dims, dnnl_f32, dnnl_format_tag_any)) {
    if (!describe(p, 197, 768, 768, dnnl_f32, open, plain))
      is_ours = !is_steady(fm_product_kernel(p));
    fm_release_shape(open);
  }
  fm_product_free(p);
  __atomic_store_n(&known, is_ours ? 1 : 2, __ATOMIC_RELAXED);
  return is_ours;
}

fm_weights *fm_weights_make(int64_t inputs, int64_t outputs, fm_number type, int64_t rows) {
  fm_weights *w = fm_engine() ? calloc(1, sizeof *w) : NULL;
  fm_product *p = w ? calloc(1, sizeof *p) : NULL;
  if (!p) return free(w), NULL;
  w->inputs = inputs, w->outputs = outputs, w->type = fm_type_of(type);
  w->is_own = type == FM_F32 && own_is_needed();
  if (w->is_own) {
    fm_product_free(p);
    w->bytes = sizeof(float) * (size_t)fm_panels_count(inputs, outputs);
    size_t room = w->bytes;
    if (!(w->memory = fm_lasting_memory(&room))) return fm_weights_free(w), NULL;
    return w;
  }
  const dnnl_dims_t dims = {inputs, outputs};
  const fm_ending plain = {.result = FM_F32};
  fm_shape open;
  int status = fm_ordered(&open, 2, dims, w->type, dnnl_format_tag_any);
  if (!status) {
    status = describe(p, rows, inputs, outputs, w->type, open, plain);
    fm_release_shape(open);
  }
  if (!status)
    status = fm_copy_shape(
        &w->packed, dnnl_primitive_desc_query_md(p->description, dnnl_query_weights_md, 0));
  w->has_shape = !status;
  fm_product_free(p);
  if (status) return fm_weights_free(w), NULL;
  w->bytes = fm_shape_bytes(w->packed);
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

/// Copies between plain and packed weights, on the calling thread alone.
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
  if (w->is_own)
    return fm_panels_pack(w->memory, w->inputs, w->outputs, plain, output, input), 0;
  return reorder(w, (float *)plain, output, input, 1);
}

int fm_weights_unpack(const fm_weights *w, float *plain) {
  if (w->is_own) return fm_panels_unpack(w->memory, w->inputs, w->outputs, plain), 0;
  return reorder(w, plain, w->inputs, 1, 0);
}

fm_product *fm_product_make(
    const fm_weights *w, int64_t rows, fm_ending ending, int threads) {
  fm_product *p = calloc(1, sizeof *p);
  if (!p) return NULL;
  p->weights = w;
  if (w->is_own) {
    p->rows = rows, p->ending = ending, p->threads = threads;
    return ending.result == FM_F32 ? p : (free(p), NULL);
  }
  int before = omp_get_max_threads();
  omp_set_num_threads(threads);
  int status = describe(p, rows, w->inputs, w->outputs, w->type, w->packed, ending);
  if (!status) status = dnnl_primitive_create(&p->primitive, p->description);
  omp_set_num_threads(before);
  if (!status)
    status = fm_copy_shape(
        &p->scratch, dnnl_primitive_desc_query_md(p->description, dnnl_query_scratchpad_md, 0));
  if (status) return fm_product_free(p), NULL;
  p->scratch_bytes = fm_shape_bytes(p->scratch);
  return p;
}

void fm_product_free(fm_product *p) {
  if (!p) return;
  if (p->primitive) dnnl_primitive_destroy(p->primitive);
  if (p->description) dnnl_primitive_desc_destroy(p->description);
  fm_release_shape(p->x), fm_release_shape(p->y), fm_release_shape(p->scratch);
  if (p->has_bias) fm_release_shape(p->bias);
  free(p);
}

const char *fm_product_kernel(const fm_product *p) {
  if (p->weights && p->weights->is_own) return "own";
  const char *name = NULL;
  dnnl_primitive_desc_query(p->description, dnnl_query_impl_info_str, 0, (void *)&name);
  return name ? name : "";
}

int fm_product_run(const fm_product *p, const void *x, const float *bias, void *y) {
  const fm_weights *w = p->weights;
  if (w->is_own) {
    const fm_view rows = {x, w->inputs, 1};
    fm_panels_multiply(
        rows, p->rows, w->memory, w->inputs, w->outputs, p->ending.has_bias ? bias : NULL,
        p->ending, y, w->outputs, p->threads);
    return 0;
  }
  void *scratch = fm_lane_memory(FM_LANE_ONEDNN, p->scratch_bytes);
  if (!scratch) return -1;
  const int places[] = {
      DNNL_ARG_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_DST, DNNL_ARG_SCRATCHPAD, DNNL_ARG_BIAS};
  const fm_shape *shapes[] = {&p->x, &p->weights->packed, &p->y, &p->scratch, &p->bias};
  void *memory[] = {(void *)x, p->weights->memory, y, scratch, (void *)bias};
  return fm_run_primitive(p->primitive, p->has_bias ? 5 : 4, places, shapes, memory);
}

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
  if (own_is_needed()) return fm_multiply_in_panels(rows, inner, columns, a, b, y, y_row, threads);
  if (!fm_engine()) return -1;
  const dnnl_dims_t dims[] = {{rows, inner}, {inner, columns}, {rows, columns}};
  const dnnl_dims_t strides[] = {{a.row, a.column}, {b.row, b.column}, {y_row, 1}};
  fm_shape shapes[3] = {0}, scratch = {0};
  dnnl_primitive_attr_t attributes = NULL;
  dnnl_primitive_desc_t description = NULL;
  dnnl_primitive_t primitive = NULL;
  int status = 0;
  for (int i = 0; i < 3 && !status; i++)
    status = fm_strided(&shapes[i], 2, dims[i], dnnl_f32, strides[i]);
  if (!status) status = fm_make_attributes(&attributes);
  int before = omp_get_max_threads();
  omp_set_num_threads(threads);
  if (!status)
    status = fm_describe_product(
        &description, shapes[0], shapes[1], NULL, shapes[2], attributes);
  if (!status) status = dnnl_primitive_create(&primitive, description);
  omp_set_num_threads(before);
  if (!status)
    status = fm_copy_shape(
        &scratch, dnnl_primitive_desc_query_md(description, dnnl_query_scratchpad_md, 0));
  if (!status) {
    void *own = fm_lane_memory(FM_LANE_ONEDNN, fm_shape_bytes(scratch));
    const int places[] = {DNNL_ARG_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_DST, DNNL_ARG_SCRATCHPAD};
    const fm_shape *all[] = {&shapes[0], &shapes[1], &shapes[2], &scratch};
    void *memory[] = {(void *)a.start, (void *)b.start, y, own};
    status = own ? fm_run_primitive(primitive, 4, places, all, memory) : -1;
  }
  if (primitive) dnnl_primitive_destroy(primitive);
  if (description) dnnl_primitive_desc_destroy(description);
  if (attributes) dnnl_primitive_attr_destroy(attributes);
  for (int i = 0; i < 3; i++) fm_release_shape(shapes[i]);
  fm_release_shape(scratch);
  return status;
}
