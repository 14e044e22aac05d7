// zlib, for reading what others compressed.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// Unpacks gzip or zlib data (`raw` 0) or bare deflate data (`raw` 1) into the caller's buffer. It
/// stops when the buffer is full, however much more there is, so a decompression bomb costs no more
/// than the buffer. Returns the number of bytes written, or -1 if the data are damaged or end too
/// early.
long fm_inflate(
    const uint8_t *_Nonnull data, size_t count, int raw, uint8_t *_Nonnull out, size_t capacity);
