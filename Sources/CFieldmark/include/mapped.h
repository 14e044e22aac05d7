// Files that are mapped, for the case that another program cuts one short while it is read.
#pragma once

#include <stddef.h>

/// Remembers where a file is mapped and what messages call it. A place for `fm_mapped_remove`; -1 where
/// there is none, which is no error: that file is only not named.
int fm_mapped_add(const void *_Nonnull start, size_t count, const char *_Nonnull name);
/// Forgets it, before it is unmapped.
void fm_mapped_remove(int place);

/// From now on reading a page that is gone from one of these files ends the program with one sentence on
/// standard error and this status, where it was ended by SIGBUS before.
void fm_mapped_watch(int status);
