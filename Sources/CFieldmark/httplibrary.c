#include "httplibrary.h"

#include <dlfcn.h>
#include <pthread.h>

#include "http.h"

// libmicrohttpd is loaded when it is first needed, and not linked, as libcurl is (download.c): it
// brings GnuTLS along, and one command needs it.
static fm_http_library library;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  void *file = dlopen("libmicrohttpd.so.12", RTLD_NOW | RTLD_LOCAL);
  if (!file) return;
  int found = 1;
#define FIND(name) found &= (*(void **)&library.name = dlsym(file, "MHD_" #name)) != NULL
  FIND(get_version);
  FIND(start_daemon);
  FIND(stop_daemon);
  FIND(get_connection_info);
  FIND(get_connection_values_n);
  FIND(lookup_connection_value);
  FIND(create_response_from_buffer);
  FIND(add_response_header);
  FIND(queue_response);
  FIND(destroy_response);
#undef FIND
  library.ready = found;
}

const fm_http_library *fm_http_loaded(void) {
  pthread_once(&once, load);
  return &library;
}

const char *fm_http_version(void) {
  return fm_http_loaded()->ready ? library.get_version() : NULL;
}
