#include "resample.h"

#include <stdlib.h>
#include <string.h>

enum { fraction = 22, half = 1 << (fraction - 1) };

static inline uint8_t clipped(int32_t sum) {
  sum >>= fraction;
  return sum < 0 ? 0 : sum > 255 ? 255 : (uint8_t)sum;
}

// The plain code, which defines what the fast code must give.

static void across_plain(
    const fm_taps *taps, const uint8_t *in, int channels, uint8_t *out) {
  for (int x = 0; x < taps->count; x++) {
    const uint8_t *from = in + (size_t)taps->starts[x] * channels;
    const int32_t *weights = taps->weights + (size_t)x * taps->stride;
    for (int c = 0; c < channels; c++) {
      int32_t sum = half;
      for (int k = 0; k < taps->counts[x]; k++) sum += from[k * channels + c] * weights[k];
      *out++ = clipped(sum);
    }
  }
}

// Computes the columns `from` to `to` of one new row.
static void down_plain(
    const fm_taps *taps, int y, const uint8_t *in, size_t pitch, size_t from, size_t to,
    uint8_t *out) {
  const uint8_t *first = in + (size_t)taps->starts[y] * pitch;
  const int32_t *weights = taps->weights + (size_t)y * taps->stride;
  for (size_t x = from; x < to; x++) {
    int32_t sum = half;
    for (int k = 0; k < taps->counts[y]; k++) sum += first[k * pitch + x] * weights[k];
    out[x] = clipped(sum);
  }
}

#if defined(__x86_64__)
#include <immintrin.h>

// Processors multiply 16-bit numbers in pairs and add each pair (pmaddwd), so a weight w is split
// as w = high x 2^15 + low, 0 <= low < 2^15, and the two sums are put together at the end. They may
// overflow 32 bits. The result, which does not, is right nevertheless, because all of this is
// arithmetic modulo 2^32.
#define FAST __attribute__((target("avx2")))
enum { low_bits = 15 };

static inline FAST __m256i total(__m256i low, __m256i high) {
  return _mm256_add_epi32(low, _mm256_slli_epi32(high, low_bits));
}

enum { strip = 4 };  // rows that share the loading of weights

// Three channels and four rows are computed at once. Four stored pixels are twelve bytes; they are
// spread so that each 32 bits hold one channel of two neighbors:
//     r0 r1 g0 g1 b0 b1 - - | r2 r3 g2 g3 b2 b3 - -
static FAST void across_fast(
    const fm_taps *taps, const uint8_t *const in[strip], uint8_t *const out[strip]) {
  const __m256i spread = _mm256_setr_epi8(
      0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1,
      6, -1, 9, -1, 7, -1, 10, -1, 8, -1, 11, -1, -1, -1, -1, -1);
  const __m256i lows = _mm256_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1);
  const __m256i highs = _mm256_setr_epi32(2, 2, 2, 2, 3, 3, 3, 3);
  const __m128i mask = _mm_set1_epi32((1 << low_bits) - 1);
  for (int x = 0; x < taps->count; x++) {
    size_t start = (size_t)taps->starts[x] * 3;
    const int32_t *weights = taps->weights + (size_t)x * taps->stride;
    __m256i low[strip] = {}, high[strip] = {};
    for (int k = 0; k < taps->counts[x]; k += 4) {
      __m128i w = _mm_loadu_si128((const __m128i *)(weights + k));
      __m256i both = _mm256_broadcastsi128_si256(
          _mm_packs_epi32(_mm_and_si128(w, mask), _mm_srai_epi32(w, low_bits)));
      __m256i w_low = _mm256_permutevar8x32_epi32(both, lows);
      __m256i w_high = _mm256_permutevar8x32_epi32(both, highs);
      for (int r = 0; r < strip; r++) {
        __m256i bytes = _mm256_broadcastsi128_si256(
            _mm_loadu_si128((const __m128i *)(in[r] + start + 3 * (size_t)k)));
        __m256i pixels = _mm256_shuffle_epi8(bytes, spread);
        low[r] = _mm256_add_epi32(low[r], _mm256_madd_epi16(pixels, w_low));
        high[r] = _mm256_add_epi32(high[r], _mm256_madd_epi16(pixels, w_high));
      }
    }
    for (int r = 0; r < strip; r++) {
      __m256i sums = total(low[r], high[r]);
      __m128i sum = _mm_add_epi32(
          _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1)),
          _mm_set1_epi32(half));
      sum = _mm_srai_epi32(sum, fraction);
      sum = _mm_packs_epi32(sum, sum);
      uint32_t pixel = (uint32_t)_mm_cvtsi128_si32(_mm_packus_epi16(sum, sum));
      memcpy(out[r] + 3 * (size_t)x, &pixel, 3);
    }
  }
}

// Computes one new row, 32 columns at once, and returns how many columns it has done.
static FAST size_t down_fast(
    const fm_taps *taps, int y, const uint8_t *in, size_t pitch, size_t width, uint8_t *out,
    uint32_t (*pairs)[2]) {
  const uint8_t *first = in + (size_t)taps->starts[y] * pitch;
  const int32_t *weights = taps->weights + (size_t)y * taps->stride;
  int count = taps->counts[y];
  const uint32_t mask = (1 << low_bits) - 1;
  for (int k = 0; k < count; k += 2) {  // a 0 follows the last weight
    uint32_t a = (uint32_t)weights[k], b = (uint32_t)weights[k + 1];
    pairs[k / 2][0] = (a & mask) | (b & mask) << 16;
    pairs[k / 2][1] =
        ((uint32_t)(weights[k] >> low_bits) & 0xffff) | (uint32_t)(weights[k + 1] >> low_bits) << 16;
  }
  const __m256i zero = _mm256_setzero_si256();
  size_t x = 0;
  for (; x + 32 <= width; x += 32) {
    __m256i low[4] = {}, high[4] = {};
    for (int k = 0; k < count; k += 2) {
      const uint8_t *row = first + (size_t)k * pitch + x;
      __m256i a = _mm256_loadu_si256((const __m256i *)row);
      __m256i b = k + 1 < count ? _mm256_loadu_si256((const __m256i *)(row + pitch)) : zero;
      __m256i w_low = _mm256_set1_epi32((int)pairs[k / 2][0]);
      __m256i w_high = _mm256_set1_epi32((int)pairs[k / 2][1]);
      __m256i left = _mm256_unpacklo_epi8(a, b), right = _mm256_unpackhi_epi8(a, b);
      __m256i columns[4] = {
          _mm256_unpacklo_epi8(left, zero), _mm256_unpackhi_epi8(left, zero),
          _mm256_unpacklo_epi8(right, zero), _mm256_unpackhi_epi8(right, zero)};
      for (int i = 0; i < 4; i++) {
        low[i] = _mm256_add_epi32(low[i], _mm256_madd_epi16(columns[i], w_low));
        high[i] = _mm256_add_epi32(high[i], _mm256_madd_epi16(columns[i], w_high));
      }
    }
    __m256i sums[4];
    for (int i = 0; i < 4; i++) {
      sums[i] = _mm256_srai_epi32(
          _mm256_add_epi32(total(low[i], high[i]), _mm256_set1_epi32(half)), fraction);
    }
    __m256i bytes = _mm256_packus_epi16(
        _mm256_packs_epi32(sums[0], sums[1]), _mm256_packs_epi32(sums[2], sums[3]));
    _mm256_storeu_si256((__m256i *)(out + x), bytes);
  }
  return x;
}

static int is_fast(fm_way way) { return way == fm_way_fastest && __builtin_cpu_supports("avx2"); }
#else
enum { strip = 4 };
static int is_fast(fm_way way) { return 0; }
static void across_fast(
    const fm_taps *taps, const uint8_t *const in[strip], uint8_t *const out[strip]) {}
static size_t down_fast(
    const fm_taps *taps, int y, const uint8_t *in, size_t pitch, size_t width, uint8_t *out,
    uint32_t (*pairs)[2]) {
  return 0;
}
#endif

// How many bytes after the last pixel in use the fast code may read.
enum { slack = 16 };

void fm_resample_across(
    const fm_taps *taps, const uint8_t *in, size_t in_pitch, size_t readable, int channels,
    int rows, uint8_t *out, size_t out_pitch, fm_way way) {
  int last = taps->count - 1;
  size_t used = (size_t)(taps->starts[last] + taps->counts[last]) * (size_t)channels;
  int fast = is_fast(way) && channels == 3;
  for (int y = 0; y < rows;) {
    // In a strip at the end, the last row may be computed several times.
    const uint8_t *from[strip];
    uint8_t *to[strip];
    for (int r = 0; r < strip; r++) {
      size_t row = (size_t)(y + r < rows ? y + r : rows - 1);
      from[r] = in + row * in_pitch;
      to[r] = out + row * out_pitch;
    }
    if (fast && (size_t)(from[strip - 1] - in) + used + slack <= readable) {
      across_fast(taps, from, to);
      y += strip;
    } else {
      across_plain(taps, from[0], channels, to[0]);
      y += 1;
    }
  }
}

void fm_resample_down(
    const fm_taps *taps, const uint8_t *in, size_t in_pitch, size_t width, uint8_t *out,
    size_t out_pitch, fm_way way) {
  uint32_t (*pairs)[2] = is_fast(way) ? malloc((size_t)taps->stride * sizeof *pairs) : NULL;
  for (int y = 0; y < taps->count; y++) {
    uint8_t *row = out + (size_t)y * out_pitch;
    size_t done = pairs ? down_fast(taps, y, in, in_pitch, width, row, pairs) : 0;
    down_plain(taps, y, in, in_pitch, done, width, row);
  }
  free(pairs);
}
