// Converts 16-bit floating-point numbers to 32-bit ones. Every 16-bit number is a 32-bit number
// too, so nothing is rounded. The input may be at any address.
#pragma once

#include <stddef.h>

/// IEEE 754 half precision: 1 bit of sign, 5 of exponent, 10 of fraction.
void fm_floats_from_halves(const void *_Nonnull halves, size_t count, float *_Nonnull out);

/// The same in plain C, for processors without F16C and for tests to compare with.
void fm_floats_from_halves_plainly(const void *_Nonnull halves, size_t count, float *_Nonnull out);

/// bfloat16: the upper half of a 32-bit float.
void fm_floats_from_bfloats(const void *_Nonnull bfloats, size_t count, float *_Nonnull out);
