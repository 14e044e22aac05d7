// How a library reports bytes that it cannot use.
#pragma once

/// How the reading of a picture ended.
typedef enum {
  fm_fine = 0,
  /// The bytes end before the picture does.
  fm_cut_short,
  /// The bytes are not what the format allows; the text says what the library met.
  fm_damaged,
  /// The picture is sound but asks for more work or memory than it was granted.
  fm_excessive,
  /// The library does not know this kind of picture.
  fm_unsupported,
} fm_reading;

/// A library's own message, in its own English, which always ends with NUL.
typedef struct {
  char text[224];
} fm_complaint;
