#include "kernels.h"
#include "parallel.h"
#include "vectors.h"

#include <math.h>

typedef struct {
  const float *x, *weight, *bias;
  int64_t columns;
  float epsilon;
  fm_number type;
  void *y;
} rows;

// The mean comes first, then the squares of the differences, because squares of the raw numbers
// would cancel.
#define FM_NORMALIZE(name, target)                                                            \
  target static void name(void *context, int64_t start, int64_t end) {                        \
    const rows *r = context;                                                                  \
    const int64_t n = r->columns, whole = n / 16 * 16;                                        \
    for (int64_t row = start; row < end; row++) {                                             \
      const float *x = r->x + row * n;                                                        \
      floats sums = {0}, squares = {0};                                                       \
      for (int64_t c = 0; c < whole; c += 16) sums += FM_LOAD(x + c);                         \
      float sum = 0, square = 0;                                                              \
      for (int lane = 0; lane < 16; lane++) sum += sums[lane];                                \
      for (int64_t c = whole; c < n; c++) sum += x[c];                                        \
      const float mean = sum / (float)n;                                                      \
      for (int64_t c = 0; c < whole; c += 16) {                                               \
        floats d = FM_LOAD(x + c) - mean;                                                     \
        squares += d * d;                                                                     \
      }                                                                                       \
      for (int lane = 0; lane < 16; lane++) square += squares[lane];                          \
      for (int64_t c = whole; c < n; c++) square += (x[c] - mean) * (x[c] - mean);            \
      const float scale = 1 / sqrtf(square / (float)n + r->epsilon);                          \
      int64_t c = 0;                                                                          \
      if (r->type == FM_BF16) {                                                               \
        uint16_t *y = (uint16_t *)r->y + row * n;                                             \
        for (; c < whole; c += 16)                                                            \
          FM_STORE_BFLOATS(                                                                   \
              y + c, (FM_LOAD(x + c) - mean) * scale * FM_LOAD(r->weight + c) +               \
                         FM_LOAD(r->bias + c));                                               \
        for (; c < n; c++) y[c] = fm_bfloat((x[c] - mean) * scale * r->weight[c] + r->bias[c]); \
      } else {                                                                                \
        float *y = (float *)r->y + row * n;                                                   \
        for (; c < whole; c += 16)                                                            \
          FM_STORE(                                                                           \
              y + c, (FM_LOAD(x + c) - mean) * scale * FM_LOAD(r->weight + c) +               \
                         FM_LOAD(r->bias + c));                                               \
        for (; c < n; c++) y[c] = (x[c] - mean) * scale * r->weight[c] + r->bias[c];          \
      }                                                                                       \
    }                                                                                         \
  }

FM_NORMALIZE(normalize_plainly, )
#if defined(__x86_64__)
FM_NORMALIZE(normalize_avx2, __attribute__((target("avx2,fma"))))
FM_NORMALIZE(normalize_avx512, __attribute__((target("avx2,fma,avx512f,avx512bw,avx512vl"))))
#endif

void fm_normalize(
    const float *x, int64_t count, int64_t columns, const float *weight, const float *bias,
    float epsilon, fm_number type, void *y, int threads) {
  rows r = {x, weight, bias, columns, epsilon, type, y};
  fm_body body = normalize_plainly;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
    body = normalize_avx512;
  else if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    body = normalize_avx2;
#endif
  fm_parallel(threads, count, body, &r);
}

void fm_round_to_bfloats(const float *x, int64_t count, void *y) {
  uint16_t *out = y;
  int64_t i = 0;
  for (; i + 16 <= count; i += 16) FM_STORE_BFLOATS(out + i, FM_LOAD(x + i));
  for (; i < count; i++) out[i] = fm_bfloat(x[i]);
}
