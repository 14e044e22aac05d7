// Matrix products by oneDNN (versions 2 and 3), with the weights packed once in its own form.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// What numbers are in memory.
typedef enum { FM_F32 = 0, FM_BF16 = 1 } fm_number;

/// What follows the bias: y = activation(x W' + b).
typedef enum {
  FM_NO_ACTIVATION = 0, FM_QUICK_GELU = 1, FM_GELU = 2, FM_GELU_TANH = 3, FM_RELU = 4
} fm_activation;

/// Whether the processor multiplies such numbers by itself; without, oneDNN imitates them slowly.
int fm_processor_multiplies(fm_number type);

/// The weights W (outputs x inputs, as PyTorch keeps a linear layer) in the order that oneDNN's
/// kernels read fastest. Owns its memory. Never changed after packing: any number of products may
/// read it on any number of threads. Released by `fm_weights_free`.
typedef struct fm_weights fm_weights;

/// Room for weights, in the order that suits products of about so many rows; NULL where oneDNN has
/// none or memory is short.
fm_weights *_Nullable fm_weights_make(
    int64_t inputs, int64_t outputs, fm_number type, int64_t rows);
void fm_weights_free(fm_weights *_Nullable weights);
size_t fm_weights_bytes(const fm_weights *_Nonnull weights);

/// Packs plain float32 weights, which are not needed afterwards: `output` and `input` say how many
/// elements further the next output and the next input lie. 0 when done.
int fm_weights_pack(
    fm_weights *_Nonnull weights, const float *_Nonnull plain, int64_t output, int64_t input);
/// The other way: plain float32, outputs x inputs. 0 when done.
int fm_weights_unpack(const fm_weights *_Nonnull weights, float *_Nonnull plain);

/// How a product ends.
typedef struct {
  int has_bias;
  fm_activation activation;
  /// Whether the product is added to what y holds, after bias and activation.
  int adds;
  /// What y is made of: FM_F32 or FM_BF16.
  fm_number result;
} fm_ending;

/// A prepared product `y = x W' + b` for one number of rows; x is rows x inputs of the weights'
/// type, y rows x outputs, both row by row. One product may run on many threads at once. Needs its
/// weights to live as long. Released by `fm_product_free`.
typedef struct fm_product fm_product;

/// Prepares a product, or gives NULL where oneDNN cannot. It is cut into pieces for so many threads
/// when it is made.
fm_product *_Nullable fm_product_make(
    const fm_weights *_Nonnull weights, int64_t rows, fm_ending ending, int threads);
void fm_product_free(fm_product *_Nullable product);

/// oneDNN's name for the kernel that was chosen.
const char *_Nonnull fm_product_kernel(const fm_product *_Nonnull product);

/// Runs the product; `bias` (float32) is read only if it was announced. 0 when done.
int fm_product_run(
    const fm_product *_Nonnull product, const void *_Nonnull x, const float *_Nullable bias,
    void *_Nonnull y);

/// A matrix somewhere in memory: how many elements further the next row and the next column lie.
typedef struct {
  const float *_Nonnull start;
  int64_t row, column;
} fm_view;

/// y = a b for plain float32 matrices: a is rows x inner, b inner x columns; y has its rows
/// `y_row` elements apart. 0 when done.
int fm_multiply(
    int64_t rows, int64_t inner, int64_t columns, fm_view a, fm_view b, float *_Nonnull y,
    int64_t y_row, int threads);

/// The same by our own code, which `fm_multiply` falls back to where oneDNN's sums would depend on
/// the number of rows and threads.
int fm_multiply_in_panels(
    int64_t rows, int64_t inner, int64_t columns, fm_view a, fm_view b, float *_Nonnull y,
    int64_t y_row, int threads);
