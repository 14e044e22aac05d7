// What a transformer does between its products: norms and attention.
#pragma once

#include "products.h"

#include <stddef.h>
#include <stdint.h>

/// How many threads the calling thread may use for one product or kernel; each thread has a number of
/// its own, at first as many as there are processors, or what OMP_NUM_THREADS says.
int fm_threads(void);
void fm_set_threads(int threads);
/// Processors that this process may run on.
int fm_processors(void);

/// The beginning of a file of the system's; how many bytes, -1 where there is none.
int fm_read_small_file(const char *_Nonnull path, uint8_t *_Nonnull bytes, size_t count);

/// Memory of the calling thread's own to work in, 64-byte aligned; what it holds lasts until the
/// thread asks again or ends. NULL where there is none left.
void *_Nullable fm_work_memory(size_t bytes);

/// Rows of float32, each with mean 0 and variance 1 over its columns, times weight, plus bias;
/// written as `type`, FM_F32 or FM_BF16. Rows of y follow each other without gaps.
void fm_normalize(
    const float *_Nonnull x, int64_t rows, int64_t columns, const float *_Nonnull weight,
    const float *_Nonnull bias, float epsilon, fm_number type, void *_Nonnull y, int threads);

/// silu(first half) * second half of each row of 2 x `columns` numbers of `type`.
void fm_gate(
    const void *_Nonnull x, int64_t rows, int64_t columns, fm_number type, void *_Nonnull y,
    int threads);

/// Functions of one number, as transformers apply them between products.
typedef enum { FM_F_QUICK_GELU, FM_F_GELU, FM_F_GELU_TANH, FM_F_SILU } fm_function;

/// The function of each number, or its slope there.
void fm_activate(
    const float *_Nonnull x, int64_t count, fm_function kind, int slopes, float *_Nonnull y,
    int threads);

/// exp(scale x) by the sum of them in each row, in place; where that is causal, of a row's beginning
/// up to the diagonal, and 0 beyond it. On the calling thread.
void fm_softmax(
    float *_Nonnull x, int64_t rows, int64_t columns, float scale, int is_causal);
/// Its way back, in place: from what a score's slopes are for the shares p to what they are for x.
void fm_softmax_back(
    const float *_Nonnull shares, float *_Nonnull slopes, int64_t rows, int64_t columns,
    float scale);

/// How a step of Adam moves weights (Kingma and Ba 2014, algorithm 1): `size` is the rate over
/// 1 - keeps_mean^t, `share` 1 over the root of 1 - keeps_square^t.
typedef struct {
  float decay, keeps_mean, keeps_square, size, share, least;
} fm_adam;
/// A step, in place: slopes gain decay times the weight, means and mean squares of slopes are kept.
void fm_descend(
    float *_Nonnull weights, float *_Nonnull means, float *_Nonnull squares,
    const float *_Nonnull slopes, int64_t count, fm_adam adam, int threads);

/// float32 rounded to bfloat16, half to even.
void fm_round_to_bfloats(const float *_Nonnull x, int64_t count, void *_Nonnull y);

/// What a kernel may use of the processor: all, or less, for tests that hold the ways equal.
typedef enum { FM_ALL = 0, FM_NO_AVX512 = 1, FM_PLAIN = 2 } fm_isa;

/// Which rows attend to which: every place of a sequence to all of its places, or, where that is
/// causal, to itself and those before it.
typedef struct {
  /// FM_F32 or FM_BF16: of queries, keys, values and answers. Sums are float32.
  fm_number type;
  int64_t heads, head_width;
  /// How many sequences, and where each begins: `starts[sequences]` is the number of all places.
  int64_t sequences;
  const int64_t *_Nonnull starts;
  /// The row at each place; NULL where places are rows.
  const int64_t *_Nullable rows;
  /// How many of each sequence's first places are rows of sequences before it, which have been
  /// asked there; what follows are neighbouring rows. NULL where there are none.
  const int64_t *_Nullable shared;
  /// How many elements further the next row lies.
  int64_t query_row, key_row, answer_row;
  int is_causal;
  /// Whether each sequence has one query only, which sees everything; queries and answers are then
  /// one row for each sequence.
  int has_one_query;
  fm_isa isa;
} fm_attention;

/// answer = softmax(query key' / sqrt(head width)) value for each head, whose columns follow each
/// other in every row. 0 when done, -1 where memory is short.
int fm_attend(
    const fm_attention *_Nonnull how, const void *_Nonnull queries, const void *_Nonnull keys,
    const void *_Nonnull values, void *_Nonnull answers, int threads);
