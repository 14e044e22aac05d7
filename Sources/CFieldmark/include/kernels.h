// What a transformer does between its products: norms and attention.
#pragma once

#include "products.h"

#include <stddef.h>
#include <stdint.h>

/// How many threads the calling thread may use for one product or kernel; OpenMP keeps the number
/// for each thread by itself. At first it is what OpenMP finds.
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

/// float32 rounded to bfloat16, half to even.
void fm_round_to_bfloats(const float *_Nonnull x, int64_t count, void *_Nonnull y);

/// Which rows attend to which: sequences one after the other, every row of one to all of its rows.
typedef struct {
  /// FM_F32 or FM_BF16: of queries, keys, values and answers. Sums are float32.
  fm_number type;
  int64_t heads, head_width;
  /// How many sequences, and where each begins: `starts[sequences]` is the number of all rows.
  int64_t sequences;
  const int64_t *_Nonnull starts;
  /// How many elements further the next row lies.
  int64_t query_row, key_row, answer_row;
  /// Whether a row attends only to itself and to those before it.
  int is_causal;
  /// Whether each sequence has one query only, its last row's (what causal means then) or another
  /// that sees everything; queries and answers are then one row for each sequence.
  int has_one_query;
} fm_attention;

/// answer = softmax(query key' / sqrt(head width)) value for each head, whose columns follow each
/// other in every row. 0 when done, -1 where memory is short.
int fm_attend(
    const fm_attention *_Nonnull how, const void *_Nonnull queries, const void *_Nonnull keys,
    const void *_Nonnull values, void *_Nonnull answers, int threads);
