#include "http.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "connections.h"
#include "exchange.h"
#include "httplibrary.h"
#include "listening.h"

struct fm_http {
  fm_http_settings settings;
  const fm_http_library *library;
  struct MHD_Daemon *daemon;
  uint16_t port;
  fm_connections connections;
};

// The library's own time limit begins anew with each byte, so that a client could keep a connection
// for as long as it likes. These deadlines hold for a whole head, body or answer.
static void limit(fm_exchange *exchange, fm_http *server, int64_t begin, size_t count) {
  const int64_t deadline = begin + server->settings.patience + (int64_t)(count / 64);
  fm_connections_set(&server->connections, exchange->connection, deadline);
}

// The library closes a socket only after it has told of the end.
static void told(
    void *context, struct MHD_Connection *mhd, void **own,
    enum MHD_ConnectionNotificationCode code) {
  fm_http *server = context;
  if (code == MHD_CONNECTION_NOTIFY_STARTED) {
    const int socket =
        server->library->get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    *own = fm_connections_add(
        &server->connections, socket, fm_steady_time() + server->settings.patience);
  } else if (*own) {
    fm_connections_remove(&server->connections, *own);
    *own = NULL;
  }
}

// Called with the target before the library decodes it. What is returned becomes the `own` of the
// functions below.
static void *begin(void *context, const char *target, struct MHD_Connection *mhd) {
  fm_http *server = context;
  fm_exchange *exchange = calloc(1, sizeof *exchange);
  if (!exchange) return NULL;
  exchange->library = server->library;
  exchange->mhd = mhd;
  exchange->stopping = &server->connections.stopping;
  exchange->connection =
      server->library->get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
  exchange->target = strdup(target ? target : "");
  if (exchange->target && exchange->connection) return exchange;
  fm_exchange_free(exchange);
  return NULL;
}

static void end(
    void *context, struct MHD_Connection *mhd, void **own, enum MHD_RequestTerminationCode code) {
  (void)mhd, (void)code;
  fm_exchange *exchange = *own;
  if (!exchange) return;
  limit(exchange, context, fm_steady_time(), 0);
  fm_exchange_free(exchange);
  *own = NULL;
}

static size_t keep(void *context, struct MHD_Connection *mhd, char *text) {
  (void)context, (void)mhd;
  return strlen(text);
}

/// Whether the body of a refused request is read to its end. If the connection were closed before,
/// the client would lose the answer.
static int reads_on(fm_exchange *exchange, fm_http *server) {
  const char *(*header)(struct MHD_Connection *, enum MHD_ValueKind, const char *) =
      server->library->lookup_connection_value;
  const char *length = header(exchange->mhd, MHD_HEADER_KIND, "Content-Length");
  return !header(exchange->mhd, MHD_HEADER_KIND, "Transfer-Encoding") &&
         !header(exchange->mhd, MHD_HEADER_KIND, "Expect") &&
         (!length || strtoull(length, NULL, 10) <= 2 * server->settings.body);
}

static enum MHD_Result send_answer(fm_exchange *exchange, fm_http *server) {
  if (!exchange->answer) return MHD_NO;
  limit(exchange, server, fm_steady_time(), exchange->answer_count);
  return server->library->queue_response(
      exchange->mhd, (unsigned)exchange->status, exchange->answer);
}

// Called when the head is there, with every piece of the body, and when that is complete.
static enum MHD_Result take(
    void *context, struct MHD_Connection *mhd, const char *url, const char *method,
    const char *protocol, const char *bytes, size_t *count, void **own) {
  (void)mhd, (void)url;
  fm_http *server = context;
  fm_exchange *exchange = *own;
  if (!exchange) return MHD_NO;
  if (!exchange->has_begun) {
    exchange->has_begun = 1;
    exchange->method = method;
    exchange->protocol = protocol;
    exchange->begin = fm_steady_time();
    limit(exchange, server, exchange->begin, 0);
    server->settings.head_read(server->settings.context, exchange);
    if (exchange->answer && !reads_on(exchange, server)) return send_answer(exchange, server);
    return MHD_YES;
  }
  if (*count > 0) {
    if (!exchange->answer && !fm_exchange_add(exchange, bytes, *count)) return MHD_NO;
    exchange->received += *count;
    *count = 0;
    limit(exchange, server, exchange->begin, exchange->received);
    return MHD_YES;
  }
  // An answer may be computed for as long as it needs.
  fm_connections_set(&server->connections, exchange->connection, 0);
  if (!exchange->answer) server->settings.whole_read(server->settings.context, exchange);
  return send_answer(exchange, server);
}

fm_http *fm_http_start(const fm_http_settings *settings, fm_http_end *end_of_start) {
  const fm_http_library *library = fm_http_loaded();
  *end_of_start = FM_HTTP_NO_LIBRARY;
  if (!library->ready) return NULL;
  const int listener = fm_listen(settings->address, settings->port, end_of_start);
  if (listener < 0) return NULL;
  *end_of_start = FM_HTTP_FAILED;
  fm_http *server = calloc(1, sizeof *server);
  if (!server || !fm_connections_start(&server->connections)) {
    free(server);
    close(listener);
    return NULL;
  }
  server->settings = *settings;
  server->library = library;
  server->port = fm_listening_port(listener);
  server->daemon = library->start_daemon(
      MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_ITC, 0, NULL, NULL,
      take, server, MHD_OPTION_LISTEN_SOCKET, listener, MHD_OPTION_CONNECTION_LIMIT,
      settings->connections, MHD_OPTION_CONNECTION_MEMORY_LIMIT, settings->head,
      MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_NOTIFY_CONNECTION, told, server,
      MHD_OPTION_NOTIFY_COMPLETED, end, server, MHD_OPTION_URI_LOG_CALLBACK, begin, server,
      MHD_OPTION_UNESCAPE_CALLBACK, keep, NULL, MHD_OPTION_END);
  if (server->daemon) {
    *end_of_start = FM_HTTP_STARTED;
    return server;
  }
  fm_connections_stop(&server->connections);
  free(server);
  close(listener);
  return NULL;
}

void fm_http_hurry(fm_http *server) { atomic_store(&server->connections.stopping, 1); }

void fm_http_stop(fm_http *server) {
  fm_http_hurry(server);
  // The library closes the listening socket, too.
  server->library->stop_daemon(server->daemon);
  fm_connections_stop(&server->connections);
  free(server);
}

uint16_t fm_http_port(const fm_http *server) { return server->port; }
