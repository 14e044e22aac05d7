// The socket of a server.
#pragma once

#include <stdint.h>

#include "http.h"

/// Opens a socket that listens at an address in numbers; -1 if it cannot be, and then `end` says
/// why. The caller closes it.
int fm_listen(const char *address, uint16_t port, fm_http_end *end);

/// The port that it listens on.
uint16_t fm_listening_port(int listener);
