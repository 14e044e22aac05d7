#include "kernels.h"
#include "parallel.h"
#include "vectors.h"

typedef struct {
  const void *x;
  int64_t columns;
  fm_number type;
  void *y;
} rows;

// Sixteen columns at a time go through a small buffer, so that the last ones need no code of their
// own.
#define FM_GATE(name, target)                                                                  \
  target static void name(void *context, int64_t start, int64_t end) {                         \
    const rows *r = context;                                                                   \
    const int64_t n = r->columns;                                                              \
    for (int64_t row = start; row < end; row++)                                                \
      for (int64_t c = 0; c < n; c += 16) {                                                    \
        const int64_t count = n - c < 16 ? n - c : 16, at = row * 2 * n + c;                   \
        float a[16] = {0}, b[16] = {0};                                                        \
        if (r->type == FM_BF16)                                                                \
          for (int64_t i = 0; i < count; i++) {                                                \
            a[i] = fm_from_bfloat(((const uint16_t *)r->x)[at + i]);                           \
            b[i] = fm_from_bfloat(((const uint16_t *)r->x)[at + n + i]);                       \
          }                                                                                    \
        else {                                                                                 \
          memcpy(a, (const float *)r->x + at, 4 * (size_t)count);                              \
          memcpy(b, (const float *)r->x + at + n, 4 * (size_t)count);                          \
        }                                                                                      \
        floats power;                                                                          \
        FM_EXP(-FM_LOAD(a), power);                                                            \
        const floats y = FM_LOAD(a) / (1.0f + power) * FM_LOAD(b);                             \
        for (int64_t i = 0; i < count; i++)                                                    \
          if (r->type == FM_BF16)                                                              \
            ((uint16_t *)r->y)[row * n + c + i] = fm_bfloat(y[i]);                             \
          else                                                                                 \
            ((float *)r->y)[row * n + c + i] = y[i];                                           \
      }                                                                                        \
  }

FM_GATE(gate_plainly, )
#if defined(__x86_64__)
FM_GATE(gate_avx2, __attribute__((target("avx2,fma"))))
#endif

void fm_gate(
    const void *x, int64_t count, int64_t columns, fm_number type, void *y, int threads) {
  rows r = {x, columns, type, y};
  fm_body body = gate_plainly;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) body = gate_avx2;
#endif
  fm_parallel(threads, count, body, &r);
}
