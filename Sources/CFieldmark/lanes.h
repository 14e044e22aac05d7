// What belongs to one thread and cannot be shared. Internal to this folder.
#pragma once

#include <stddef.h>

/// Returns at least `bytes` bytes of the calling thread's own memory, 64-byte aligned. Their
/// contents last until the same place is asked for again. NULL if memory is short.
enum fm_lane_place { FM_LANE_ONEDNN, FM_LANE_KERNEL, FM_LANE_WORK, FM_LANE_PLACES };
void *fm_lane_memory(enum fm_lane_place place, size_t bytes);

/// oneDNN's engine, which is made once for the process at first use, and the calling thread's
/// stream on it; NULL if there is none.
struct dnnl_engine;
struct dnnl_engine *fm_lane_engine(void);
struct dnnl_stream;
struct dnnl_stream *fm_lane_stream(void);

/// Something that is kept for a thread, and the function that releases it when the thread ends.
typedef struct {
  void *what;
  void (*release)(void *what);
} fm_kept;
/// Returns where the threads that help the calling one are kept; NULL if memory is short.
fm_kept *fm_lane_team(void);

/// Returns memory that lasts, 64-byte aligned, in large pages if the system gives them on request,
/// since these need fewer page faults and look-ups. `*bytes` becomes the size that was allocated.
/// Released by `free`; NULL if memory is short.
void *fm_lasting_memory(size_t *bytes);
