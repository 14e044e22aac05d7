// zlib, for reading what others compressed.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// Unpacks gzip, zlib (`raw` 0) or bare deflate data (`raw` 1) into a buffer of the caller's, and
/// stops there when it is full, however much more there is: a bomb costs no more than the buffer.
/// Gives back the number of bytes written, or -1 where the data are damaged or end too early.
long fm_inflate(
    const uint8_t *_Nonnull data, size_t count, int raw, uint8_t *_Nonnull out, size_t capacity);
