#include "matmul.h"

#include "lanes.h"

#include <string.h>

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

int fm_matmul_describe(
    fm_matmul *m, int64_t rows, int64_t inputs, int64_t outputs, dnnl_data_type_t type,
    fm_spacing spacing, fm_shape weights, fm_ending ending) {
  memset(m, 0, sizeof *m);
  if (!fm_lane_engine()) return -1;
  const dnnl_dims_t x = {rows, inputs}, y = {rows, outputs}, b = {1, outputs};
  const dnnl_dims_t of_x = {spacing.x_row, spacing.x_column}, of_y = {spacing.y_row, 1},
                    of_b = {outputs, 1};
  dnnl_primitive_attr_t attributes = NULL;
  m->has_bias = ending.has_bias;
  int status = fm_strided(&m->x, 2, x, type, of_x);
  if (!status) status = fm_strided(&m->y, 2, y, fm_type_of(ending.result), of_y);
  if (!status && m->has_bias) status = fm_strided(&m->bias, 2, b, dnnl_f32, of_b);
  if (!status) status = fm_make_attributes(&attributes);
  if (!status) status = set_ending(attributes, ending);
  if (!status)
    status = fm_describe_product(
        &m->description, m->x, weights, m->has_bias ? &m->bias : NULL, m->y, attributes);
  if (attributes) dnnl_primitive_attr_destroy(attributes);
  return status;
}

int fm_matmul_prepare(fm_matmul *m) {
  int status = dnnl_primitive_create(&m->primitive, m->description);
  if (!status) status = fm_matmul_weights(m, &m->weights);
  if (!status)
    status = fm_copy_shape(
        &m->scratch, dnnl_primitive_desc_query_md(m->description, dnnl_query_scratchpad_md, 0));
  if (!status) m->scratch_bytes = fm_shape_bytes(m->scratch);
  return status;
}

void fm_matmul_release(fm_matmul *m) {
  if (m->primitive) {
    dnnl_primitive_destroy(m->primitive);
    fm_release_shape(m->weights), fm_release_shape(m->scratch);
  }
  if (m->description) dnnl_primitive_desc_destroy(m->description);
  fm_release_shape(m->x), fm_release_shape(m->y);
  if (m->has_bias) fm_release_shape(m->bias);
  memset(m, 0, sizeof *m);
}

const char *fm_matmul_kernel(const fm_matmul *m) {
  const char *name = NULL;
  dnnl_primitive_desc_query(m->description, dnnl_query_impl_info_str, 0, (void *)&name);
  return name ? name : "";
}

int fm_matmul_weights(const fm_matmul *m, fm_shape *order) {
  return fm_copy_shape(
      order, dnnl_primitive_desc_query_md(m->description, dnnl_query_weights_md, 0));
}

int fm_matmul_run(
    const fm_matmul *m, const void *x, const void *weights, const float *bias, void *y) {
  void *scratch = fm_lane_memory(FM_LANE_ONEDNN, m->scratch_bytes);
  if (!scratch) return -1;
  const int places[] = {
      DNNL_ARG_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_DST, DNNL_ARG_SCRATCHPAD, DNNL_ARG_BIAS};
  const fm_shape *shapes[] = {&m->x, &m->weights, &m->y, &m->scratch, &m->bias};
  void *memory[] = {(void *)x, (void *)weights, y, scratch, (void *)bias};
  return fm_run_primitive(m->primitive, m->has_bias ? 5 : 4, places, shapes, memory);
}
