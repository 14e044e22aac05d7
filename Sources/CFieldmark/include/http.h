// libmicrohttpd, for the page in the browser: a web server whose answers are functions.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// A server that listens until `fm_http_stop`.
typedef struct fm_http fm_http;

/// One request and its answer. It belongs to the server and is valid only inside the function that
/// gets it.
typedef struct fm_exchange fm_exchange;

/// A header, with lengths, since nothing in a request can be trusted to be text.
typedef struct {
  const char *_Nonnull name;
  size_t name_count;
  const char *_Nonnull value;
  size_t value_count;
} fm_http_header;

/// The address is not kept.
typedef struct {
  /// An address in numbers, `127.0.0.1` or `::1`, and a port; 0 takes any free one.
  const char *_Nonnull address;
  uint16_t port;
  /// Connections at once; further ones are closed as soon as they are made.
  unsigned connections;
  /// Bytes of memory for the head of a request. What needs more is refused by the library.
  size_t head;
  /// The largest body. A body that is refused is still read to its end up to twice this size, so
  /// that the client gets to read the answer.
  size_t body;
  /// Milliseconds until the head of a request must be there, counted from the beginning of the
  /// connection or the end of the last answer. Bodies and answers have as long, and a second more
  /// for each 64 KiB.
  int64_t patience;
  /// Passed to the functions below, which are called on the connection's own thread, several at a
  /// time.
  void *_Nullable context;
  /// Called when the head of a request is there. To refuse the request it answers at once.
  void (*_Nonnull head_read)(void *_Nullable context, fm_exchange *_Nonnull exchange);
  /// Called when the whole request is there. It has to answer.
  void (*_Nonnull whole_read)(void *_Nullable context, fm_exchange *_Nonnull exchange);
} fm_http_settings;

/// Why a server could not be started.
typedef enum {
  FM_HTTP_STARTED,
  /// The library is not installed.
  FM_HTTP_NO_LIBRARY,
  /// The text is no address in numbers, or not one of this machine.
  FM_HTTP_NO_ADDRESS,
  FM_HTTP_PORT_TAKEN,
  /// Ports below 1024 are for administrators.
  FM_HTTP_PORT_FORBIDDEN,
  /// Anything else, such as too many open files.
  FM_HTTP_FAILED,
} fm_http_end;

/// Returns the library's version, which lives as long as the program; NULL if it is not installed.
const char *_Nullable fm_http_version(void);

/// Starts a server; NULL if it cannot be, and then `end` says why. Ended and released by
/// `fm_http_stop`, which waits for the functions that are under way.
fm_http *_Nullable fm_http_start(
    const fm_http_settings *_Nonnull settings, fm_http_end *_Nonnull end);
void fm_http_stop(fm_http *_Nonnull server);

/// Makes `fm_exchange_is_awaited` say no for every request from now on.
void fm_http_hurry(fm_http *_Nonnull server);

/// The port that the server listens on.
uint16_t fm_http_port(const fm_http *_Nonnull server);

/// The method, and the target as it was sent: path and query, nothing decoded.
const char *_Nonnull fm_exchange_method(const fm_exchange *_Nonnull exchange);
const char *_Nonnull fm_exchange_target(const fm_exchange *_Nonnull exchange);
/// `HTTP/1.1`.
const char *_Nonnull fm_exchange_protocol(const fm_exchange *_Nonnull exchange);

/// Calls a function with every header in order, also with those that are there twice.
void fm_exchange_headers(
    fm_exchange *_Nonnull exchange, void *_Nullable context,
    void (*_Nonnull each)(void *_Nullable context, fm_http_header header));

/// Whether every byte of the head belongs to something that was returned. The library cuts values
/// at a NUL, and mixes up headers that go on in the next line.
int fm_exchange_is_well_formed(fm_exchange *_Nonnull exchange);

/// The body, which the exchange keeps.
const uint8_t *_Nullable fm_exchange_body(
    const fm_exchange *_Nonnull exchange, size_t *_Nonnull count);

/// Whether the client still holds its connection open, and the server is not about to stop.
int fm_exchange_is_awaited(fm_exchange *_Nonnull exchange);

/// Sets the answer. Headers and body are copied. Only the first answer counts.
void fm_exchange_answer(
    fm_exchange *_Nonnull exchange, int status, const fm_http_header *_Nullable headers,
    size_t header_count, const uint8_t *_Nullable body, size_t count);
