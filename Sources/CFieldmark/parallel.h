// Work split over the threads that oneDNN uses; internal to this folder.
#pragma once

#include <stdint.h>

/// Does `start..<end` of the work.
typedef void (*fm_body)(void *context, int64_t start, int64_t end);

/// Does all of `count` pieces, neighbours together, on so many threads; returns when done.
void fm_parallel(int threads, int64_t count, fm_body body, void *context);
