// The open connections of a server, each with the time at which it is cut.
#pragma once

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

/// A connection in the list. The list's lock guards the deadline.
typedef struct fm_connection {
  struct fm_connection *next, **place;
  int socket;
  /// In milliseconds of `fm_steady_time`; 0 for never.
  int64_t deadline;
} fm_connection;

typedef struct {
  atomic_int stopping;
  pthread_t watch;
  pthread_mutex_t lock;
  fm_connection *first;
} fm_connections;

/// Milliseconds of a clock that never jumps.
int64_t fm_steady_time(void);

/// Starts to watch the deadlines; 0 if the system gives no thread. Ended by `fm_connections_stop`,
/// after which the list must be empty.
int fm_connections_start(fm_connections *list);
void fm_connections_stop(fm_connections *list);

/// Adds a connection; NULL without memory. Removed and released by `fm_connections_remove`, which
/// has to be called before the socket is closed.
fm_connection *fm_connections_add(fm_connections *list, int socket, int64_t deadline);
void fm_connections_remove(fm_connections *list, fm_connection *connection);

void fm_connections_set(fm_connections *list, fm_connection *connection, int64_t deadline);
