#include "deflate.h"

#include <libdeflate.h>

// Without a compressor, libdeflate gives a bound that holds for all levels.
size_t fm_deflate_bound(size_t count) { return libdeflate_zlib_compress_bound(NULL, count); }

size_t fm_deflate(
    const uint8_t *bytes, size_t count, int level, uint8_t *out, size_t capacity) {
  struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(level);
  if (!compressor) return 0;
  size_t size = libdeflate_zlib_compress(compressor, bytes, count, out, capacity);
  libdeflate_free_compressor(compressor);
  return size;
}

uint32_t fm_crc32(uint32_t crc, const void *bytes, size_t count) {
  return libdeflate_crc32(crc, bytes, count);
}
