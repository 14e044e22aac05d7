// One name for each thing that oneDNN's versions 2 and 3 say differently. Internal to this folder.
#pragma once

#include "lanes.h"
#include "products.h"

#include <oneapi/dnnl/dnnl.h>
#include <stddef.h>

/// How a window slides, down and across: the step from one place to the next, and the zeros before
/// the first and after the last pixel.
typedef struct {
  dnnl_dims_t strides, before, after;
} fm_sliding;

// Version 3 made memory descriptions opaque and dropped operation descriptions.
#if DNNL_VERSION_MAJOR >= 3
typedef dnnl_memory_desc_t fm_shape;
#define FM_VIEW(s) (s)
static inline dnnl_status_t fm_strided(
    fm_shape *s, int axes, const dnnl_dims_t dims, dnnl_data_type_t type,
    const dnnl_dims_t strides) {
  return dnnl_memory_desc_create_with_strides(s, axes, dims, type, strides);
}
static inline dnnl_status_t fm_ordered(
    fm_shape *s, int axes, const dnnl_dims_t dims, dnnl_data_type_t type, dnnl_format_tag_t order) {
  return dnnl_memory_desc_create_with_tag(s, axes, dims, type, order);
}
static inline dnnl_status_t fm_copy_shape(fm_shape *to, const_dnnl_memory_desc_t from) {
  return dnnl_memory_desc_clone(to, from);
}
static inline size_t fm_shape_bytes(const fm_shape s) { return dnnl_memory_desc_get_size(s); }
static inline void fm_release_shape(fm_shape s) {
  if (s) dnnl_memory_desc_destroy(s);
}
static inline dnnl_status_t fm_append_activation(
    dnnl_post_ops_t after, dnnl_alg_kind_t kind, float alpha) {
  return dnnl_post_ops_append_eltwise(after, kind, alpha, 0);
}
static inline dnnl_status_t fm_append_sum(dnnl_post_ops_t after) {
  return dnnl_post_ops_append_sum(after, 1, 0, dnnl_data_type_undef);
}
static inline dnnl_status_t fm_describe_product(
    dnnl_primitive_desc_t *d, fm_shape x, fm_shape w, const fm_shape *b, fm_shape y,
    const_dnnl_primitive_attr_t attributes) {
  return dnnl_matmul_primitive_desc_create(d, fm_lane_engine(), x, w, b ? *b : NULL, y, attributes);
}
static inline dnnl_status_t fm_describe_convolution(
    dnnl_primitive_desc_t *d, fm_shape x, fm_shape w, const fm_shape *b, fm_shape y,
    fm_sliding s, const_dnnl_primitive_attr_t attributes) {
  const dnnl_dims_t no_holes = {0, 0};
  return dnnl_convolution_forward_primitive_desc_create(
      d, fm_lane_engine(), dnnl_forward_inference, dnnl_convolution_direct, x, w, b ? *b : NULL, y,
      s.strides, no_holes, s.before, s.after, attributes);
}
static inline dnnl_status_t fm_describe_way_back(
    dnnl_primitive_desc_t *d, fm_shape dx, fm_shape w, fm_shape dy, fm_sliding s,
    const_dnnl_primitive_attr_t attributes) {
  const dnnl_dims_t no_holes = {0, 0};
  return dnnl_convolution_backward_data_primitive_desc_create(
      d, fm_lane_engine(), dnnl_convolution_direct, dx, w, dy, s.strides, no_holes, s.before, s.after,
      NULL, attributes);
}
#else
typedef dnnl_memory_desc_t fm_shape;
#define FM_VIEW(s) (&(s))
static inline dnnl_status_t fm_strided(
    fm_shape *s, int axes, const dnnl_dims_t dims, dnnl_data_type_t type,
    const dnnl_dims_t strides) {
  return dnnl_memory_desc_init_by_strides(s, axes, dims, type, strides);
}
static inline dnnl_status_t fm_ordered(
    fm_shape *s, int axes, const dnnl_dims_t dims, dnnl_data_type_t type, dnnl_format_tag_t order) {
  return dnnl_memory_desc_init_by_tag(s, axes, dims, type, order);
}
static inline dnnl_status_t fm_copy_shape(fm_shape *to, const dnnl_memory_desc_t *from) {
  *to = *from;
  return dnnl_success;
}
static inline size_t fm_shape_bytes(const fm_shape s) { return dnnl_memory_desc_get_size(&s); }
static inline void fm_release_shape(fm_shape s) { (void)s; }
static inline dnnl_status_t fm_append_activation(
    dnnl_post_ops_t after, dnnl_alg_kind_t kind, float alpha) {
  return dnnl_post_ops_append_eltwise(after, 1, kind, alpha, 0);
}
static inline dnnl_status_t fm_append_sum(dnnl_post_ops_t after) {
  return dnnl_post_ops_append_sum(after, 1);
}
static inline dnnl_status_t fm_describe_product(
    dnnl_primitive_desc_t *d, fm_shape x, fm_shape w, const fm_shape *b, fm_shape y,
    const_dnnl_primitive_attr_t attributes) {
  dnnl_matmul_desc_t operation;
  dnnl_status_t status = dnnl_matmul_desc_init(&operation, &x, &w, b, &y);
  return status ? status : dnnl_primitive_desc_create(d, &operation, attributes, fm_lane_engine(), NULL);
}
static inline dnnl_status_t fm_describe_convolution(
    dnnl_primitive_desc_t *d, fm_shape x, fm_shape w, const fm_shape *b, fm_shape y,
    fm_sliding s, const_dnnl_primitive_attr_t attributes) {
  dnnl_convolution_desc_t operation;
  dnnl_status_t status = dnnl_convolution_forward_desc_init(
      &operation, dnnl_forward_inference, dnnl_convolution_direct, &x, &w, b, &y, s.strides,
      s.before, s.after);
  return status ? status : dnnl_primitive_desc_create(d, &operation, attributes, fm_lane_engine(), NULL);
}
static inline dnnl_status_t fm_describe_way_back(
    dnnl_primitive_desc_t *d, fm_shape dx, fm_shape w, fm_shape dy, fm_sliding s,
    const_dnnl_primitive_attr_t attributes) {
  dnnl_convolution_desc_t operation;
  dnnl_status_t status = dnnl_convolution_backward_data_desc_init(
      &operation, dnnl_convolution_direct, &dx, &w, &dy, s.strides, s.before, s.after);
  return status ? status : dnnl_primitive_desc_create(d, &operation, attributes, fm_lane_engine(), NULL);
}
#endif

/// Runs a primitive on memory that others own, on the calling thread's own stream.
int fm_run_primitive(
    dnnl_primitive_t primitive, int count, const int *places, const fm_shape *const *shapes,
    void *const *memory);

/// Copies from one order or type into another.
int fm_reorder(const fm_shape *from, void *source, const fm_shape *to, void *target);

/// Makes the attributes that every primitive here needs: the caller provides scratch memory,
/// because a primitive that runs on two threads at once with oneDNN's own gives silently wrong
/// results.
dnnl_status_t fm_make_attributes(dnnl_primitive_attr_t *attributes);

dnnl_data_type_t fm_type_of(fm_number type);
