#include "halves.h"

#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

void fm_floats_from_halves_plainly(const void *halves, size_t count, float *out) {
  const char *in = halves;
  for (size_t i = 0; i < count; i++) {
    uint16_t half;
    memcpy(&half, in + 2 * i, 2);
    uint32_t sign = (uint32_t)(half & 0x8000) << 16, rest = (uint32_t)(half & 0x7fff) << 13;
    // If the shifted bits are read as a float, they are the number times 2^-112 (exponent biases 15
    // and 127), subnormal numbers included.
    float number;
    memcpy(&number, &rest, 4);
    number *= 0x1p112f;
    uint32_t bits;
    memcpy(&bits, &number, 4);
    const uint32_t infinite = 0x7c00u << 13;
    if (rest >= infinite) bits = rest | 0x7f800000;
    if (rest > infinite) bits |= 0x00400000;  // a signalling NaN becomes quiet, as in hardware
    bits |= sign;
    memcpy(out + i, &bits, 4);
  }
}

#if defined(__x86_64__)
__attribute__((target("avx,f16c"))) static void from_halves_f16c(
    const void *halves, size_t count, float *out) {
  const char *in = halves;
  size_t i = 0;
  for (; i + 8 <= count; i += 8)
    _mm256_storeu_ps(out + i, _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(in + 2 * i))));
  fm_floats_from_halves_plainly(in + 2 * i, count - i, out + i);
}
#endif

void fm_floats_from_halves(const void *halves, size_t count, float *out) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("f16c") && __builtin_cpu_supports("avx")) {
    from_halves_f16c(halves, count, out);
    return;
  }
#endif
  fm_floats_from_halves_plainly(halves, count, out);
}

void fm_floats_from_bfloats(const void *bfloats, size_t count, float *out) {
  const char *in = bfloats;
  for (size_t i = 0; i < count; i++) {
    uint16_t upper;
    memcpy(&upper, in + 2 * i, 2);
    uint32_t bits = (uint32_t)upper << 16;
    memcpy(out + i, &bits, 4);
  }
}
