// Work shared out among a few threads; internal to this folder.
#pragma once

#include <stdint.h>

/// Does `start..<end` of the work. What it does for one piece must not depend on which others it
/// is given with: then the same bytes come out whatever the threads.
typedef void (*fm_body)(void *context, int64_t start, int64_t end);

/// Does all of `count` pieces on at most so many threads, the calling one among them; returns when
/// all are done. Whoever is free takes the next few, so a thread that has to share its core with
/// another program holds nobody up for longer than its last few take.
void fm_parallel(int threads, int64_t count, fm_body body, void *context);

/// The same for pieces that are large: they are taken one by one.
void fm_parallel_singly(int threads, int64_t count, fm_body body, void *context);
