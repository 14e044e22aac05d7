// Shares work among a few threads. Internal to this folder.
#pragma once

#include <stdint.h>

/// Does the pieces `start..<end` of the work. The result of a piece must not depend on which other
/// pieces come with it, so that the output is the same with any number of threads.
typedef void (*fm_body)(void *context, int64_t start, int64_t end);

/// Does `count` pieces on at most `threads` threads, including the calling one, and returns when
/// all are done. A thread that is free takes the next few pieces, so one that has to share its core
/// with another program delays the others by its last few at most.
void fm_parallel(int threads, int64_t count, fm_body body, void *context);

/// Does the same for large pieces, which are taken one by one.
void fm_parallel_singly(int threads, int64_t count, fm_body body, void *context);
