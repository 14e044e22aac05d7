#include "convolutions.h"
#include "parallel.h"
#include "vectors.h"

typedef struct {
  const void *x;
  fm_pictures of;
  int64_t channels, side;
  fm_number type;
  void *y;
} pool;

// Pools rows of squares. Squares cover each picture, so the rows of all pictures follow each other.
#define FM_POOL(name, target)                                                           \
  target static void name(void *context, int64_t start, int64_t end) {                  \
    const pool *p = context;                                                            \
    const float *floats_in = p->x;                                                      \
    const uint16_t *halves_in = p->x;                                                   \
    const int64_t n = p->channels, whole = n / 16 * 16, side = p->side;                 \
    const int64_t wide = p->of.width, across = wide / side, is_half = p->type == FM_BF16;\
    const float share = 1 / (float)(side * side);                                       \
    for (int64_t square = start * across; square < end * across; square++) {            \
      const int64_t corner = (square / across * wide + square % across) * side;         \
      const int64_t to = square * n;                                                    \
      int64_t c = 0;                                                                    \
      for (; c < whole; c += 16) {                                                      \
        floats sums = {0};                                                              \
        for (int64_t i = 0; i < side * side; i++) {                                     \
          const int64_t at = (corner + i / side * wide + i % side) * n + c;             \
          sums += is_half ? FM_LOAD_BFLOATS(halves_in + at) : FM_LOAD(floats_in + at);  \
        }                                                                               \
        if (is_half)                                                                    \
          FM_STORE_BFLOATS((uint16_t *)p->y + to + c, share * sums);                    \
        else                                                                            \
          FM_STORE((float *)p->y + to + c, share * sums);                               \
      }                                                                                 \
      for (; c < n; c++) {                                                              \
        float sum = 0;                                                                  \
        for (int64_t i = 0; i < side * side; i++) {                                     \
          const int64_t at = (corner + i / side * wide + i % side) * n + c;             \
          sum += is_half ? fm_from_bfloat(halves_in[at]) : floats_in[at];               \
        }                                                                               \
        if (is_half)                                                                    \
          ((uint16_t *)p->y)[to + c] = fm_bfloat(share * sum);                          \
        else                                                                            \
          ((float *)p->y)[to + c] = share * sum;                                        \
      }                                                                                 \
    }                                                                                   \
  }

FM_POOL(pool_plainly, )
#if defined(__x86_64__)
FM_POOL(pool_avx2, __attribute__((target("avx2,fma"))))
FM_POOL(pool_avx512, __attribute__((target("avx2,fma,avx512f,avx512bw,avx512vl"))))
#endif

void fm_average_pool(
    const void *x, fm_pictures of, int64_t channels, int64_t side, fm_number type, void *y,
    int threads) {
  pool p = {x, of, channels, side, type, y};
  fm_body body = pool_plainly;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
    body = pool_avx512;
  else if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) body = pool_avx2;
#endif
  fm_parallel(threads, of.count * of.height / side, body, &p);
}
