#include "pieces.h"

#include "parallel.h"

#include <string.h>

int fm_is_steady(const fm_matmul *m) {
  // On one thread those that oneDNN calls brg do, but for those of tiles; gemm:jit and ref do not.
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

int64_t fm_height_of_pieces(int64_t rows, int threads) {
  enum { least = 16 };
  if (threads <= 1) return rows;
  const int64_t height = (rows + 2 * threads - 1) / (2 * threads);
  return height < least ? (rows < least ? rows : least) : height;
}

static void run_pieces(void *context, int64_t start, int64_t end) {
  fm_pieces *p = context;
  for (int64_t i = start; i < end; i++) {
    const fm_matmul *m = (i + 1) * p->height > p->rows ? p->last : p->piece;
    int status = fm_matmul_run(m, p->x + i * p->x_step, p->weights, p->bias, p->y + i * p->y_step);
    if (status) atomic_store(&p->status, status);
  }
}

int fm_pieces_run(fm_pieces *p, int threads) {
  fm_parallel_singly(threads, (p->rows + p->height - 1) / p->height, run_pieces, p);
  return atomic_load(&p->status);
}
