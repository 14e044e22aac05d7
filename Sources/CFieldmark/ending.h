// The last steps of a product, from finished sums to outputs: bias, activation, the sum with what y
// holds, and the type of y. Internal to this folder.
#pragma once

#include "products.h"
#include "vectors.h"

/// erf by Abramowitz and Stegun 7.1.26, with an error of 1.5e-7 at most.
#define FM_ERF(x, y)                                                                      \
  do {                                                                                    \
    const floats e_ = (x);                                                                \
    const bits sign_ = (bits)e_ & 0x80000000u;                                            \
    const floats size_ = (floats)((bits)e_ ^ sign_);                                      \
    const floats t_ = 1.0f / (1.0f + 0.3275911f * size_);                                 \
    floats p_ = t_ * 1.061405429f - 1.453152027f;                                         \
    p_ = p_ * t_ + 1.421413741f;                                                          \
    p_ = p_ * t_ - 0.284496736f;                                                          \
    p_ = p_ * t_ + 0.254829592f;                                                          \
    floats power_of_;                                                                     \
    FM_EXP(-size_ * size_, power_of_);                                                    \
    (y) = (floats)((bits)(1.0f - p_ * t_ * power_of_) | sign_);                           \
  } while (0)

/// Turns sixteen sums into sixteen outputs; `bias` is NULL if there is none.
FM_INLINE void fm_end_sixteen(fm_ending ending, const float *bias, const float *sums, void *y) {
  floats v = FM_LOAD(sums), z;
  if (bias) v += FM_LOAD(bias);
  switch (ending.activation) {
    case FM_NO_ACTIVATION: break;
    case FM_RELU: v = (floats)((bits)v & (bits)(v > 0.0f)); break;
    case FM_QUICK_GELU:
      FM_EXP(v * -1.702f, z);
      v = v / (1.0f + z);
      break;
    case FM_GELU:
      FM_ERF(v * 0.70710678f, z);
      v = 0.5f * v * (1.0f + z);
      break;
    case FM_GELU_TANH:
      // tanh u = 1 - 2 / (exp(2 u) + 1)
      FM_EXP(2.0f * 0.79788456f * (v + 0.044715f * v * v * v), z);
      v = 0.5f * v * (2.0f - 2.0f / (z + 1.0f));
      break;
  }
  if (ending.result == FM_BF16) {
    if (ending.adds) v += FM_LOAD_BFLOATS(y);
    FM_STORE_BFLOATS(y, v);
  } else {
    if (ending.adds) v += FM_LOAD(y);
    FM_STORE(y, v);
  }
}

/// Turns sixteen sums of one row of a product into outputs of that row, from `output` on. If fewer
/// outputs are left, only these are written.
FM_INLINE void fm_end_sums(
    fm_ending ending, const float *bias, int64_t outputs, const float *sums, void *row,
    int64_t output) {
  const int64_t left = outputs - output;
  const size_t size = ending.result == FM_BF16 ? 2 : 4;
  char *y = (char *)row + size * (size_t)output;
  const float *own = bias ? bias + output : 0;
  if (left >= 16) {
    fm_end_sixteen(ending, own, sums, y);
    return;
  }
  float biases[16] = {0}, edge[16] = {0};
  if (own) memcpy(biases, own, sizeof(float) * (size_t)left);
  memcpy(edge, y, size * (size_t)left);
  fm_end_sixteen(ending, own ? biases : 0, sums, edge);
  memcpy(y, edge, size * (size_t)left);
}
