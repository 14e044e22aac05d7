// libcurl, for the one command that downloads something.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// A connection, which stays open from one request to the next if the server allows. It is for one
/// thread.
typedef struct fm_web fm_web;

/// A request to a server. All strings belong to the caller and are not kept.
typedef struct {
  /// The address: `http://` or `https://`; no other protocol is used.
  const char *_Nonnull url;
  /// A whole header line, `Authorization: Bearer ...`, or NULL.
  const char *_Nullable authorization;
  const char *_Nonnull user_agent;
  /// The first byte that is wanted; 0 asks for everything.
  int64_t first;
  /// Set to ask for the headers alone.
  int head;
  /// Seconds to wait for a connection, and seconds without a single byte after which it is given
  /// up.
  long patience, stall;
  /// Passed to the functions below. Each of them returns 0 to stop.
  void *_Nullable context;
  int (*_Nonnull header)(void *_Nullable context, const char *_Nonnull line, size_t count);
  int (*_Nonnull body)(void *_Nullable context, const uint8_t *_Nonnull bytes, size_t count);
  /// Called several times a second.
  int (*_Nonnull goes_on)(void *_Nullable context);
} fm_request;

/// How a request ended.
typedef enum {
  FM_WEB_DONE,
  /// One of the caller's functions asked to stop.
  FM_WEB_STOPPED,
  /// The connection failed, ended early or stalled; another try may help.
  FM_WEB_BROKEN,
  /// The request cannot work, however often it is tried.
  FM_WEB_IMPOSSIBLE,
} fm_web_end;

typedef struct {
  fm_web_end end;
  /// The status, 200, 404 and so on; 0 if there was no answer.
  long status;
  /// libcurl's own message if the end is not DONE.
  char message[256];
} fm_answer;

/// Returns the library's version, which lives as long as the program; NULL if it is not installed.
const char *_Nullable fm_web_version(void);

/// Opens a connection; NULL if the library is not installed. Released by `fm_web_close`.
fm_web *_Nullable fm_web_open(void);
void fm_web_close(fm_web *_Nonnull web);

/// Sends one request and receives its answer. Redirects are answers like any other.
void fm_web_send(
    fm_web *_Nonnull web, const fm_request *_Nonnull request, fm_answer *_Nonnull answer);

/// Returns the whole address that the last answer redirects to; NULL if it does not redirect. Valid
/// until the next request.
const char *_Nullable fm_web_redirect(fm_web *_Nonnull web);
