// What belongs to one thread and cannot be shared; internal to this folder.
#pragma once

#include <stddef.h>

/// Memory of the calling thread's own, 64-byte aligned, at least so many bytes; what it holds lasts
/// until the same place is asked for again. NULL where there is none left.
enum fm_lane_place { FM_LANE_ONEDNN, FM_LANE_KERNEL, FM_LANE_WORK, FM_LANE_PLACES };
void *fm_lane_memory(enum fm_lane_place place, size_t bytes);

/// oneDNN's one engine of the process, made at first use and never changed, and the calling thread's
/// stream of it; NULL where there is none.
struct dnnl_engine;
struct dnnl_engine *fm_lane_engine(void);
struct dnnl_stream;
struct dnnl_stream *fm_lane_stream(void);

/// Something that is kept for a thread, and what releases it when the thread ends.
typedef struct {
  void *what;
  void (*release)(void *what);
} fm_kept;
/// Where the threads are kept that help the calling one; NULL where there is no memory.
fm_kept *fm_lane_team(void);

/// Memory that lasts, 64-byte aligned, in large pages where the system gives them on request: fewer
/// to fault in, fewer to look up. `*bytes` becomes what there is of it. Released by `free`; NULL
/// where there is none left.
void *fm_lasting_memory(size_t *bytes);
