#include "inflate.h"

#include <limits.h>
#include <zlib.h>

long fm_inflate(const uint8_t *data, size_t count, int raw, uint8_t *out, size_t capacity) {
  if (count > UINT_MAX || capacity > UINT_MAX) return -1;
  z_stream stream = {.next_in = (uint8_t *)data, .avail_in = (uInt)count,
                     .next_out = out, .avail_out = (uInt)capacity};
  // The window has 15 bits; adding 32 lets zlib tell gzip from zlib by itself.
  if (inflateInit2(&stream, raw ? -15 : 15 + 32) != Z_OK) return -1;
  int status = inflate(&stream, Z_FINISH);
  int full = stream.avail_out == 0;
  inflateEnd(&stream);
  if (status != Z_STREAM_END && !full) return -1;
  return (long)(capacity - stream.avail_out);
}
