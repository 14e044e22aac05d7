// Matrix products by oneDNN (versions 2 and 3), with the weights packed once in its own form.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// A prepared product `y = x W' + b`: x is rows x inputs, W outputs x inputs (as PyTorch keeps a
/// linear layer), y rows x outputs, all float32, row by row. One product may run on many threads
/// at once. Made by `fm_product_make`, released by `fm_product_free`.
typedef struct fm_product fm_product;

/// Prepares a product for one shape, or gives NULL where oneDNN cannot. It runs on `threads`
/// threads for as long as it lives: oneDNN fixes their number when a product is made.
fm_product *_Nullable fm_product_make(
    int64_t rows, int64_t inputs, int64_t outputs, int has_bias, int threads);
void fm_product_free(fm_product *_Nullable product);

/// Bytes that the packed weights take; the caller brings them, 64-byte aligned.
size_t fm_product_packed_bytes(const fm_product *_Nonnull product);

/// Packs W (outputs x inputs) into the caller's buffer; W is not needed afterwards. 0 when done.
int fm_product_pack(
    const fm_product *_Nonnull product, const float *_Nonnull weights, void *_Nonnull packed);

/// Runs the product; `bias` is read only if it was announced. 0 when done.
int fm_product_run(
    const fm_product *_Nonnull product, const float *_Nonnull x, const void *_Nonnull packed,
    const float *_Nullable bias, float *_Nonnull y);
