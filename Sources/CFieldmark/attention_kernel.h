// Attention of one head over one sequence. The code is written once and compiled for several kinds
// of processor. The including file chooses one by FM_TARGET, FM_NAME(x), FM_ROWS (how many queries
// are computed at once) and FM_BFLOATS (whether numbers are bfloat16, in pairs; FM_DOT then adds
// the products of pairs).
//
// A `unit` is what one lane multiplies: a float, or two bfloat16. Keys are transposed once so that
// sixteen of them lie side by side; values already do.

#if FM_BFLOATS
#define FM_PAIR 2
#define FM_MULTIPLY_ADD(sum, a, b) FM_DOT(sum, a, b)
#else
#define FM_PAIR 1
#define FM_MULTIPLY_ADD(sum, a, b) ((sum) + (a) * (b))
#endif

/// Computes sums of products: FM_ROWS rows of units, which `a` points to, times `vectors` x 16
/// columns of b.
#define FM_PRODUCT(name, vectors)                                                              \
  FM_TARGET static void FM_NAME(name)(                                                         \
      const uint32_t *const *a, const uint32_t *b, int64_t b_row, int64_t count, float *y,     \
      int64_t y_row) {                                                                         \
    floats sum[FM_ROWS][vectors];                                                              \
    _Pragma("clang loop unroll(full)") for (int r = 0; r < FM_ROWS; r++)                       \
        _Pragma("clang loop unroll(full)") for (int v = 0; v < vectors; v++) sum[r][v] =       \
            (floats){0};                                                                       \
    for (int64_t k = 0; k < count; k++, b += b_row) {                                          \
      _Pragma("clang loop unroll(full)") for (int r = 0; r < FM_ROWS; r++) {                   \
        const bits one = (bits){0} + a[r][k];                                                  \
        _Pragma("clang loop unroll(full)") for (int v = 0; v < vectors; v++) sum[r][v] =       \
            FM_MULTIPLY_ADD(sum[r][v], (floats)one, FM_LOAD(b + 16 * v));                      \
      }                                                                                        \
    }                                                                                          \
    _Pragma("clang loop unroll(full)") for (int r = 0; r < FM_ROWS; r++)                       \
        _Pragma("clang loop unroll(full)") for (int v = 0; v < vectors; v++)                   \
            FM_STORE(y + r * y_row + 16 * v, sum[r][v]);                                       \
  }
FM_PRODUCT(product1, 1)
FM_PRODUCT(product2, 2)
FM_PRODUCT(product3, 3)
FM_PRODUCT(product4, 4)
#undef FM_PRODUCT

/// Computes all columns of a product, in parts of up to four vectors and of about the same size.
FM_TARGET static void FM_NAME(multiply)(
    const uint32_t *const *a, const uint32_t *b, int64_t b_row, int64_t count, float *y,
    int64_t y_row, int64_t vectors) {
  for (int64_t parts = (vectors + 3) / 4; parts > 0; parts--) {
    int64_t part = (vectors + parts - 1) / parts;
    (part == 1   ? FM_NAME(product1)
     : part == 2 ? FM_NAME(product2)
     : part == 3 ? FM_NAME(product3)
                 : FM_NAME(product4))(a, b, b_row, count, y, y_row);
    vectors -= part, b += 16 * part, y += 16 * part;
  }
}

/// Replaces the first `count` of a row of scores by exp(scale (s - max s)), and the others, up to
/// whole vectors, by zero. Returns the sum. bfloat16 results are at the front of the same memory.
FM_TARGET static float FM_NAME(exponentials)(
    float *s, int64_t count, int64_t vectors, float scale) {
  float most = s[0];
  floats top = (floats){0} + most;
  int64_t whole = count / 16;
  for (int64_t v = 0; v < whole; v++) {
    floats x = FM_LOAD(s + 16 * v);
    ints larger = x > top;
    top = (floats)(((bits)x & (bits)larger) | ((bits)top & ~(bits)larger));
  }
  for (int lane = 0; lane < 16; lane++) most = top[lane] > most ? top[lane] : most;
  for (int64_t i = 16 * whole; i < count; i++) most = s[i] > most ? s[i] : most;
  floats total = {0};
  const ints lanes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  for (int64_t v = 0; v < vectors; v++) {
    floats x = (FM_LOAD(s + 16 * v) - most) * scale, y;
    // Lanes beyond `count` hold whatever the products left there, so they are masked.
    ints inside = lanes < (ints){0} + (int32_t)(count - 16 * v > 16 ? 16 : count - 16 * v);
    x = (floats)((bits)x & (bits)inside);
    FM_EXP(x, y);
    y = (floats)((bits)y & (bits)inside);
    total += y;
#if FM_BFLOATS
    FM_STORE_BFLOATS((uint16_t *)s + 16 * v, y);
#else
    FM_STORE(s + 16 * v, y);
#endif
  }
  float sum = 0;
  for (int lane = 0; lane < 16; lane++) sum += total[lane];
  return sum;
}

/// One of the steps that transpose 16 rows of 16 units: it exchanges blocks of s x s units.
#define FM_SWAP(s, ...)                                                                   \
  for (int i = 0; i < 16; i++)                                                            \
    if (!(i & s)) {                                                                       \
      bits low = t[i], high = t[i + s];                                                   \
      t[i] = __builtin_shufflevector(low, high, FM_LOW_##s);                              \
      t[i + s] = __builtin_shufflevector(low, high, FM_HIGH_##s);                         \
    }
#define FM_LOW_8 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23
#define FM_HIGH_8 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31
#define FM_LOW_4 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27
#define FM_HIGH_4 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31
#define FM_LOW_2 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29
#define FM_HIGH_2 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31
#define FM_LOW_1 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30
#define FM_HIGH_1 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31

/// Transposes keys, which are rows of `units`, so that 16 keys lie side by side; zeros follow the
/// last key.
FM_TARGET static void FM_NAME(turn)(
    const char *keys, const int64_t *places, int64_t count, int64_t units, uint32_t *turned,
    int64_t turned_row) {
  for (int64_t j = 0; j < count; j += 16) {
    const int64_t rows = count - j < 16 ? count - j : 16;
    int64_t k = 0;
    if (rows == 16)
      for (; k + 16 <= units; k += 16) {
        bits t[16];
        for (int i = 0; i < 16; i++)
          t[i] = *(const bits *)(keys + places[j + i] + 4 * k);
#pragma clang loop unroll(full)
        FM_SWAP(8)
#pragma clang loop unroll(full)
        FM_SWAP(4)
#pragma clang loop unroll(full)
        FM_SWAP(2)
#pragma clang loop unroll(full)
        FM_SWAP(1)
        for (int i = 0; i < 16; i++) *(bits *)(turned + (k + i) * turned_row + j) = t[i];
      }
    for (; k < units; k++)
      for (int64_t i = 0; i < 16; i++) {
        uint32_t unit = 0;
        if (i < rows) memcpy(&unit, keys + places[j + i] + 4 * k, 4);
        turned[k * turned_row + j + i] = unit;
      }
  }
}

/// Gathers values in units: a row of floats for each value, or with bfloat16 a row for every two
/// values, in which each lane holds the same column of both. Zeros follow the last column and the
/// last row.
FM_TARGET static void FM_NAME(gather)(
    const char *values, const int64_t *places, int64_t count, int64_t width, uint32_t *units,
    int64_t units_row) {
  for (int64_t j = 0; j < count; j += FM_PAIR, units += units_row) {
#if FM_BFLOATS
    const uint16_t *first = (const uint16_t *)(values + places[j]);
    if (j + 1 < count) {
      const uint16_t *second = (const uint16_t *)(values + places[j + 1]);
      for (int64_t c = 0; c < width; c++) units[c] = first[c] | (uint32_t)second[c] << 16;
    } else
      for (int64_t c = 0; c < width; c++) units[c] = first[c];
#else
    memcpy(units, values + places[j], 4 * (size_t)width);
#endif
    for (int64_t c = width; c < units_row; c++) units[c] = 0;
  }
}

/// Computes the attention of one head over one sequence.
FM_TARGET static void FM_NAME(head)(
    const fm_head *h, const char *queries, const char *keys, const char *values, char *answers) {
  const int64_t vectors = h->key_vectors, width = h->width;
  FM_NAME(turn)(keys, h->places, h->keys, (width + FM_PAIR - 1) / FM_PAIR, h->turned,
                16 * vectors);
  FM_NAME(gather)(values, h->places, h->keys, width, h->values, 16 * h->width_vectors);
  const uint32_t *rows[FM_ROWS];
  for (int64_t start = 0; start < h->queries; start += FM_ROWS) {
    const int64_t count = h->queries - start < FM_ROWS ? h->queries - start : FM_ROWS;
    // If fewer rows are left at the end, the first of them stands in, and its answer is dropped.
    for (int64_t r = 0; r < FM_ROWS; r++)
      rows[r] = (const uint32_t *)(queries + (start + (r < count ? r : 0)) * h->query_bytes);
    const int64_t before = h->first + start;
    const int64_t seen = h->is_causal ? before + count : h->keys;
    const int64_t seen_vectors = (seen + 15) / 16;
    FM_NAME(multiply)(rows, h->turned, 16 * vectors, width / FM_PAIR, h->scores, 16 * vectors,
                      seen_vectors);
    float sums[FM_ROWS];
    for (int64_t r = 0; r < FM_ROWS; r++) {
      float *scores = h->scores + r * 16 * vectors;
      const int64_t own = h->is_causal && r < count ? before + r + 1 : seen;
      sums[r] = FM_NAME(exponentials)(scores, own, seen_vectors, h->scale);
      rows[r] = (const uint32_t *)scores;
    }
    FM_NAME(multiply)(rows, h->values, 16 * h->width_vectors, (seen + FM_PAIR - 1) / FM_PAIR,
                      h->answers, 16 * h->width_vectors, h->width_vectors);
    for (int64_t r = 0; r < count; r++) {
      const float *from = h->answers + r * 16 * h->width_vectors;
      const float share = 1 / sums[r];
#if FM_BFLOATS
      uint16_t *to = (uint16_t *)(answers + (start + r) * h->answer_bytes);
      int64_t c = 0;
      for (; c + 16 <= width; c += 16) FM_STORE_BFLOATS(to + c, FM_LOAD(from + c) * share);
      for (; c < width; c++) to[c] = fm_bfloat(from[c] * share);
#else
      float *to = (float *)(answers + (start + r) * h->answer_bytes);
      for (int64_t c = 0; c < width; c++) to[c] = from[c] * share;
#endif
    }
  }
}

#undef FM_SWAP
#undef FM_PAIR
#undef FM_MULTIPLY_ADD
#undef FM_TARGET
#undef FM_NAME
#undef FM_ROWS
#undef FM_BFLOATS
