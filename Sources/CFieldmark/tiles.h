// Our own products of bfloat16 by a processor's matrix tiles (AMX). oneDNN's kernels for tiles
// split sums as suits the number of rows, so that a row's result depends on the rows beside it.
// Here each sum runs over the inputs in one order. Internal to this folder.
#pragma once

#include "products.h"

/// Whether the processor has tiles, and the system lets us use them.
int fm_tiles_exist(void);

/// Weights lie as tiles read them: 16 outputs side by side for 32 inputs, with the inputs in pairs,
/// then for the next 32. Missing inputs and outputs are 0.
size_t fm_tiles_bytes(int64_t inputs, int64_t outputs);
void fm_tiles_pack(
    uint16_t *tiles, int64_t inputs, int64_t outputs, const float *plain, int64_t output,
    int64_t input);
void fm_tiles_unpack(const uint16_t *tiles, int64_t inputs, int64_t outputs, float *plain);

/// Computes y = activation(x W' + bias), or adds it to what y holds. Returns 0 when done, -1 if
/// memory is short.
int fm_tiles_multiply(
    const uint16_t *x, int64_t rows, const uint16_t *tiles, int64_t inputs, int64_t outputs,
    const float *bias, fm_ending ending, void *y, int threads);
