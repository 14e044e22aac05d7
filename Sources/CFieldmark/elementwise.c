#include "kernels.h"
#include "parallel.h"
#include "vectors.h"

#include <math.h>

typedef struct {
  const float *x;
  int64_t count;
  fm_function kind;
  int slopes;
  float *y;
} numbers;

/// x sigmoid(a x), or its slope s + a x s (1 - s) with s = sigmoid(a x).
#define FM_SWISH(a)                                                   \
  do {                                                                \
    FM_EXP(-(a)*x, power);                                            \
    const floats s = 1.0f / (1.0f + power);                           \
    y = n->slopes ? s + (a)*x * s * (1.0f - s) : x * s;               \
  } while (0)

// Sixteen numbers at a time go through a small buffer, so that the last ones need no code of their
// own.
#define FM_ACTIVATE(name, target)                                                           \
  target static void name(void *context, int64_t start, int64_t end) {                      \
    const numbers *n = context;                                                             \
    for (int64_t at = 16 * start; at < 16 * end; at += 16) {                                \
      const int64_t count = n->count - at < 16 ? n->count - at : 16;                        \
      float buffer[16] = {0};                                                               \
      memcpy(buffer, n->x + at, 4 * (size_t)count);                                         \
      const floats x = FM_LOAD(buffer);                                                     \
      floats power, y;                                                                      \
      switch (n->kind) {                                                                    \
      case FM_F_QUICK_GELU: FM_SWISH(1.702f); break;                                       \
      case FM_F_SILU: FM_SWISH(1.0f); break;                                               \
      case FM_F_GELU: {                                                                    \
        floats part;                                                                        \
        for (int lane = 0; lane < 16; lane++) part[lane] = erff(x[lane] * 0.70710678f);     \
        part = 0.5f * (1.0f + part);                                                        \
        FM_EXP(-0.5f * x * x, power);                                                       \
        y = n->slopes ? part + x * power * 0.39894228f : x * part;                          \
        break;                                                                              \
      }                                                                                     \
      case FM_F_GELU_TANH: {                                                               \
        /* tanh u = 1 - 2 / (exp(2 u) + 1),  u = sqrt(2 / pi) (x + 0.044715 x^3) */         \
        FM_EXP(2 * 0.79788456f * (x + 0.044715f * x * x * x), power);                       \
        const floats t = 1.0f - 2.0f / (power + 1.0f);                                      \
        const floats inner = 0.79788456f * (1.0f + 3 * 0.044715f * x * x);                  \
        y = 0.5f * (1.0f + t);                                                              \
        y = n->slopes ? y + 0.5f * x * (1.0f - t * t) * inner : x * y;                      \
        break;                                                                              \
      }                                                                                     \
      }                                                                                     \
      FM_STORE(buffer, y);                                                                  \
      memcpy(n->y + at, buffer, 4 * (size_t)count);                                         \
    }                                                                                       \
  }

/// Computes p = exp(scale (x - max x)) in each row and divides it by the row's sum.
#define FM_SOFTMAX(name, target)                                                            \
  target static void name(                                                                  \
      float *all, int64_t rows, int64_t columns, float scale, int is_causal) {              \
    for (int64_t row = 0; row < rows; row++) {                                              \
      float *x = all + row * columns, most = x[0], sum = 0;                                 \
      const int64_t seen = is_causal ? row + 1 : columns;                                   \
      for (int64_t i = 1; i < seen; i++) most = x[i] > most ? x[i] : most;                  \
      for (int64_t at = 0; at < seen; at += 16) {                                           \
        const int64_t count = seen - at < 16 ? seen - at : 16;                              \
        float buffer[16] = {0};                                                             \
        memcpy(buffer, x + at, 4 * (size_t)count);                                          \
        floats power;                                                                       \
        FM_EXP(scale * (FM_LOAD(buffer) - most), power);                                    \
        FM_STORE(buffer, power);                                                            \
        for (int64_t i = 0; i < count; i++) sum += buffer[i];                               \
        memcpy(x + at, buffer, 4 * (size_t)count);                                          \
      }                                                                                     \
      for (int64_t i = 0; i < seen; i++) x[i] /= sum;                                       \
      for (int64_t i = seen; i < columns; i++) x[i] = 0;                                    \
    }                                                                                       \
  }

/// Computes ds = scale p (dp - sum of p dp) in each row.
#define FM_SOFTMAX_BACK(name, target)                                                       \
  target static void name(                                                                  \
      const float *shares, float *slopes, int64_t rows, int64_t columns, float scale) {     \
    const int64_t whole = columns / 16 * 16;                                                \
    for (int64_t row = 0; row < rows; row++) {                                              \
      const float *p = shares + row * columns;                                              \
      float *d = slopes + row * columns, sum = 0;                                           \
      floats sums = {0};                                                                    \
      for (int64_t i = 0; i < whole; i += 16) sums += FM_LOAD(p + i) * FM_LOAD(d + i);      \
      for (int lane = 0; lane < 16; lane++) sum += sums[lane];                              \
      for (int64_t i = whole; i < columns; i++) sum += p[i] * d[i];                         \
      for (int64_t i = 0; i < whole; i += 16)                                               \
        FM_STORE(d + i, scale * FM_LOAD(p + i) * (FM_LOAD(d + i) - sum));                   \
      for (int64_t i = whole; i < columns; i++) d[i] = scale * p[i] * (d[i] - sum);         \
    }                                                                                       \
  }

FM_ACTIVATE(activate_plainly, )
FM_SOFTMAX(softmax_plainly, )
FM_SOFTMAX_BACK(softmax_back_plainly, )
#if defined(__x86_64__)
#define FM_AVX2 __attribute__((target("avx2,fma")))
FM_ACTIVATE(activate_avx2, FM_AVX2)
FM_SOFTMAX(softmax_avx2, FM_AVX2)
FM_SOFTMAX_BACK(softmax_back_avx2, FM_AVX2)

static int has_avx2(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}
#define FM_BEST(name) (has_avx2() ? name##_avx2 : name##_plainly)
#else
#define FM_BEST(name) name##_plainly
#endif

void fm_activate(
    const float *x, int64_t count, fm_function kind, int slopes, float *y, int threads) {
  numbers n = {x, count, kind, slopes, y};
  fm_parallel(threads, (count + 15) / 16, FM_BEST(activate), &n);
}

void fm_softmax(float *x, int64_t rows, int64_t columns, float scale, int is_causal) {
  FM_BEST(softmax)(x, rows, columns, scale, is_causal);
}

void fm_softmax_back(
    const float *shares, float *slopes, int64_t rows, int64_t columns, float scale) {
  FM_BEST(softmax_back)(shares, slopes, rows, columns, scale);
}
