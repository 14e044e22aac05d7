#include "kernels.h"
#include "parallel.h"
#include "vectors.h"

typedef struct {
  float *weights, *means, *squares;
  const float *slopes;
  int64_t count;
  fm_adam adam;
} descent;

// Sixteen numbers at a time go through small buffers, so that the last ones need no code of their
// own. The order of operations is PyTorch's: the square root of the mean square is divided by the
// square root of its bias correction, and then the small number is added.
#define FM_DESCEND(name, target)                                                        \
  target static void name(void *context, int64_t start, int64_t end) {                  \
    const descent *d = context;                                                         \
    const fm_adam a = d->adam;                                                          \
    for (int64_t at = 16 * start; at < 16 * end; at += 16) {                            \
      const size_t bytes = 4 * (size_t)(d->count - at < 16 ? d->count - at : 16);       \
      float w_[16] = {0}, m_[16] = {0}, s_[16] = {0}, g_[16] = {0};                     \
      memcpy(w_, d->weights + at, bytes);                                               \
      memcpy(m_, d->means + at, bytes);                                                 \
      memcpy(s_, d->squares + at, bytes);                                               \
      memcpy(g_, d->slopes + at, bytes);                                                \
      floats w = FM_LOAD(w_), m = FM_LOAD(m_), s = FM_LOAD(s_);                         \
      const floats g = FM_LOAD(g_) + a.decay * w;                                       \
      m += (1 - a.keeps_mean) * (g - m);                                                \
      s = a.keeps_square * s + (1 - a.keeps_square) * g * g;                            \
      w -= a.size * m / (__builtin_elementwise_sqrt(s) * a.share + a.least);            \
      FM_STORE(w_, w);                                                                  \
      FM_STORE(m_, m);                                                                  \
      FM_STORE(s_, s);                                                                  \
      memcpy(d->weights + at, w_, bytes);                                               \
      memcpy(d->means + at, m_, bytes);                                                 \
      memcpy(d->squares + at, s_, bytes);                                               \
    }                                                                                   \
  }

FM_DESCEND(descend_plainly, )
#if defined(__x86_64__)
FM_DESCEND(descend_avx2, __attribute__((target("avx2,fma"))))

static fm_body best(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? descend_avx2
                                                                         : descend_plainly;
}
#else
static fm_body best(void) { return descend_plainly; }
#endif

void fm_descend(
    float *weights, float *means, float *squares, const float *slopes, int64_t count,
    fm_adam adam, int threads) {
  descent d = {weights, means, squares, slopes, count, adam};
  fm_parallel(threads, (count + 15) / 16, best(), &d);
}
