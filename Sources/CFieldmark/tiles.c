#include "tiles.h"

#include "ending.h"
#include "lanes.h"
#include "onednn.h"
#include "parallel.h"

#include <stdatomic.h>

#if defined(__x86_64__) && defined(__linux__)
#include <immintrin.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

// A tile of sums is 16 x 16, one of inputs 16 rows of 32, and one of weights 32 inputs of 16
// outputs.
enum { SIDE = 16, DEPTH = 32, TILE = SIDE * DEPTH };
// The sizes that are multiplied at a time: weights of 512 kB are a quarter of a second-level cache,
// and 256 rows make it worthwhile to read them.
enum { CHUNK_BYTES = 512 << 10, BLOCK_ROWS = 256 };

static int64_t depths(int64_t inputs) { return (inputs + DEPTH - 1) / DEPTH; }
static int64_t panels(int64_t outputs) { return (outputs + SIDE - 1) / SIDE; }

size_t fm_tiles_bytes(int64_t inputs, int64_t outputs) {
  // Panels are multiplied in pairs.
  return sizeof(uint16_t) * TILE * (size_t)(depths(inputs) * ((panels(outputs) + 1) & ~1));
}

/// Returns the place of a weight.
static int64_t place(int64_t inputs, int64_t input, int64_t output) {
  const int64_t tile = output / SIDE * depths(inputs) + input / DEPTH;
  return tile * TILE + input % DEPTH / 2 * 2 * SIDE + output % SIDE * 2 + input % 2;
}

void fm_tiles_pack(
    uint16_t *tiles, int64_t inputs, int64_t outputs, const float *plain, int64_t output,
    int64_t input) {
  memset(tiles, 0, fm_tiles_bytes(inputs, outputs));
  for (int64_t o = 0; o < outputs; o++)
    for (int64_t i = 0; i < inputs; i++)
      tiles[place(inputs, i, o)] = fm_bfloat(plain[o * output + i * input]);
}

void fm_tiles_unpack(const uint16_t *tiles, int64_t inputs, int64_t outputs, float *plain) {
  for (int64_t o = 0; o < outputs; o++)
    for (int64_t i = 0; i < inputs; i++)
      plain[o * inputs + i] = fm_from_bfloat(tiles[place(inputs, i, o)]);
}

#if defined(__x86_64__) && defined(__linux__)
#define FM_TILED                                                                               \
  __attribute__((target(                                                                       \
      "amx-tile,amx-bf16,avx2,fma,avx512f,avx512bw,avx512vl,avx512dq,avx512bf16")))

int fm_tiles_exist(void) {
  // This asks oneDNN, so that whatever keeps it from using tiles keeps this code from it, too.
  const unsigned needed = dnnl_cpu_isa_avx512_core_amx;
  if (((unsigned)dnnl_get_effective_cpu_isa() & needed) != needed) return 0;
  // Linux hands out the tiles' registers on request: arch_prctl(ARCH_REQ_XCOMP_PERM, XTILEDATA).
  return !syscall(SYS_arch_prctl, 0x1023, 18);
}

typedef struct {
  const uint16_t *x;
  int64_t rows;
  const uint16_t *tiles;
  int64_t inputs, outputs;
  const float *bias;
  fm_ending ending;
  char *y;
  /// The rows and panels of each piece, and how many pieces lie side by side.
  int64_t block, chunk, across;
  atomic_int failed;
} product;

/// Tiles 0 to 3 are sums, 4 and 5 inputs, 6 and 7 weights; all have 16 rows of 64 bytes.
FM_TILED static void configure(void) {
  struct {
    uint8_t palette, start, reserved[14];
    uint16_t bytes[16];
    uint8_t rows[16];
  } form = {.palette = 1};
  for (int i = 0; i < 8; i++) form.bytes[i] = 64, form.rows[i] = SIDE;
  _tile_loadconfig(&form);
}

/// Computes the sums of 32 rows, or of 16 if `is_low`, and of 32 outputs. Rows of x are `x_step`
/// bytes apart, and depths `x_depth`.
FM_TILED static void add_tiles(
    int is_low, const char *x, int64_t x_step, int64_t x_depth, const uint16_t *left,
    const uint16_t *right, int64_t count, float *sums) {
  const char *below = x + SIDE * x_step;
  _tile_zero(0), _tile_zero(1), _tile_zero(2), _tile_zero(3);
  if (is_low) {
    for (int64_t d = 0; d < count; d++) {
      _tile_loadd(4, x + d * x_depth, x_step);
      _tile_loadd(6, left + d * TILE, 64);
      _tile_loadd(7, right + d * TILE, 64);
      _tile_dpbf16ps(0, 4, 6);
      _tile_dpbf16ps(1, 4, 7);
    }
  } else {
    for (int64_t d = 0; d < count; d++) {
      _tile_loadd(4, x + d * x_depth, x_step);
      _tile_loadd(6, left + d * TILE, 64);
      _tile_dpbf16ps(0, 4, 6);
      _tile_loadd(7, right + d * TILE, 64);
      _tile_dpbf16ps(1, 4, 7);
      _tile_loadd(5, below + d * x_depth, x_step);
      _tile_dpbf16ps(2, 5, 6);
      _tile_dpbf16ps(3, 5, 7);
    }
    _tile_stored(2, sums + 2 * SIDE * SIDE, 4 * 2 * SIDE);
    _tile_stored(3, sums + 2 * SIDE * SIDE + SIDE, 4 * 2 * SIDE);
  }
  _tile_stored(0, sums, 4 * 2 * SIDE);
  _tile_stored(1, sums + SIDE, 4 * 2 * SIDE);
}

/// Turns the sums of `rows` rows and of panels from `panel` up to `last`, two at most, into outputs
/// in y.
FM_TILED static inline __attribute__((always_inline)) void end_with(
    const product *p, fm_ending ending, const float *sums, int64_t row, int64_t rows,
    int64_t panel, int64_t last) {
  const int64_t size = ending.result == FM_BF16 ? 2 : 4, y_row = p->outputs * size;
  if ((panel + 2) * SIDE <= p->outputs) {
    char *y = p->y + row * y_row + panel * SIDE * size;
    const float *bias = p->bias ? p->bias + panel * SIDE : 0;
    for (int64_t i = 0; i < rows; i++, y += y_row, sums += 2 * SIDE) {
      fm_end_sixteen(ending, bias, sums, y);
      fm_end_sixteen(ending, bias ? bias + SIDE : 0, sums + SIDE, y + SIDE * size);
    }
    return;
  }
  for (int64_t i = 0; i < rows; i++)
    for (int64_t o = panel; o < panel + 2 && o < last; o++)
      fm_end_sums(
          ending, p->bias, p->outputs, sums + i * 2 * SIDE + (o - panel) * SIDE,
          p->y + (row + i) * y_row, o * SIDE);
}

/// Does the same, with a loop of its own for each common ending.
FM_TILED static void end_tiles(
    const product *p, const float *sums, int64_t row, int64_t rows, int64_t panel, int64_t last) {
  fm_ending e = p->ending;
#define FM_COMMON(kind, sum, type)                                         \
  if (e.activation == kind && e.adds == sum && e.result == type) {         \
    e.activation = kind, e.adds = sum, e.result = type;                    \
    end_with(p, e, sums, row, rows, panel, last);                          \
    return;                                                                \
  }
  FM_COMMON(FM_NO_ACTIVATION, 0, FM_BF16)
  FM_COMMON(FM_NO_ACTIVATION, 1, FM_F32)
  FM_COMMON(FM_NO_ACTIVATION, 0, FM_F32)
  FM_COMMON(FM_QUICK_GELU, 0, FM_BF16)
  FM_COMMON(FM_GELU, 0, FM_BF16)
#undef FM_COMMON
  end_with(p, e, sums, row, rows, panel, last);
}

/// Copies rows that fill no tile, or whose inputs fill no depth, depth by depth, and fills them up
/// with zeros.
static void fill_up(const product *p, int64_t row, int64_t rows, char *to) {
  const int64_t all = depths(p->inputs), height = (rows + SIDE - 1) / SIDE * SIDE;
  memset(to, 0, (size_t)(64 * height * all));
  for (int64_t r = 0; r < rows; r++)
    for (int64_t d = 0; d < all; d++) {
      const int64_t left = p->inputs - d * DEPTH, count = left < DEPTH ? left : DEPTH;
      memcpy(
          to + 64 * (d * height + r), p->x + (row + r) * p->inputs + d * DEPTH, 2 * (size_t)count);
    }
}

FM_TILED static void multiply(void *context, int64_t start, int64_t end) {
  product *p = context;
  const int64_t all = depths(p->inputs);
  const int is_ragged = p->inputs % DEPTH != 0;
  float sums[2 * SIDE * 2 * SIDE] __attribute__((aligned(64)));
  char *filled = fm_lane_memory(FM_LANE_KERNEL, (size_t)(64 * 2 * SIDE * all));
  if (!filled) {
    atomic_store(&p->failed, 1);
    return;
  }
  configure();
  for (int64_t piece = start; piece < end; piece++) {
    const int64_t top = piece / p->across * p->block, first = piece % p->across * p->chunk;
    const int64_t bottom = top + p->block < p->rows ? top + p->block : p->rows;
    const int64_t last = first + p->chunk < panels(p->outputs) ? first + p->chunk
                                                              : panels(p->outputs);
    for (int64_t r = top; r < bottom; r += 2 * SIDE) {
      const int64_t rows = bottom - r < 2 * SIDE ? bottom - r : 2 * SIDE;
      const int is_filled = is_ragged || rows % SIDE != 0, is_low = rows <= SIDE;
      if (is_filled) fill_up(p, r, rows, filled);
      const char *x = is_filled ? filled : (const char *)(p->x + r * p->inputs);
      const int64_t x_step = is_filled ? 64 : 2 * p->inputs,
                    x_depth = is_filled ? 64 * (is_low ? SIDE : 2 * SIDE) : 64;
      for (int64_t panel = first; panel < last; panel += 2) {
        const uint16_t *w = p->tiles + panel * all * TILE;
        add_tiles(is_low, x, x_step, x_depth, w, w + all * TILE, all, sums);
        end_tiles(p, sums, r, rows, panel, last);
      }
    }
  }
  _tile_release();
}

int fm_tiles_multiply(
    const uint16_t *x, int64_t rows, const uint16_t *tiles, int64_t inputs, int64_t outputs,
    const float *bias, fm_ending ending, void *y, int threads) {
  const int64_t blocks = (rows + BLOCK_ROWS - 1) / BLOCK_ROWS, all = panels(outputs);
  const int64_t even = (rows + blocks - 1) / blocks;
  // Pieces have about equal sizes, and there are several for each thread.
  const int64_t by_cache = (2 * TILE * depths(inputs) * all + CHUNK_BYTES - 1) / CHUNK_BYTES,
                by_threads = threads > 1 ? (4 * threads + blocks - 1) / blocks : 1,
                across = by_cache > by_threads ? by_cache : by_threads;
  const int64_t chunk = ((all + across - 1) / across + 1) & ~1;
  product p = {
      x, rows, tiles, inputs, outputs, ending.has_bias ? bias : NULL, ending, y,
      (even + 2 * SIDE - 1) / (2 * SIDE) * (2 * SIDE), chunk, (all + chunk - 1) / chunk, 0};
  fm_parallel_singly(threads, (rows + p.block - 1) / p.block * p.across, multiply, &p);
  return atomic_load(&p.failed) ? -1 : 0;
}
#else
int fm_tiles_exist(void) { return 0; }
int fm_tiles_multiply(
    const uint16_t *x, int64_t rows, const uint16_t *tiles, int64_t inputs, int64_t outputs,
    const float *bias, fm_ending ending, void *y, int threads) {
  (void)x, (void)rows, (void)tiles, (void)inputs, (void)outputs, (void)bias, (void)ending, (void)y,
      (void)threads;
  return -1;
}
#endif
