// What a transformer computes between its products: norms, activations and attention.
#pragma once

#include "products.h"

#include <stddef.h>
#include <stdint.h>

/// Returns how many threads the calling thread may use for one product or kernel. Each thread has
/// its own number, which is at first the number of processors, or OMP_NUM_THREADS if that is set.
int fm_threads(void);
void fm_set_threads(int threads);
/// Returns the number of processors that this process may run on.
int fm_processors(void);

/// Reads the beginning of a file of the system. Returns the number of bytes, or -1 if there is no
/// such file.
int fm_read_small_file(const char *_Nonnull path, uint8_t *_Nonnull bytes, size_t count);

/// Returns memory of the calling thread to work in, 64-byte aligned. Its contents last until the
/// thread asks again or ends. NULL if memory is short.
void *_Nullable fm_work_memory(size_t bytes);

/// Scales each row of float32 to mean 0 and variance 1 over its columns, multiplies by weight and
/// adds bias. The result is written as `type`, FM_F32 or FM_BF16, and rows of y have no gaps
/// between them.
void fm_normalize(
    const float *_Nonnull x, int64_t rows, int64_t columns, const float *_Nonnull weight,
    const float *_Nonnull bias, float epsilon, fm_number type, void *_Nonnull y, int threads);

/// Computes silu(first half) * second half of each row of 2 x `columns` numbers of `type`.
void fm_gate(
    const void *_Nonnull x, int64_t rows, int64_t columns, fm_number type, void *_Nonnull y,
    int threads);

/// Functions of one number, as transformers apply them between products.
typedef enum { FM_F_QUICK_GELU, FM_F_GELU, FM_F_GELU_TANH, FM_F_SILU } fm_function;

/// Applies the function to each number, or computes its slope there.
void fm_activate(
    const float *_Nonnull x, int64_t count, fm_function kind, int slopes, float *_Nonnull y,
    int threads);

/// Replaces each row by its softmax, exp(scale x) / sum of exp(scale x). If it is causal, a row
/// ends at its diagonal and is 0 beyond. It runs on the calling thread.
void fm_softmax(
    float *_Nonnull x, int64_t rows, int64_t columns, float scale, int is_causal);
/// Computes the pullback of the softmax in place: from the gradient at the shares p to the gradient
/// at x.
void fm_softmax_back(
    const float *_Nonnull shares, float *_Nonnull slopes, int64_t rows, int64_t columns,
    float scale);

/// The numbers of step t of Adam (Kingma and Ba 2014, algorithm 1): `size` is
/// `rate / (1 - keeps_mean^t)`, `share` is `1 / sqrt(1 - keeps_square^t)`, and `least` is what
/// keeps the denominator above 0.
typedef struct {
  float decay, keeps_mean, keeps_square, size, share, least;
} fm_adam;
/// Takes a step in place. Decay times the weight is added to each slope, and the running means of
/// slopes and of their squares are updated.
void fm_descend(
    float *_Nonnull weights, float *_Nonnull means, float *_Nonnull squares,
    const float *_Nonnull slopes, int64_t count, fm_adam adam, int threads);

/// Rounds float32 to bfloat16, half to even.
void fm_round_to_bfloats(const float *_Nonnull x, int64_t count, void *_Nonnull y);

/// Which instructions a kernel may use: all, or fewer, for tests that compare the variants.
typedef enum { FM_ALL = 0, FM_NO_AVX512 = 1, FM_PLAIN = 2 } fm_isa;

/// Which rows attend to which. Every place of a sequence attends to all of its places, or if it is
/// causal, to itself and those before it.
typedef struct {
  /// The type of queries, keys, values and answers: FM_F32 or FM_BF16. Sums are float32.
  fm_number type;
  int64_t heads, head_width;
  /// The number of sequences, and where each begins: `starts[sequences]` is the number of all
  /// places.
  int64_t sequences;
  const int64_t *_Nonnull starts;
  /// The row at each place; NULL if places are rows.
  const int64_t *_Nullable rows;
  /// For each sequence, how many of its first places are rows of sequences before it, which are
  /// computed there. The rows after these are neighbors. NULL if no rows are shared.
  const int64_t *_Nullable shared;
  /// The distances from one row to the next, in elements.
  int64_t query_row, key_row, answer_row;
  int is_causal;
  /// Whether each sequence has only one query, which sees everything. Queries and answers then have
  /// one row for each sequence.
  int has_one_query;
  fm_isa isa;
} fm_attention;

/// Computes answer = softmax(query key' / sqrt(head width)) value for each head; the heads' columns
/// follow each other in every row. Returns 0 when done, -1 if memory is short or the processor has
/// no kernel for the type.
int fm_attend(
    const fm_attention *_Nonnull how, const void *_Nonnull queries, const void *_Nonnull keys,
    const void *_Nonnull values, void *_Nonnull answers, int threads);
