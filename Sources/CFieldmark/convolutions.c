#include "convolutions.h"

#include "lanes.h"
#include "onednn.h"

#include <pthread.h>
#include <stdlib.h>

/// Weights in one order; never changed once it is in the list.
typedef struct packing {
  fm_shape shape;
  void *memory;
  struct packing *next;
} packing;

struct fm_filters {
  fm_window window;
  dnnl_data_type_t type;
  pthread_mutex_t lock;
  /// The first one holds the numbers that all others are made of.
  packing *packings;
};

struct fm_convolution {
  const packing *weights;
  fm_shape x, bias, y, scratch;
  int has_bias, is_back;
  size_t scratch_bytes;
  dnnl_primitive_desc_t description;
  dnnl_primitive_t primitive;
};

static void free_packing(packing *p) {
  fm_release_shape(p->shape);
  free(p->memory);
  free(p);
}

static packing *make_packing(const fm_shape from, void *memory, const fm_shape *to) {
  packing *p = calloc(1, sizeof *p);
  if (!p || fm_copy_shape(&p->shape, FM_VIEW(*to))) return free(p), NULL;
  size_t bytes = fm_shape_bytes(p->shape);
  p->memory = fm_lasting_memory(&bytes);
  if (!p->memory || fm_reorder(&from, memory, &p->shape, p->memory)) return free_packing(p), NULL;
  return p;
}

/// Plain weights: outputs x inputs x rows x columns.
static dnnl_status_t plain_shape(fm_shape *shape, fm_window w) {
  const dnnl_dims_t dims = {w.outputs, w.inputs, w.side, w.side};
  return fm_ordered(shape, 4, dims, dnnl_f32, dnnl_oihw);
}

/// The first packing in another order, by way of the plain one: oneDNN knows both halves of the way
/// whatever the orders are.
static packing *repack(const fm_filters *f, const fm_shape *to) {
  const packing *first = f->packings;
  fm_shape plain;
  if (plain_shape(&plain, f->window)) return NULL;
  size_t bytes = fm_shape_bytes(plain);
  void *memory = fm_lasting_memory(&bytes);
  packing *made = NULL;
  if (memory && !fm_reorder(&first->shape, first->memory, &plain, memory))
    made = make_packing(plain, memory, to);
  free(memory);
  fm_release_shape(plain);
  return made;
}

static const packing *find_packing(fm_filters *f, const fm_shape *wanted) {
  pthread_mutex_lock(&f->lock);
  packing **place = &f->packings;
  while (*place && !dnnl_memory_desc_equal(FM_VIEW((*place)->shape), FM_VIEW(*wanted)))
    place = &(*place)->next;
  if (!*place) *place = repack(f, wanted);
  const packing *found = *place;
  pthread_mutex_unlock(&f->lock);
  return found;
}

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

/// Describes a convolution, or its way back, that is free to choose the order of its weights.
static dnnl_status_t describe(
    fm_convolution *c, fm_window w, fm_pictures of, dnnl_data_type_t type, fm_ending ending) {
  const dnnl_dims_t x = {of.count, w.inputs, of.height, of.width},
                    dims = {w.outputs, w.inputs, w.side, w.side}, bias = {w.outputs},
                    y = {of.count, w.outputs, (of.height + 2 * w.padding - w.side) / w.stride + 1,
                         (of.width + 2 * w.padding - w.side) / w.stride + 1},
                    strides = {w.stride, w.stride}, padding = {w.padding, w.padding};
  if (c->is_back) type = dnnl_f32, ending.result = FM_F32;
  fm_shape open;
  dnnl_primitive_attr_t attributes = NULL;
  c->has_bias = ending.has_bias;
  dnnl_status_t status = fm_ordered(&open, 4, dims, type, dnnl_format_tag_any);
  if (status) return status;
  status = fm_ordered(&c->x, 4, x, type, dnnl_nhwc);
  if (!status) status = fm_ordered(&c->y, 4, y, fm_type_of(ending.result), dnnl_nhwc);
  if (!status && c->has_bias) status = fm_ordered(&c->bias, 1, bias, dnnl_f32, dnnl_a);
  if (!status) status = fm_make_attributes(&attributes);
  if (!status && !c->is_back) status = set_ending(attributes, ending);
  if (!status && c->is_back)
    status = fm_describe_way_back(&c->description, c->x, open, c->y, strides, padding, attributes);
  else if (!status)
    status = fm_describe_convolution(
        &c->description, c->x, open, c->has_bias ? &c->bias : NULL, c->y, strides, padding,
        attributes);
  if (attributes) dnnl_primitive_attr_destroy(attributes);
  fm_release_shape(open);
  return status;
}

fm_filters *fm_filters_make(
    fm_window window, const float *plain, fm_number type, fm_pictures usual) {
  fm_filters *f = fm_engine() ? calloc(1, sizeof *f) : NULL;
  fm_convolution *c = f ? calloc(1, sizeof *c) : NULL;
  if (!c) return free(f), NULL;
  pthread_mutex_init(&f->lock, NULL);
  f->window = window, f->type = fm_type_of(type);
  const fm_ending bare = {.result = FM_F32};
  fm_shape shape, packed;
  if (!describe(c, window, usual, f->type, bare) && !plain_shape(&shape, window)) {
    if (!fm_copy_shape(
            &packed, dnnl_primitive_desc_query_md(c->description, dnnl_query_weights_md, 0))) {
      f->packings = make_packing(shape, (void *)plain, &packed);
      fm_release_shape(packed);
    }
    fm_release_shape(shape);
  }
  fm_convolution_free(c);
  if (!f->packings) return fm_filters_free(f), NULL;
  return f;
}

void fm_filters_free(fm_filters *f) {
  if (!f) return;
  for (packing *p = f->packings, *next; p; p = next) next = p->next, free_packing(p);
  pthread_mutex_destroy(&f->lock);
  free(f);
}

static fm_convolution *make(
    fm_filters *f, fm_pictures of, fm_ending ending, int is_back, int threads) {
  fm_convolution *c = calloc(1, sizeof *c);
  if (!c) return NULL;
  c->is_back = is_back;
  fm_shape wanted;
  int before = omp_get_max_threads();
  omp_set_num_threads(threads);
  int status = describe(c, f->window, of, f->type, ending);
  if (!status) status = dnnl_primitive_create(&c->primitive, c->description);
  omp_set_num_threads(before);
  if (!status)
    status = fm_copy_shape(
        &c->scratch, dnnl_primitive_desc_query_md(c->description, dnnl_query_scratchpad_md, 0));
  if (!status)
    status = fm_copy_shape(
        &wanted, dnnl_primitive_desc_query_md(c->description, dnnl_query_weights_md, 0));
  if (!status) {
    c->weights = find_packing(f, &wanted);
    fm_release_shape(wanted);
  }
  if (status || !c->weights) return fm_convolution_free(c), NULL;
  c->scratch_bytes = fm_shape_bytes(c->scratch);
  return c;
}

fm_convolution *fm_convolution_make(
    fm_filters *filters, fm_pictures of, fm_ending ending, int threads) {
  return make(filters, of, ending, 0, threads);
}

fm_convolution *fm_convolution_make_back(fm_filters *filters, fm_pictures of, int threads) {
  return make(filters, of, (fm_ending){0}, 1, threads);
}

void fm_convolution_free(fm_convolution *c) {
  if (!c) return;
  if (c->primitive) dnnl_primitive_destroy(c->primitive);
  if (c->description) dnnl_primitive_desc_destroy(c->description);
  fm_release_shape(c->x), fm_release_shape(c->y), fm_release_shape(c->scratch);
  if (c->has_bias) fm_release_shape(c->bias);
  free(c);
}

int fm_convolution_run(
    const fm_convolution *c, const void *from, const float *bias, void *to) {
  void *scratch = fm_lane_memory(FM_LANE_ONEDNN, c->scratch_bytes);
  if (!scratch) return -1;
  const int places[] = {
      c->is_back ? DNNL_ARG_DIFF_DST : DNNL_ARG_SRC, DNNL_ARG_WEIGHTS,
      c->is_back ? DNNL_ARG_DIFF_SRC : DNNL_ARG_DST, DNNL_ARG_SCRATCHPAD, DNNL_ARG_BIAS};
  const fm_shape *shapes[] = {
      c->is_back ? &c->y : &c->x, &c->weights->shape, c->is_back ? &c->x : &c->y, &c->scratch,
      &c->bias};
  void *memory[] = {(void *)from, c->weights->memory, to, scratch, (void *)bias};
  return fm_run_primitive(c->primitive, c->has_bias ? 5 : 4, places, shapes, memory);
}
