// One request and its answer, as http.c fills it in.
#pragma once

#include "connections.h"
#include "http.h"
#include "httplibrary.h"

struct fm_exchange {
  const fm_http_library *library;
  struct MHD_Connection *mhd;
  fm_connection *connection;
  /// Set when the server is about to stop.
  atomic_int *stopping;
  /// The target as it was sent; the library decodes its own in place.
  char *target;
  const char *method, *protocol;
  int has_begun;
  /// When the first byte of the body could have come.
  int64_t begin;
  /// All bytes that have come, and those of them that are kept.
  size_t received, count, capacity;
  uint8_t *body;
  int status;
  size_t answer_count;
  struct MHD_Response *answer;
};

/// Keeps more bytes of the body; 0 without memory.
int fm_exchange_add(fm_exchange *exchange, const char *bytes, size_t count);

void fm_exchange_free(fm_exchange *exchange);
