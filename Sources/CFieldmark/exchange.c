// For POLLRDHUP.
#define _GNU_SOURCE
#include "exchange.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

const char *fm_exchange_method(const fm_exchange *exchange) { return exchange->method; }
const char *fm_exchange_target(const fm_exchange *exchange) { return exchange->target; }
const char *fm_exchange_protocol(const fm_exchange *exchange) { return exchange->protocol; }

struct each {
  void *context;
  void (*call)(void *context, fm_http_header header);
};

static enum MHD_Result pass(
    void *context, enum MHD_ValueKind kind, const char *name, size_t name_count, const char *value,
    size_t value_count) {
  (void)kind;
  const struct each *each = context;
  each->call(
      each->context, (fm_http_header){name, name_count, value ? value : "", value_count});
  return MHD_YES;
}

void fm_exchange_headers(
    fm_exchange *exchange, void *context, void (*call)(void *context, fm_http_header header)) {
  struct each each = {context, call};
  exchange->library->get_connection_values_n(exchange->mhd, MHD_HEADER_KIND, pass, &each);
}

/// What is left of the head after the headers so far.
struct rest {
  const char *at, *end;
  int is_good;
};

/// Goes over what stands between two texts. The library has put NUL bytes over a colon and the ends
/// of lines.
static void skip(struct rest *rest, const char *to) {
  rest->is_good &= to >= rest->at && to <= rest->end;
  for (; rest->is_good && rest->at < to; rest->at++)
    rest->is_good = memchr("\0 \t\r\n", *rest->at, 5) != NULL;
}

static enum MHD_Result follow(
    void *context, enum MHD_ValueKind kind, const char *name, size_t name_count, const char *value,
    size_t value_count) {
  (void)kind;
  struct rest *rest = context;
  skip(rest, name);
  if (!rest->is_good) return MHD_NO;
  rest->at = name + name_count;
  // A value that is empty may stand anywhere.
  if (value_count == 0) return MHD_YES;
  skip(rest, value);
  if (rest->is_good) rest->at = value + value_count;
  return rest->is_good ? MHD_YES : MHD_NO;
}

int fm_exchange_is_well_formed(fm_exchange *exchange) {
  // Since 1.0 the library itself refuses what this looks for.
  if (strncmp(exchange->library->get_version(), "0.", 2) != 0) return 1;
  const union MHD_ConnectionInfo *info = exchange->library->get_connection_info(
      exchange->mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
  if (!info) return 0;
  const char *start = exchange->method, *end = start + info->header_size;
  const char *protocol = exchange->protocol;
  // One space stands before the target and one after it.
  if (protocol != start + strlen(start) + 1 + strlen(exchange->target) + 1) return 0;
  struct rest rest = {protocol + strlen(protocol), end, 1};
  exchange->library->get_connection_values_n(exchange->mhd, MHD_HEADER_KIND, follow, &rest);
  skip(&rest, end);
  return rest.is_good;
}

const uint8_t *fm_exchange_body(const fm_exchange *exchange, size_t *count) {
  *count = exchange->count;
  return exchange->body;
}

int fm_exchange_is_awaited(fm_exchange *exchange) {
  struct pollfd connection = {exchange->connection->socket, POLLRDHUP, 0};
  return !atomic_load(exchange->stopping) && poll(&connection, 1, 0) == 0;
}

void fm_exchange_answer(
    fm_exchange *exchange, int status, const fm_http_header *headers, size_t header_count,
    const uint8_t *body, size_t count) {
  if (exchange->answer) return;
  exchange->answer = exchange->library->create_response_from_buffer(
      count, (void *)body, MHD_RESPMEM_MUST_COPY);
  if (!exchange->answer) return;
  exchange->status = status;
  exchange->answer_count = count;
  // Where a request that is not well formed ends is anybody's guess.
  if (status == 400) exchange->library->add_response_header(exchange->answer, "Connection", "close");
  for (size_t i = 0; i < header_count; i++)
    exchange->library->add_response_header(exchange->answer, headers[i].name, headers[i].value);
}

int fm_exchange_add(fm_exchange *exchange, const char *bytes, size_t count) {
  const size_t all = exchange->count + count;
  if (all > exchange->capacity) {
    const size_t twice = exchange->capacity * 2, capacity = all > twice ? all : twice;
    uint8_t *larger = realloc(exchange->body, capacity);
    if (!larger) return 0;
    exchange->body = larger;
    exchange->capacity = capacity;
  }
  memcpy(exchange->body + exchange->count, bytes, count);
  exchange->count = all;
  return 1;
}

void fm_exchange_free(fm_exchange *exchange) {
  if (exchange->answer) exchange->library->destroy_response(exchange->answer);
  free(exchange->target);
  free(exchange->body);
  free(exchange);
}
