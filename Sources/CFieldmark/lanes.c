#include "lanes.h"

#include "kernels.h"

#include <fcntl.h>
#include <oneapi/dnnl/dnnl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

extern int omp_get_num_procs(void);
extern int omp_get_max_threads(void);
extern void omp_set_num_threads(int);

// There is one engine for the process. Each thread has its own stream, scratch memory and helping
// threads.
static dnnl_engine_t engine;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;

typedef struct {
  int threads;
  fm_kept team;
  dnnl_stream_t stream;
  void *memory[FM_LANE_PLACES];
  size_t bytes[FM_LANE_PLACES];
} lane;

static void release(void *pointer) {
  lane *l = pointer;
  if (l->team.what) l->team.release(l->team.what);
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
  // Debian's oneDNN runs on OpenMP's threads. They spin without end while they wait for each other,
  // and their number decides how oneDNN splits its sums. So oneDNN gets one thread, and larger work
  // is cut into pieces here.
  l->threads = omp_get_max_threads();
  omp_set_num_threads(1);
  return l;
}

dnnl_engine_t fm_lane_engine(void) { return own() ? engine : NULL; }

fm_kept *fm_lane_team(void) {
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
  // The last part is left out, because most of a large page would never be used there.
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
  if (!l || !fm_lane_engine()) return NULL;
  if (!l->stream && dnnl_stream_create(&l->stream, engine, dnnl_stream_default_flags))
    l->stream = NULL;
  return l->stream;
}
