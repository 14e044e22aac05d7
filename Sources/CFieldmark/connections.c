#include "connections.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

int64_t fm_steady_time(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

// A connection is cut, not closed: its own thread takes that for the client's end and closes it.
static void *watch(void *context) {
  fm_connections *list = context;
  while (!atomic_load(&list->stopping)) {
    poll(NULL, 0, 50);
    pthread_mutex_lock(&list->lock);
    const int64_t time = fm_steady_time();
    for (fm_connection *one = list->first; one; one = one->next) {
      if (!one->deadline || time < one->deadline) continue;
      shutdown(one->socket, SHUT_RDWR);
      one->deadline = 0;
    }
    pthread_mutex_unlock(&list->lock);
  }
  return NULL;
}

int fm_connections_start(fm_connections *list) {
  *list = (fm_connections){};
  pthread_mutex_init(&list->lock, NULL);
  if (pthread_create(&list->watch, NULL, watch, list) == 0) return 1;
  pthread_mutex_destroy(&list->lock);
  return 0;
}

void fm_connections_stop(fm_connections *list) {
  atomic_store(&list->stopping, 1);
  pthread_join(list->watch, NULL);
  pthread_mutex_destroy(&list->lock);
}

fm_connection *fm_connections_add(fm_connections *list, int socket, int64_t deadline) {
  fm_connection *one = calloc(1, sizeof *one);
  if (!one) return NULL;
  one->socket = socket;
  one->deadline = deadline;
  pthread_mutex_lock(&list->lock);
  one->next = list->first;
  if (one->next) one->next->place = &one->next;
  one->place = &list->first;
  list->first = one;
  pthread_mutex_unlock(&list->lock);
  return one;
}

void fm_connections_remove(fm_connections *list, fm_connection *one) {
  pthread_mutex_lock(&list->lock);
  *one->place = one->next;
  if (one->next) one->next->place = one->place;
  pthread_mutex_unlock(&list->lock);
  free(one);
}

void fm_connections_set(fm_connections *list, fm_connection *connection, int64_t deadline) {
  pthread_mutex_lock(&list->lock);
  connection->deadline = deadline;
  pthread_mutex_unlock(&list->lock);
}
