// The files of Page/ that are part of the program: the page in the browser.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// A file with its name, valid forever and never written.
typedef struct {
  const char *_Nonnull name;
  const uint8_t *_Nonnull bytes;
  size_t count;
} fm_page_file;

int fm_page_file_count(void);
fm_page_file fm_page_file_at(int index);
