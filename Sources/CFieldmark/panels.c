#include "panels.h"

#include "ending.h"
#include "lanes.h"
#include "parallel.h"
#include "vectors.h"

#include <math.h>

// The sizes that are multiplied at a time: 6 rows of 16 sums fill the registers of AVX2; 256 inputs
// of a panel are half of a first-level cache, and 120 rows of them are a part of the second-level
// cache.
enum { TILE_ROWS = 6, BLOCK_ROWS = 120, BLOCK_INPUTS = 256, CHUNK = 8 };

typedef struct {
  fm_view x;
  int64_t rows;
  const float *panels;
  int64_t inputs, outputs;
  const float *bias;
  fm_ending ending;
  float *y;
  int64_t y_row;
  /// Whether threads share the rows; otherwise they share the panels.
  int shares_rows;
} product;

int64_t fm_panels_count(int64_t inputs, int64_t outputs) {
  return (outputs + FM_PANEL - 1) / FM_PANEL * FM_PANEL * inputs;
}

void fm_panels_pack(
    float *panels, int64_t inputs, int64_t outputs, const float *plain, int64_t output,
    int64_t input) {
  for (int64_t first = 0; first < outputs; first += FM_PANEL)
    for (int64_t i = 0; i < inputs; i++)
      for (int64_t o = first; o < first + FM_PANEL; o++)
        *panels++ = o < outputs ? plain[o * output + i * input] : 0;
}

void fm_panels_unpack(const float *panels, int64_t inputs, int64_t outputs, float *plain) {
  for (int64_t o = 0; o < outputs; o++)
    for (int64_t i = 0; i < inputs; i++)
      plain[o * inputs + i] = panels[(o / FM_PANEL * inputs + i) * FM_PANEL + o % FM_PANEL];
}

/// Adds the products of `inputs` inputs, one after the other, to `rows` rows of 16 sums.
FM_INLINE void add_tile(
    const int rows, fm_view x, const float *panel, int64_t inputs, int starts, float *sums) {
  floats sum[TILE_ROWS];
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++)
    sum[r] = starts ? (floats){0} : FM_LOAD(sums + r * FM_PANEL);
  for (int64_t i = 0; i < inputs; i++) {
    const floats weights = FM_LOAD(panel + i * FM_PANEL);
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) sum[r] += x.start[r * x.row + i * x.column] * weights;
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) FM_STORE(sums + r * FM_PANEL, sum[r]);
}

// Blocks have about equal heights, because a few rows left over would cost another pass over the
// weights. Sums of up to 120 rows and 8 panels wait in the thread's own memory until all inputs are
// in.
#define FM_MULTIPLY(name, target)                                                              \
  target static void name(void *context, int64_t start, int64_t end) {                         \
    const product *p = context;                                                                \
    const int64_t all = (p->outputs + FM_PANEL - 1) / FM_PANEL;                                \
    const int64_t top = p->shares_rows ? start * TILE_ROWS : 0;                                \
    int64_t bottom = p->shares_rows ? end * TILE_ROWS : p->rows;                               \
    if (bottom > p->rows) bottom = p->rows;                                                    \
    const int64_t left = p->shares_rows ? 0 : start, right = p->shares_rows ? all : end;       \
    float *sums = fm_lane_memory(                                                              \
        FM_LANE_KERNEL, sizeof(float) * BLOCK_ROWS * CHUNK * FM_PANEL);                        \
    if (!sums) {                                                                               \
      for (int64_t r = top; r < bottom; r++)                                                   \
        for (int64_t o = left * FM_PANEL; o < right * FM_PANEL && o < p->outputs; o++)         \
          p->y[r * p->y_row + o] = NAN;                                                        \
      return;                                                                                  \
    }                                                                                          \
    const int64_t blocks = (bottom - top + BLOCK_ROWS - 1) / BLOCK_ROWS;                       \
    const int64_t even = blocks ? (bottom - top + blocks - 1) / blocks : TILE_ROWS;            \
    const int64_t height = (even + TILE_ROWS - 1) / TILE_ROWS * TILE_ROWS;                     \
    for (int64_t r0 = top; r0 < bottom; r0 += height) {                                        \
      const int64_t rows = bottom - r0 < height ? bottom - r0 : height;                        \
      for (int64_t p0 = left; p0 < right; p0 += CHUNK) {                                       \
        const int64_t p1 = right - p0 < CHUNK ? right : p0 + CHUNK;                            \
        for (int64_t i0 = 0; i0 < p->inputs; i0 += BLOCK_INPUTS) {                             \
          const int64_t inputs =                                                               \
              p->inputs - i0 < BLOCK_INPUTS ? p->inputs - i0 : BLOCK_INPUTS;                   \
          for (int64_t panel = p0; panel < p1; panel++) {                                      \
            const float *w = p->panels + (panel * p->inputs + i0) * FM_PANEL;                  \
            for (int64_t r = 0; r < rows; r += TILE_ROWS) {                                    \
              const fm_view x = {                                                              \
                  p->x.start + (r0 + r) * p->x.row + i0 * p->x.column, p->x.row,               \
                  p->x.column};                                                                \
              float *to = sums + ((panel - p0) * BLOCK_ROWS + r) * FM_PANEL;                   \
              switch (rows - r) {                                                              \
                case 1: add_tile(1, x, w, inputs, !i0, to); break;                             \
                case 2: add_tile(2, x, w, inputs, !i0, to); break;                             \
                case 3: add_tile(3, x, w, inputs, !i0, to); break;                             \
                case 4: add_tile(4, x, w, inputs, !i0, to); break;                             \
                case 5: add_tile(5, x, w, inputs, !i0, to); break;                             \
                default: add_tile(6, x, w, inputs, !i0, to); break;                            \
              }                                                                                \
            }                                                                                  \
          }                                                                                    \
        }                                                                                      \
        for (int64_t r = 0; r < rows; r++)                                                     \
          for (int64_t panel = p0; panel < p1; panel++)                                        \
            fm_end_sums(                                                                       \
                p->ending, p->bias, p->outputs,                                                \
                sums + ((panel - p0) * BLOCK_ROWS + r) * FM_PANEL, p->y + (r0 + r) * p->y_row, \
                panel * FM_PANEL);                                                             \
      }                                                                                        \
    }                                                                                          \
  }

FM_MULTIPLY(multiply_plainly, )
#if defined(__x86_64__)
FM_MULTIPLY(multiply_avx2, __attribute__((target("avx2,fma"))))
#endif

void fm_panels_multiply(
    fm_view x, int64_t rows, const float *panels, int64_t inputs, int64_t outputs,
    const float *bias, fm_ending ending, float *y, int64_t y_row, int threads) {
  const int64_t across = (outputs + FM_PANEL - 1) / FM_PANEL;
  const int64_t down = (rows + TILE_ROWS - 1) / TILE_ROWS;
  product p = {x, rows, panels, inputs, outputs, bias, ending, y, y_row, down > across};
  fm_body body = multiply_plainly;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) body = multiply_avx2;
#endif
  fm_parallel(threads, p.shares_rows ? down : across, body, &p);
}
