#include "listening.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

static fm_http_end end_of(int error) {
  switch (error) {
    case EADDRINUSE: return FM_HTTP_PORT_TAKEN;
    case EACCES: return FM_HTTP_PORT_FORBIDDEN;
    case EADDRNOTAVAIL: return FM_HTTP_NO_ADDRESS;
    default: return FM_HTTP_FAILED;
  }
}

int fm_listen(const char *address, uint16_t port, fm_http_end *end) {
  char digits[8];
  snprintf(digits, sizeof digits, "%u", port);
  const struct addrinfo wanted = {
      .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM};
  struct addrinfo *found = NULL;
  *end = FM_HTTP_NO_ADDRESS;
  if (getaddrinfo(address, digits, &wanted, &found) != 0) return -1;
  int listener = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  *end = listener < 0 ? end_of(errno) : FM_HTTP_STARTED;
  // A port may be taken again right after another server has ended.
  const int yes = 1;
  if (listener >= 0 &&
      (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
       bind(listener, found->ai_addr, found->ai_addrlen) != 0 || listen(listener, 64) != 0)) {
    *end = end_of(errno);
    close(listener);
    listener = -1;
  }
  freeaddrinfo(found);
  return listener;
}

uint16_t fm_listening_port(int listener) {
  union {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
  } address = {};
  socklen_t size = sizeof address;
  if (getsockname(listener, &address.any, &size) != 0) return 0;
  return ntohs(address.any.sa_family == AF_INET6 ? address.six.sin6_port : address.four.sin_port);
}
