// SHA-256 and SHA-1 (FIPS 180-4), as the hub names and checks its files by.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// A digest under way. A value: copy it, drop it; there is nothing to release.
typedef struct {
  uint64_t count;
  uint32_t state[8];
  uint8_t block[64];
  /// 20 for SHA-1, 32 for SHA-256: the bytes of the result.
  int size;
  /// Set to keep to the portable way, which the tests compare the fast one with.
  int plain;
} fm_digest;

fm_digest fm_digest_sha256(void);
fm_digest fm_digest_sha1(void);

/// Takes in more bytes.
void fm_digest_add(fm_digest *_Nonnull digest, const uint8_t *_Nullable bytes, size_t count);

/// Writes the `size` bytes of the result; the digest is used up.
void fm_digest_finish(fm_digest *_Nonnull digest, uint8_t *_Nonnull out);
