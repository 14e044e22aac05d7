// libcurl, for the one command that fetches something from elsewhere.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// A connection, kept open from one request to the next where the server allows. For one thread.
typedef struct fm_web fm_web;

/// What is asked of a server. All strings stay the caller's and are not kept.
typedef struct {
  /// `http://` or `https://`; nothing else is followed.
  const char *_Nonnull url;
  /// A whole line, `Authorization: Bearer ...`, or none.
  const char *_Nullable authorization;
  const char *_Nonnull user_agent;
  /// The first byte that is wanted; 0 asks for everything.
  int64_t first;
  /// Set to ask for the headers alone.
  int head;
  /// Seconds to wait for a connection, and seconds without a single byte that end it.
  long patience, stall;
  /// Passed to the functions below. Each of them gives back 0 to stop.
  void *_Nullable context;
  int (*_Nonnull header)(void *_Nullable context, const char *_Nonnull line, size_t count);
  int (*_Nonnull body)(void *_Nullable context, const uint8_t *_Nonnull bytes, size_t count);
  /// Called several times a second.
  int (*_Nonnull goes_on)(void *_Nullable context);
} fm_request;

/// How it went.
typedef enum {
  FM_WEB_DONE,
  /// One of the caller's functions said so.
  FM_WEB_STOPPED,
  /// The connection failed, ended early or stood still; worth another try.
  FM_WEB_BROKEN,
  /// The request cannot work, however often it is tried.
  FM_WEB_IMPOSSIBLE,
} fm_web_end;

typedef struct {
  fm_web_end end;
  /// 200, 404, ...; 0 where there was no answer.
  long status;
  /// libcurl's own words where the end is not DONE.
  char message[256];
} fm_answer;

/// The library's version, which lives as long as the program; NULL where it is not installed.
const char *_Nullable fm_web_version(void);

/// Gives back NULL where the library is not installed. Released by `fm_web_close`.
fm_web *_Nullable fm_web_open(void);
void fm_web_close(fm_web *_Nonnull web);

/// One request and its answer; redirects are answers like any other.
void fm_web_send(
    fm_web *_Nonnull web, const fm_request *_Nonnull request, fm_answer *_Nonnull answer);

/// Where the last answer redirects to, as a whole address; NULL where it does not. Valid until
/// the next request.
const char *_Nullable fm_web_redirect(fm_web *_Nonnull web);
