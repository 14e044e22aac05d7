// The functions of libmicrohttpd that http.c calls, found when the first server is started.
#pragma once

#include <microhttpd.h>

typedef struct {
  const char *(*get_version)(void);
  struct MHD_Daemon *(*start_daemon)(
      unsigned flags, uint16_t port, MHD_AcceptPolicyCallback, void *, MHD_AccessHandlerCallback,
      void *, ...);
  void (*stop_daemon)(struct MHD_Daemon *);
  const union MHD_ConnectionInfo *(*get_connection_info)(
      struct MHD_Connection *, enum MHD_ConnectionInfoType, ...);
  int (*get_connection_values_n)(
      struct MHD_Connection *, enum MHD_ValueKind, MHD_KeyValueIteratorN, void *);
  const char *(*lookup_connection_value)(
      struct MHD_Connection *, enum MHD_ValueKind, const char *);
  struct MHD_Response *(*create_response_from_buffer)(
      size_t, void *, enum MHD_ResponseMemoryMode);
  enum MHD_Result (*add_response_header)(struct MHD_Response *, const char *, const char *);
  enum MHD_Result (*queue_response)(struct MHD_Connection *, unsigned, struct MHD_Response *);
  void (*destroy_response)(struct MHD_Response *);
  int ready;
} fm_http_library;

/// The library; `ready` is 0 if it is not installed.
const fm_http_library *fm_http_loaded(void);
