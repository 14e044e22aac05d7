#include "lanes.h"

#include "kernels.h"
#include "onednn.h"
#include "parallel.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

extern int omp_get_num_procs(void);
extern int omp_get_max_threads(void);
extern void omp_set_num_threads(int);

// One engine for the process; a stream, scratch memory and helping threads for each thread.
static dnnl_engine_t engine;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;

typedef struct {
  int threads;
  fm_team *team;
  dnnl_stream_t stream;
  void *memory[FM_LANE_PLACES];
  size_t bytes[FM_LANE_PLACES];
} lane;

static void release(void *pointer) {
  lane *l = pointer;
  fm_team_free(l->team);
  if (l->stream) dnnl_stream_destroy(l->stream);
  for (int place = 0; place < FM_LANE_PLACES; place++) free(l->memory[place]);
  free(l);
}

static void start(void) {
  if (dnnl_engine_create(&engine, dnnl_cpu, 0)) engine = NULL;
  pthread_key_create(&key, release);
}

static lane *own(void) {
  pthread_once(&once, start);
  lane *l = pthread_getspecific(key);
  if (l || !(l = calloc(1, sizeof *l))) return l;
  pthread_setspecific(key, l);
  // OpenMP's threads, which Debian's oneDNN runs on, look for work without end while they wait for
  // each other, and how many there are decides how oneDNN divides its sums. So oneDNN gets one, and
  // what is worth more is cut into pieces here.
  l->threads = omp_get_max_threads();
  omp_set_num_threads(1);
  return l;
}

dnnl_engine_t fm_engine(void) { return own() ? engine : NULL; }

fm_team **fm_lane_team(void) {
  lane *l = own();
  return l ? &l->team : NULL;
}

void *fm_lane_memory(enum fm_lane_place place, size_t bytes) {
  lane *l = own();
  if (!l) return NULL;
  if (l->bytes[place] < bytes || !l->memory[place]) {
    free(l->memory[place]);
    l->bytes[place] = bytes;
    if (!(l->memory[place] = fm_lasting_memory(&l->bytes[place]))) l->bytes[place] = 0;
  }
  return l->memory[place];
}

void *fm_lasting_memory(size_t *bytes) {
  const size_t large = (size_t)2 << 20, page = *bytes >= large ? large : 4096, wanted = *bytes;
  *bytes = *bytes ? (*bytes + page - 1) & ~(page - 1) : page;
  void *memory = aligned_alloc(page, *bytes);
  // Not for the last part, of which most would never be used.
  if (memory && page == large) madvise(memory, wanted / large * large, MADV_HUGEPAGE);
  return memory;
}

void *fm_work_memory(size_t bytes) { return fm_lane_memory(FM_LANE_WORK, bytes); }

int fm_threads(void) {
  const lane *l = own();
  return l ? l->threads : 1;
}
void fm_set_threads(int threads) {
  lane *l = own();
  if (l) l->threads = threads;
}
int fm_processors(void) { return omp_get_num_procs(); }

int fm_read_small_file(const char *path, uint8_t *bytes, size_t count) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return -1;
  ssize_t length = read(file, bytes, count);
  close(file);
  return (int)length;
}

dnnl_stream_t fm_lane_stream(void) {
  lane *l = own();
  if (!l || !fm_engine()) return NULL;
  if (!l->stream && dnnl_stream_create(&l->stream, engine, dnnl_stream_default_flags))
    l->stream = NULL;
  return l->stream;
}

int fm_run_primitive(
    dnnl_primitive_t primitive, int count, const int *places, const fm_shape *const *shapes,
    void *const *memory) {
  dnnl_exec_arg_t arguments[8];
  dnnl_stream_t stream = fm_lane_stream();
  int status = stream && count <= 8 ? 0 : -1, made = 0;
  for (; made < count && !status; made++) {
    arguments[made].arg = places[made];
    status = dnnl_memory_create(
        &arguments[made].memory, FM_VIEW(*shapes[made]), engine, memory[made]);
  }
  if (status && made) made--;
  if (!status) status = dnnl_primitive_execute(primitive, stream, count, arguments);
  if (!status) status = dnnl_stream_wait(stream);
  while (made-- > 0) dnnl_memory_destroy(arguments[made].memory);
  return status;
}

int fm_reorder(const fm_shape *from, void *source, const fm_shape *to, void *target) {
  dnnl_primitive_desc_t description = NULL;
  dnnl_primitive_t primitive = NULL;
  const fm_shape *shapes[] = {from, to};
  void *memory[] = {source, target};
  const int places[] = {DNNL_ARG_FROM, DNNL_ARG_TO};
  int status = dnnl_reorder_primitive_desc_create(
      &description, FM_VIEW(*from), fm_engine(), FM_VIEW(*to), fm_engine(), NULL);
  if (!status) status = dnnl_primitive_create(&primitive, description);
  if (!status) status = fm_run_primitive(primitive, 2, places, shapes, memory);
  if (primitive) dnnl_primitive_destroy(primitive);
  if (description) dnnl_primitive_desc_destroy(description);
  return status;
}

dnnl_status_t fm_make_attributes(dnnl_primitive_attr_t *attributes) {
  dnnl_status_t status = dnnl_primitive_attr_create(attributes);
  return status ? status
                : dnnl_primitive_attr_set_scratchpad_mode(
                      *attributes, dnnl_scratchpad_mode_user);
}

dnnl_data_type_t fm_type_of(fm_number type) {
  return type == FM_BF16 ? dnnl_bf16 : dnnl_f32;
}
