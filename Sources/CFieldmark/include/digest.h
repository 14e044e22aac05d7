// SHA-256 and SHA-1 (FIPS 180-4), by which the hub names and checks its files.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// A digest in progress. It is a plain value that may be copied and dropped; nothing has to be
/// released.
typedef struct {
  uint64_t count;
  uint32_t state[8];
  uint8_t block[64];
  /// The number of bytes of the result: 20 for SHA-1, 32 for SHA-256.
  int size;
  /// Set this to use the portable code, with which the tests compare the fast code.
  int plain;
} fm_digest;

fm_digest fm_digest_sha256(void);
fm_digest fm_digest_sha1(void);

/// Takes in more bytes.
void fm_digest_add(fm_digest *_Nonnull digest, const uint8_t *_Nullable bytes, size_t count);

/// Writes the `size` bytes of the result. The digest cannot be used afterwards.
void fm_digest_finish(fm_digest *_Nonnull digest, uint8_t *_Nonnull out);
