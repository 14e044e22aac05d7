#include "filters.h"

#include "lanes.h"

#include <stdlib.h>

static void free_packing(fm_packing *p) {
  fm_release_shape(p->shape);
  free(p->memory);
  free(p);
}

static fm_packing *make_packing(const fm_shape from, void *memory, const fm_shape *to) {
  fm_packing *p = calloc(1, sizeof *p);
  if (!p || fm_copy_shape(&p->shape, FM_VIEW(*to))) return free(p), NULL;
  size_t bytes = fm_shape_bytes(p->shape);
  p->memory = fm_lasting_memory(&bytes);
  if (!p->memory || fm_reorder(&from, memory, &p->shape, p->memory)) return free_packing(p), NULL;
  return p;
}

/// The shape of plain weights: outputs x inputs x rows x columns.
static dnnl_status_t plain_shape(fm_shape *shape, fm_window w) {
  const dnnl_dims_t dims = {w.outputs, w.inputs, w.side, w.side};
  return fm_ordered(shape, 4, dims, dnnl_f32, dnnl_oihw);
}

/// Makes the first packing anew in another order, by way of the plain one, because oneDNN can
/// reorder to and from plain weights whatever the orders are.
static fm_packing *repack(const fm_filters *f, const fm_shape *to) {
  const fm_packing *first = f->packings;
  fm_shape plain;
  if (plain_shape(&plain, f->window)) return NULL;
  size_t bytes = fm_shape_bytes(plain);
  void *memory = fm_lasting_memory(&bytes);
  fm_packing *made = NULL;
  if (memory && !fm_reorder(&first->shape, first->memory, &plain, memory))
    made = make_packing(plain, memory, to);
  free(memory);
  fm_release_shape(plain);
  return made;
}

const fm_packing *fm_filters_find(fm_filters *f, const fm_shape *wanted) {
  pthread_mutex_lock(&f->lock);
  fm_packing **place = &f->packings;
  while (*place && !dnnl_memory_desc_equal(FM_VIEW((*place)->shape), FM_VIEW(*wanted)))
    place = &(*place)->next;
  if (!*place) *place = repack(f, wanted);
  const fm_packing *found = *place;
  pthread_mutex_unlock(&f->lock);
  return found;
}

fm_filters *fm_filters_pack(
    fm_window window, dnnl_data_type_t type, const float *plain, const fm_shape *order) {
  fm_filters *f = calloc(1, sizeof *f);
  if (!f) return NULL;
  pthread_mutex_init(&f->lock, NULL);
  f->window = window, f->type = type;
  fm_shape shape;
  if (!plain_shape(&shape, window)) {
    f->packings = make_packing(shape, (void *)plain, order);
    fm_release_shape(shape);
  }
  return f->packings ? f : (fm_filters_free(f), NULL);
}

void fm_filters_free(fm_filters *f) {
  if (!f) return;
  for (fm_packing *p = f->packings, *next; p; p = next) next = p->next, free_packing(p);
  pthread_mutex_destroy(&f->lock);
  free(f);
}
