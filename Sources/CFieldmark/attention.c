#include "kernels.h"
#include "lanes.h"
#include "parallel.h"
#include "vectors.h"

#include <math.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

/// One head over one sequence, and memory to work in.
typedef struct {
  /// `first` is how many keys come before the first query's own.
  int64_t queries, first, keys, width, key_vectors, width_vectors;
  int64_t query_bytes, answer_bytes;
  /// The distance of each key from the first row of all, in bytes.
  const int64_t *places;
  int is_causal;
  float scale;
  uint32_t *turned, *values;
  float *scores, *answers;
} fm_head;

typedef void (*head_kernel)(
    const fm_head *, const char *queries, const char *keys, const char *values, char *answers);

#define FM_TARGET
#define FM_NAME(x) x##_plainly
#define FM_ROWS 2
#define FM_BFLOATS 0
#include "attention_kernel.h"

#if defined(__x86_64__)
#define FM_TARGET __attribute__((target("avx2,fma")))
#define FM_NAME(x) x##_avx2
#define FM_ROWS 2
#define FM_BFLOATS 0
#include "attention_kernel.h"

#define FM_AVX512 "avx2,fma,avx512f,avx512bw,avx512vl,avx512dq"
#define FM_TARGET __attribute__((target(FM_AVX512)))
#define FM_NAME(x) x##_avx512
#define FM_ROWS 6
#define FM_BFLOATS 0
#include "attention_kernel.h"

#define FM_TARGET __attribute__((target(FM_AVX512 ",avx512bf16")))
#define FM_NAME(x) x##_bfloats
#define FM_ROWS 6
#define FM_BFLOATS 1
#define FM_DOT(sum, a, b) \
  ((floats)_mm512_dpbf16_ps((__m512)(sum), (__m512bh)(a), (__m512bh)(b)))
#include "attention_kernel.h"

static head_kernel kernel(fm_number type, fm_isa isa) {
  __builtin_cpu_init();
  if (type == FM_BF16) return __builtin_cpu_supports("avx512bf16") ? head_bfloats : NULL;
  if (isa == FM_PLAIN) return head_plainly;
  if (isa == FM_ALL && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq"))
    return head_avx512;
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? head_avx2
                                                                          : head_plainly;
}
#else
static head_kernel kernel(fm_number type, fm_isa isa) {
  (void)isa;
  return type == FM_BF16 ? NULL : head_plainly;
}
#endif

typedef struct {
  const fm_attention *how;
  const char *queries, *keys, *values;
  char *answers;
  head_kernel run;
  int failed;
} work;

/// One piece of work is one head of one sequence.
static void attend(void *context, int64_t start, int64_t end) {
  enum { most_rows = 6 };
  work *w = context;
  const fm_attention *how = w->how;
  const int64_t size = how->type == FM_BF16 ? 2 : 4, width = how->head_width;
  int64_t longest = 0;
  for (int64_t i = 0; i < how->sequences; i++)
    if (how->starts[i + 1] - how->starts[i] > longest)
      longest = how->starts[i + 1] - how->starts[i];
  const int64_t keys = (longest + 15) / 16 * 16, columns = (width + 15) / 16 * 16;
  // The memory holds transposed keys, values, scores and answers of some rows, and where each key
  // lies.
  const int64_t parts[] = {width * keys, keys * columns, most_rows * keys, most_rows * columns};
  uint32_t *memory = fm_lane_memory(
      FM_LANE_KERNEL, 4 * (size_t)(parts[0] + parts[1] + parts[2] + parts[3] + 2 * keys));
  if (!memory) {
    w->failed = 1;
    return;
  }
  int64_t *places = (int64_t *)(memory + parts[0] + parts[1] + parts[2] + parts[3]);
  for (int64_t piece = start; piece < end; piece++) {
    const int64_t sequence = piece / how->heads, head = piece % how->heads;
    const int64_t begin = how->starts[sequence], count = how->starts[sequence + 1] - begin;
    const int64_t shared = how->shared && !how->has_one_query ? how->shared[sequence] : 0;
    if (shared == count) continue;
    for (int64_t i = 0; i < count; i++)
      places[i] = size * how->key_row * (how->rows ? how->rows[begin + i] : begin + i);
    const int64_t own = begin + shared;
    const int64_t query = how->has_one_query ? sequence : how->rows ? how->rows[own] : own;
    fm_head h = {
        .queries = how->has_one_query ? 1 : count - shared, .first = shared, .keys = count,
        .width = width, .key_vectors = (count + 15) / 16, .width_vectors = columns / 16,
        .query_bytes = size * how->query_row, .answer_bytes = size * how->answer_row,
        .places = places, .is_causal = how->is_causal && !how->has_one_query,
        .scale = 1 / sqrtf((float)width), .turned = memory, .values = memory + parts[0],
        .scores = (float *)memory + parts[0] + parts[1],
        .answers = (float *)memory + parts[0] + parts[1] + parts[2]};
    const int64_t column = size * head * width;
    w->run(
        &h, w->queries + query * h.query_bytes + column, w->keys + column, w->values + column,
        w->answers + query * h.answer_bytes + column);
  }
}

int fm_attend(
    const fm_attention *how, const void *queries, const void *keys, const void *values,
    void *answers, int threads) {
  work w = {how, queries, keys, values, answers, kernel(how->type, how->isa), 0};
  if (!w.run) return -1;
  fm_parallel(threads, how->sequences * how->heads, attend, &w);
  return w.failed ? -1 : 0;
}
