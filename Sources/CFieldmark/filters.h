// The weights of a convolution, in each order that a prepared convolution has asked for. Internal
// to this folder.
#pragma once

#include "convolutions.h"
#include "onednn.h"

#include <pthread.h>

/// Weights in one order. They never change once they are in the list.
typedef struct fm_packing {
  fm_shape shape;
  void *memory;
  struct fm_packing *next;
} fm_packing;

struct fm_filters {
  fm_window window;
  dnnl_data_type_t type;
  pthread_mutex_t lock;
  /// The first packing in the list holds the numbers from which all others are made.
  fm_packing *packings;
};

/// Packs plain weights, outputs x inputs x rows x columns, in a first order.
fm_filters *fm_filters_pack(
    fm_window window, dnnl_data_type_t type, const float *plain, const fm_shape *order);

/// Returns the weights in this order, packed when it is first asked for; NULL if memory is short.
const fm_packing *fm_filters_find(fm_filters *filters, const fm_shape *order);
