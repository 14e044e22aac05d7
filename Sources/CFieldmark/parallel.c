#include "parallel.h"

#include "lanes.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define FM_PAUSE() _mm_pause()
#else
#define FM_PAUSE() ((void)0)
#endif

// A waiting thread looks this many times before it sleeps. That takes about 50 microseconds, a
// little more than waking a sleeper. If it looked for longer, it would keep a core from threads
// that have work.
enum { LOOKS = 2000 };

// `state` is one number, so that it changes as a whole. It holds the number of the work (upper
// half), whether helpers may still join it, and how many of them are inside.
#define OPEN (UINT64_C(1) << 31)
#define INSIDE(state) ((state) & (OPEN - 1))
#define WORK(state) ((state) >> 32)

/// The threads that help one other thread. They sleep if there is nothing to do.
typedef struct fm_team fm_team;
struct fm_team {
  _Atomic uint64_t state;
  _Atomic int64_t next;
  // These belong to the work that is open, and are written only while nobody is inside.
  fm_body body;
  void *context;
  int64_t count, step;
  _Atomic uint64_t most;
  pthread_mutex_t lock;
  pthread_cond_t work, done;
  atomic_int sleepers, ends;
  int size;
  pthread_t threads[];
};

static void do_pieces(fm_team *t) {
  for (;;) {
    const int64_t start = atomic_fetch_add(&t->next, t->step);
    if (start >= t->count) return;
    const int64_t left = t->count - start;
    t->body(t->context, start, start + (left < t->step ? left : t->step));
  }
}

/// Whether a helper that has last seen this work has new work to do, or has to end.
static int is_wanted(fm_team *t, uint64_t seen) {
  const uint64_t state = atomic_load(&t->state);
  return ((state & OPEN) && WORK(state) != seen) || atomic_load(&t->ends);
}

static void wait_for_work(fm_team *t, uint64_t seen) {
  for (int look = 0; look < LOOKS; look++) {
    if (is_wanted(t, seen)) return;
    FM_PAUSE();
  }
  pthread_mutex_lock(&t->lock);
  atomic_fetch_add(&t->sleepers, 1);
  while (!is_wanted(t, seen)) pthread_cond_wait(&t->work, &t->lock);
  atomic_fetch_sub(&t->sleepers, 1);
  pthread_mutex_unlock(&t->lock);
}

static void *help(void *pointer) {
  fm_team *t = pointer;
  uint64_t seen = 0;
  for (;;) {
    wait_for_work(t, seen);
    if (atomic_load(&t->ends)) return NULL;
    uint64_t state = atomic_load(&t->state);
    if (!(state & OPEN) || WORK(state) == seen) continue;
    if (INSIDE(state) >= atomic_load(&t->most)) {
      seen = WORK(state);
      continue;
    }
    if (!atomic_compare_exchange_weak(&t->state, &state, state + 1)) continue;
    seen = WORK(state);
    do_pieces(t);
    state = atomic_fetch_sub(&t->state, 1);
    if (INSIDE(state) == 1 && !(state & OPEN)) {
      pthread_mutex_lock(&t->lock);
      pthread_cond_signal(&t->done);
      pthread_mutex_unlock(&t->lock);
    }
  }
}

/// Makes a team of as many helpers as the system gives, up to `size`.
static fm_team *make(int size) {
  fm_team *t = calloc(1, sizeof *t + (size_t)size * sizeof *t->threads);
  if (!t) return NULL;
  pthread_mutex_init(&t->lock, NULL);
  pthread_cond_init(&t->work, NULL);
  pthread_cond_init(&t->done, NULL);
  // Helpers block all signals, so that these go to the program's own threads, which handle them.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  while (t->size < size && !pthread_create(&t->threads[t->size], NULL, help, t)) t->size++;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return t;
}

static void release(void *team) {
  fm_team *t = team;
  pthread_mutex_lock(&t->lock);
  atomic_store(&t->ends, 1);
  pthread_cond_broadcast(&t->work);
  pthread_mutex_unlock(&t->lock);
  for (int i = 0; i < t->size; i++) pthread_join(t->threads[i], NULL);
  pthread_cond_destroy(&t->work);
  pthread_cond_destroy(&t->done);
  pthread_mutex_destroy(&t->lock);
  free(t);
}

static void run(fm_team *t, int helpers, int64_t count, int64_t step, fm_body body, void *context) {
  t->body = body, t->context = context, t->count = count, t->step = step;
  atomic_store(&t->most, (uint64_t)helpers);
  atomic_store(&t->next, 0);
  atomic_store(&t->state, ((WORK(atomic_load(&t->state)) + 1) << 32) | OPEN);
  if (atomic_load(&t->sleepers)) {
    pthread_mutex_lock(&t->lock);
    pthread_cond_broadcast(&t->work);
    pthread_mutex_unlock(&t->lock);
  }
  do_pieces(t);
  // No helper joins any more, and those inside are at their last pieces.
  uint64_t state = atomic_fetch_and(&t->state, ~OPEN);
  for (int look = 0; INSIDE(state) && look < LOOKS; look++) {
    FM_PAUSE();
    state = atomic_load(&t->state);
  }
  if (!INSIDE(state)) return;
  // While this thread sleeps, its core is free for a helper that lost its own.
  pthread_mutex_lock(&t->lock);
  while (INSIDE(atomic_load(&t->state))) pthread_cond_wait(&t->done, &t->lock);
  pthread_mutex_unlock(&t->lock);
}

static void share_out(int threads, int64_t count, int64_t step, fm_body body, void *context) {
  const int64_t steps = (count + step - 1) / step;
  if (threads > steps) threads = (int)steps;
  fm_kept *own = threads > 1 ? fm_lane_team() : NULL;
  fm_team *team = own ? own->what : NULL;
  if (team && team->size < threads - 1) release(team), team = NULL;
  if (own && !team) team = make(threads - 1);
  if (own) *own = (fm_kept){team, release};
  if (team && team->size) {
    run(team, threads - 1, count, step, body, context);
  } else if (count > 0) {
    body(context, 0, count);
  }
}

void fm_parallel(int threads, int64_t count, fm_body body, void *context) {
  // Each thread takes pieces about eight times, so that all threads end at about the same time.
  const int64_t step = count / (8 * (int64_t)(threads > 0 ? threads : 1));
  share_out(threads, count, step > 1 ? step : 1, body, context);
}

void fm_parallel_singly(int threads, int64_t count, fm_body body, void *context) {
  share_out(threads, count, 1, body, context);
}
