// The libraries that this program runs on.
#pragma once

/// A library's name and version; both strings live as long as the program.
typedef struct {
  const char *_Nonnull name;
  const char *_Nonnull version;
} fm_library;

/// The number of libraries that `fm_library_at` knows.
int fm_library_count(void);

/// Returns the library at an index from 0 up to the count. The version is that of the library
/// loaded now; for libjpeg-turbo and libdeflate, which do not tell it, that of the headers compiled
/// with.
fm_library fm_library_at(int index);
