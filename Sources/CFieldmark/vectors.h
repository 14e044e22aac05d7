// Vectors of sixteen floats, on any processor: the compiler splits them if it must. Internal to
// this folder.
#pragma once

#include <stdint.h>
#include <string.h>

typedef float floats __attribute__((vector_size(64), aligned(4)));
typedef int32_t ints __attribute__((vector_size(64), aligned(4)));
typedef uint32_t bits __attribute__((vector_size(64), aligned(4)));
typedef uint16_t halves __attribute__((vector_size(32), aligned(2)));

#define FM_INLINE static inline __attribute__((always_inline))

// These are macros, because code for different processors passes 64-byte vectors in different ways.
#define FM_LOAD(p) (*(const floats *)(p))
#define FM_STORE(p, v) (*(floats *)(p) = (v))
/// Stores float32 as bfloat16, rounded half to even; NaN stays NaN only if its high bits say so.
#define FM_STORE_BFLOATS(p, v)                                                          \
  do {                                                                                  \
    bits b_ = (bits)(v);                                                                \
    b_ = (b_ + 0x7fffu + ((b_ >> 16) & 1u)) >> 16;                                      \
    *(halves *)(p) = __builtin_convertvector(b_, halves);                               \
  } while (0)
#define FM_LOAD_BFLOATS(p) \
  ((floats)(__builtin_convertvector(*(const halves *)(p), bits) << 16))
FM_INLINE float fm_from_bfloat(uint16_t x) {
  uint32_t b = (uint32_t)x << 16;
  float f;
  memcpy(&f, &b, 4);
  return f;
}
FM_INLINE uint16_t fm_bfloat(float x) {
  uint32_t b;
  memcpy(&b, &x, 4);
  return (uint16_t)((b + 0x7fffu + ((b >> 16) & 1u)) >> 16);
}

/// y = exp(x), as 2^n times a polynomial in the rest, with an error of at most 2 units in the last
/// place. It is 0 below -87, and above 88 it is exp(88). (The coefficients are Taylor's, up to the
/// seventh power.)
#define FM_EXP(x, y)                                                                     \
  do {                                                                                   \
    const floats magic_ = (floats){0} + 12582912.0f;                                     \
    floats x_ = (x);                                                                      \
    const floats top_ = (floats){0} + 88.0f;                                             \
    ints over_ = x_ > top_;                                                              \
    x_ = (floats)(((bits)top_ & (bits)over_) | ((bits)x_ & ~(bits)over_));                \
    floats scaled_ = x_ * 1.44269504088896341f;                                           \
    floats whole_ = (scaled_ + magic_) - magic_;                                         \
    floats rest_ = x_ - whole_ * 0.693359375f + whole_ * 2.12194440e-4f;                  \
    floats sum_ = rest_ * (1.0f / 5040) + 1.0f / 720;                                    \
    sum_ = sum_ * rest_ + 1.0f / 120;                                                    \
    sum_ = sum_ * rest_ + 1.0f / 24;                                                     \
    sum_ = sum_ * rest_ + 1.0f / 6;                                                      \
    sum_ = sum_ * rest_ + 0.5f;                                                          \
    sum_ = sum_ * rest_ + 1.0f;                                                          \
    sum_ = sum_ * rest_ + 1.0f;                                                          \
    ints power_ = (__builtin_convertvector(whole_, ints) + 127) << 23;                   \
    (y) = (floats)((bits)(sum_ * (floats)power_) & (bits)(x_ > -87.0f));                \
  } while (0)
