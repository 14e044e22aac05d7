// Matrix products by oneDNN (versions 2 and 3), with the weights packed once in its own form.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// The type of the numbers in memory.
typedef enum { FM_F32 = 0, FM_BF16 = 1 } fm_number;

/// The activation that follows the bias: y = activation(x W' + b).
typedef enum {
  FM_NO_ACTIVATION = 0, FM_QUICK_GELU = 1, FM_GELU = 2, FM_GELU_TANH = 3, FM_RELU = 4
} fm_activation;

/// Whether the processor has instructions for such numbers. Without them, oneDNN emulates them
/// slowly.
int fm_processor_multiplies(fm_number type);

/// The weights W (outputs x inputs, as PyTorch keeps a linear layer) in the order that oneDNN's
/// kernels read fastest. They own their memory and never change after packing, so any number of
/// products may read them on any number of threads. Released by `fm_weights_free`.
typedef struct fm_weights fm_weights;

/// Allocates weights in the best order for products of about `rows` rows; NULL if oneDNN has no
/// such order or memory is short.
fm_weights *_Nullable fm_weights_make(
    int64_t inputs, int64_t outputs, fm_number type, int64_t rows);
void fm_weights_free(fm_weights *_Nullable weights);
size_t fm_weights_bytes(const fm_weights *_Nonnull weights);

/// Packs plain float32 weights, which are not needed afterwards. `output` and `input` are the
/// distances to the next output and to the next input, in elements. Returns 0 when done.
int fm_weights_pack(
    fm_weights *_Nonnull weights, const float *_Nonnull plain, int64_t output, int64_t input);
/// Unpacks into plain float32, outputs x inputs. Returns 0 when done.
int fm_weights_unpack(const fm_weights *_Nonnull weights, float *_Nonnull plain);

/// How a product ends.
typedef struct {
  int has_bias;
  fm_activation activation;
  /// Whether the product is added to what y holds, after bias and activation.
  int adds;
  /// The type of y: FM_F32 or FM_BF16.
  fm_number result;
} fm_ending;

/// A prepared product `y = x W' + b` for one number of rows. x is rows x inputs of the weights'
/// type, and y is rows x outputs, both row by row. One product may run on many threads at once. Its
/// weights must live as long as it does. Released by `fm_product_free`.
typedef struct fm_product fm_product;

/// Prepares a product, or returns NULL if oneDNN cannot. The work is cut into pieces for `threads`
/// threads when the product is made.
fm_product *_Nullable fm_product_make(
    const fm_weights *_Nonnull weights, int64_t rows, fm_ending ending, int threads);
void fm_product_free(fm_product *_Nullable product);

/// Returns oneDNN's name for the kernel that was chosen, or "own" if the product is done by our own
/// code.
const char *_Nonnull fm_product_kernel(const fm_product *_Nonnull product);

/// Runs the product. `bias` (float32) is read only if the ending has one. Returns 0 when done.
int fm_product_run(
    const fm_product *_Nonnull product, const void *_Nonnull x, const float *_Nullable bias,
    void *_Nonnull y);

/// A matrix in memory, with the distances to the next row and to the next column in elements.
typedef struct {
  const float *_Nonnull start;
  int64_t row, column;
} fm_view;

/// Computes y = a b for plain float32 matrices. a is rows x inner and b inner x columns; rows of y
/// are `y_row` elements apart. Returns 0 when done.
int fm_multiply(
    int64_t rows, int64_t inner, int64_t columns, fm_view a, fm_view b, float *_Nonnull y,
    int64_t y_row, int threads);

/// The same by our own code, to which `fm_multiply` falls back if oneDNN's sums would depend on the
/// number of rows and threads.
int fm_multiply_in_panels(
    int64_t rows, int64_t inner, int64_t columns, fm_view a, fm_view b, float *_Nonnull y,
    int64_t y_row, int threads);
