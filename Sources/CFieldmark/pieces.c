#include "pieces.h"

#include "lanes.h"
#include "parallel.h"

#include <string.h>

int fm_is_steady(const fm_matmul *m) {
  // On one thread the kernels that oneDNN calls brg do, except those of tiles; gemm:jit and ref do
  // not.
  return !strncmp(fm_matmul_kernel(m), "brg", 3);
}

int fm_panels_are_needed(void) {
  static int known;
  int found = __atomic_load_n(&known, __ATOMIC_RELAXED);
  if (found) return found == 1;
  fm_matmul m;
  const dnnl_dims_t dims = {768, 768};
  fm_shape open;
  int is_ours = 1;
  if (!fm_ordered(&open, 2, dims, dnnl_f32, dnnl_format_tag_any)) {
    const fm_spacing dense = {768, 1, 768};
    if (!fm_matmul_describe(
            &m, 197, 768, 768, dnnl_f32, dense, open, (fm_ending){.result = FM_F32}))
      is_ours = !fm_is_steady(&m);
    fm_matmul_release(&m);
    fm_release_shape(open);
  }
  __atomic_store_n(&known, is_ours ? 1 : 2, __ATOMIC_RELAXED);
  return is_ours;
}

int64_t fm_height_of_pieces(int64_t rows, int64_t across, int threads) {
  // The rows of a piece wait in a second-level cache. For fewer than 16 rows, reading the weights
  // is not worthwhile.
  enum { most = 256, least = 16 };
  const int64_t by_threads = threads > 1 ? (2 * threads + across - 1) / across : 1,
                by_cache = across > 1 ? (rows + most - 1) / most : 1,
                down = by_threads > by_cache ? by_threads : by_cache,
                height = (rows + down - 1) / down;
  return height < least ? (rows < least ? rows : least) : height;
}

/// Moves a piece to its place, because oneDNN writes whole matrices only and pieces lie side by
/// side.
static void move(const fm_pieces *p, const char *from, int64_t rows, char *to) {
  const size_t bytes = (size_t)(p->width * p->y_size);
  for (int64_t r = 0; r < rows; r++, from += bytes, to += p->y_row) {
    if (!p->adds) {
      memcpy(to, from, bytes);
      continue;
    }
    const float *added = (const float *)from;
    float *sums = (float *)to;
    for (int64_t i = 0; i < p->width; i++) sums[i] += added[i];
  }
}

static void run_pieces(void *context, int64_t start, int64_t end) {
  fm_pieces *p = context;
  const int64_t down = (p->rows + p->height - 1) / p->height;
  char *own = p->across == 1 ? NULL
                             : fm_lane_memory(
                                   FM_LANE_KERNEL, (size_t)(p->height * p->width * p->y_size));
  if (p->across > 1 && !own) {
    atomic_store(&p->status, -1);
    return;
  }
  // Pieces are taken downwards first, so that several threads read the same weights at about the
  // same time.
  for (int64_t i = start; i < end; i++) {
    const int64_t column = i / down, row = i % down * p->height;
    const int is_last = row + p->height > p->rows;
    const float *bias = p->bias ? p->bias + column * p->width : NULL;
    char *to = p->y + row * p->y_row + column * p->width * p->y_size;
    const int status = fm_matmul_run(
        is_last ? p->last : p->piece, p->x + row * p->x_row, p->weights + column * p->weights_step,
        bias, own ? own : to);
    if (status) atomic_store(&p->status, status);
    if (own) move(p, own, is_last ? p->rows - row : p->height, to);
  }
}

int fm_pieces_run(fm_pieces *p, int threads) {
  const int64_t down = (p->rows + p->height - 1) / p->height;
  fm_parallel_singly(threads, down * p->across, run_pieces, p);
  return atomic_load(&p->status);
}
