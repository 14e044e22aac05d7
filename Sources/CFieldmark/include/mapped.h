// A list of mapped files, for the case that another program cuts one short while it is read.
#pragma once

#include <stddef.h>

/// Notes where a file is mapped and what messages call it. Returns a place for `fm_mapped_remove`,
/// or -1 if none is left. That is no error: SIGBUS then ends the program without naming the file.
int fm_mapped_add(const void *_Nonnull start, size_t count, const char *_Nonnull name);
/// Removes a file from the list, before it is unmapped.
void fm_mapped_remove(int place);

/// From now on, reading a missing page of one of these files ends the program with one sentence on
/// standard error and this status, instead of by SIGBUS.
void fm_mapped_watch(int status);
