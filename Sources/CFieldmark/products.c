#include "products.h"

#include <oneapi/dnnl/dnnl.h>
#include <pthread.h>
#include <stdlib.h>

// Part of OpenMP, which Debian's oneDNN runs on; its header is not installed everywhere.
extern void omp_set_num_threads(int);
extern int omp_get_max_threads(void);

// Version 3 made memory descriptions opaque and dropped operation descriptions. What differs is
// between here and the line of stars; the rest is written once.
#if DNNL_VERSION_MAJOR >= 3
typedef dnnl_memory_desc_t shape;
#define VIEW(s) (s)
static dnnl_status_t strided(shape *s, const dnnl_dims_t dims, const dnnl_dims_t strides) {
  return dnnl_memory_desc_create_with_strides(s, 2, dims, dnnl_f32, strides);
}
static dnnl_status_t any_order(shape *s, const dnnl_dims_t dims) {
  return dnnl_memory_desc_create_with_tag(s, 2, dims, dnnl_f32, dnnl_format_tag_any);
}
static dnnl_status_t copy(shape *to, const_dnnl_memory_desc_t from) {
  return dnnl_memory_desc_clone(to, from);
}
static size_t bytes(const shape s) { return dnnl_memory_desc_get_size(s); }
static void release(shape s) {
  if (s) dnnl_memory_desc_destroy(s);
}
static dnnl_status_t describe(
    dnnl_primitive_desc_t *d, dnnl_engine_t engine, shape x, shape w, shape *b, shape y,
    const_dnnl_primitive_attr_t attributes) {
  return dnnl_matmul_primitive_desc_create(d, engine, x, w, b ? *b : NULL, y, attributes);
}
#else
typedef dnnl_memory_desc_t shape;
#define VIEW(s) (&(s))
static dnnl_status_t strided(shape *s, const dnnl_dims_t dims, const dnnl_dims_t strides) {
  return dnnl_memory_desc_init_by_strides(s, 2, dims, dnnl_f32, strides);
}
static dnnl_status_t any_order(shape *s, const dnnl_dims_t dims) {
  return dnnl_memory_desc_init_by_tag(s, 2, dims, dnnl_f32, dnnl_format_tag_any);
}
static dnnl_status_t copy(shape *to, const dnnl_memory_desc_t *from) {
  *to = *from;
  return dnnl_success;
}
static size_t bytes(const shape s) { return dnnl_memory_desc_get_size(&s); }
static void release(shape s) { (void)s; }
static dnnl_status_t describe(
    dnnl_primitive_desc_t *d, dnnl_engine_t engine, shape x, shape w, shape *b, shape y,
    const_dnnl_primitive_attr_t attributes) {
  dnnl_matmul_desc_t operation;
  dnnl_status_t status = dnnl_matmul_desc_init(&operation, &x, &w, b, &y);
  return status ? status : dnnl_primitive_desc_create(d, &operation, attributes, engine, NULL);
}
#endif
// ****

struct fm_product {
  shape x, plain, packed, bias, y, scratch;
  int has_bias;
  dnnl_primitive_desc_t description;
  dnnl_primitive_t primitive;
};

// One engine for the process, made once and never changed; one stream and one scratch buffer for
// each thread, because neither may be shared.
static dnnl_engine_t engine;
static pthread_once_t engine_once = PTHREAD_ONCE_INIT;
static pthread_key_t lane_key;
typedef struct {
  dnnl_stream_t stream;
  void *scratch;
  size_t count;
} lane;

static void release_lane(void *pointer) {
  lane *l = pointer;
  dnnl_stream_destroy(l->stream);
  free(l->scratch);
  free(l);
}
static void make_engine(void) {
  if (dnnl_engine_create(&engine, dnnl_cpu, 0)) engine = NULL;
  pthread_key_create(&lane_key, release_lane);
}
static lane *own_lane(size_t scratch) {
  lane *l = pthread_getspecific(lane_key);
  if (!l) {
    if (!(l = calloc(1, sizeof *l))) return NULL;
    if (dnnl_stream_create(&l->stream, engine, dnnl_stream_default_flags)) return free(l), NULL;
    pthread_setspecific(lane_key, l);
  }
  if (l->count < scratch) {
    free(l->scratch);
    l->count = (scratch + 4095) & ~(size_t)4095;
    if (!(l->scratch = aligned_alloc(4096, l->count))) return l->count = 0, NULL;
  }
  return l;
}

static dnnl_status_t prepare(fm_product *p, int64_t rows, int64_t inputs, int64_t outputs) {
  const dnnl_dims_t x = {rows, inputs}, w = {inputs, outputs};
  const dnnl_dims_t y = {rows, outputs}, b = {1, outputs};
  const dnnl_dims_t by_input = {inputs, 1}, by_output = {outputs, 1}, turned = {1, inputs};
  dnnl_primitive_attr_t attributes = NULL;
  dnnl_status_t status = strided(&p->x, x, by_input);
  if (!status) status = strided(&p->plain, w, turned);
  if (!status) status = any_order(&p->packed, w);
  if (!status) status = strided(&p->y, y, by_output);
  if (!status && p->has_bias) status = strided(&p->bias, b, by_output);
  if (!status) status = dnnl_primitive_attr_create(&attributes);
  // Without a scratch buffer of its own for each thread, one product on two threads at once is
  // wrong, silently.
  if (!status)
    status = dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user);
  shape *bias = p->has_bias ? &p->bias : NULL;
  if (!status)
    status = describe(&p->description, engine, p->x, p->packed, bias, p->y, attributes);
  if (!status) status = dnnl_primitive_create(&p->primitive, p->description);
  if (attributes) dnnl_primitive_attr_destroy(attributes);
  if (status) return status;
  release(p->packed);
  status = copy(
      &p->packed, dnnl_primitive_desc_query_md(p->description, dnnl_query_weights_md, 0));
  return status ? status
                : copy(&p->scratch, dnnl_primitive_desc_query_md(
                                        p->description, dnnl_query_scratchpad_md, 0));
}

fm_product *fm_product_make(
    int64_t rows, int64_t inputs, int64_t outputs, int has_bias, int threads) {
  pthread_once(&engine_once, make_engine);
  fm_product *p = engine ? calloc(1, sizeof *p) : NULL;
  if (!p) return NULL;
  p->has_bias = has_bias;
  int before = omp_get_max_threads();
  omp_set_num_threads(threads);
  dnnl_status_t status = prepare(p, rows, inputs, outputs);
  omp_set_num_threads(before);
  if (status) return fm_product_free(p), NULL;
  return p;
}

void fm_product_free(fm_product *p) {
  if (!p) return;
  if (p->primitive) dnnl_primitive_destroy(p->primitive);
  if (p->description) dnnl_primitive_desc_destroy(p->description);
  release(p->x), release(p->plain), release(p->packed), release(p->y), release(p->scratch);
  if (p->has_bias) release(p->bias);
  free(p);
}

size_t fm_product_packed_bytes(const fm_product *p) { return bytes(p->packed); }

/// Runs a primitive on memory that others own; `count` of the places are used.
static int run(
    dnnl_primitive_t primitive, lane *l, dnnl_exec_arg_t *arguments, const shape *const *shapes,
    void *const *memory, int count) {
  int status = 0, made = 0;
  for (; made < count && !status; made++)
    status = dnnl_memory_create(
        &arguments[made].memory, VIEW(*shapes[made]), engine, memory[made]);
  if (status) made--;
  if (!status) status = dnnl_primitive_execute(primitive, l->stream, count, arguments);
  if (!status) status = dnnl_stream_wait(l->stream);
  while (made-- > 0) dnnl_memory_destroy(arguments[made].memory);
  return status;
}

int fm_product_pack(const fm_product *p, const float *weights, void *packed) {
  lane *l = own_lane(0);
  dnnl_primitive_desc_t description = NULL;
  dnnl_primitive_t reorder = NULL;
  if (!l) return -1;
  int status = dnnl_reorder_primitive_desc_create(
      &description, VIEW(p->plain), engine, VIEW(p->packed), engine, NULL);
  if (!status) status = dnnl_primitive_create(&reorder, description);
  if (!status) {
    dnnl_exec_arg_t arguments[] = {{DNNL_ARG_FROM, NULL}, {DNNL_ARG_TO, NULL}};
    const shape *shapes[] = {&p->plain, &p->packed};
    void *memory[] = {(void *)weights, packed};
    status = run(reorder, l, arguments, shapes, memory, 2);
  }
  if (reorder) dnnl_primitive_destroy(reorder);
  if (description) dnnl_primitive_desc_destroy(description);
  return status;
}

int fm_product_run(
    const fm_product *p, const float *x, const void *packed, const float *bias, float *y) {
  lane *l = own_lane(bytes(p->scratch));
  if (!l) return -1;
  dnnl_exec_arg_t arguments[] = {
      {DNNL_ARG_SRC, NULL}, {DNNL_ARG_WEIGHTS, NULL}, {DNNL_ARG_DST, NULL},
      {DNNL_ARG_SCRATCHPAD, NULL}, {DNNL_ARG_BIAS, NULL}};
  const shape *shapes[] = {&p->x, &p->packed, &p->y, &p->scratch, &p->bias};
  void *memory[] = {(void *)x, (void *)packed, y, l->scratch, (void *)bias};
  return run(p->primitive, l, arguments, shapes, memory, p->has_bias ? 5 : 4);
}
