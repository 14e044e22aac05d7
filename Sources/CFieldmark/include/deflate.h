// libdeflate, for writing what others read with zlib.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// Returns the most bytes that `fm_deflate` makes of `count` bytes.
size_t fm_deflate_bound(size_t count);

/// Packs bytes as a zlib stream; the same bytes give the same stream. `level` goes from 1 (fast) to
/// 12 (small). Returns the size, or 0 if memory is short.
size_t fm_deflate(
    const uint8_t *_Nonnull bytes, size_t count, int level, uint8_t *_Nonnull out, size_t capacity);

/// Continues the CRC-32 of earlier bytes over more bytes; begin with 0.
uint32_t fm_crc32(uint32_t crc, const void *_Nullable bytes, size_t count);
