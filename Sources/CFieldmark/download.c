#include "download.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// libcurl is loaded when it is first needed, and not linked: with all that it brings along (TLS,
// Kerberos, LDAP, SSH), linking it would cost 4.6 ms (measured) at every start of the program, for
// the one command in a thousand that downloads.
static struct {
  CURLcode (*global_init)(long);
  CURL *(*easy_init)(void);
  void (*easy_cleanup)(CURL *);
  void (*easy_reset)(CURL *);
  CURLcode (*easy_setopt)(CURL *, CURLoption, ...);
  CURLcode (*easy_perform)(CURL *);
  CURLcode (*easy_getinfo)(CURL *, CURLINFO, ...);
  const char *(*easy_strerror)(CURLcode);
  struct curl_slist *(*slist_append)(struct curl_slist *, const char *);
  void (*slist_free_all)(struct curl_slist *);
  curl_version_info_data *(*version_info)(CURLversion);
  int ready;
} curl;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  int found = 1;
#define FIND(name) found &= (*(void **)&curl.name = dlsym(library, "curl_" #name)) != NULL
  FIND(global_init);
  FIND(easy_init);
  FIND(easy_cleanup);
  FIND(easy_reset);
  FIND(easy_setopt);
  FIND(easy_perform);
  FIND(easy_getinfo);
  FIND(easy_strerror);
  FIND(slist_append);
  FIND(slist_free_all);
  FIND(version_info);
#undef FIND
  curl.ready = found && curl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

const char *fm_web_version(void) {
  pthread_once(&once, load);
  return curl.ready ? curl.version_info(CURLVERSION_NOW)->version : NULL;
}

struct fm_web {
  CURL *handle;
  const fm_request *request;
};

fm_web *fm_web_open(void) {
  pthread_once(&once, load);
  fm_web *web = curl.ready ? calloc(1, sizeof *web) : NULL;
  if (web && !(web->handle = curl.easy_init())) free(web), web = NULL;
  return web;
}

void fm_web_close(fm_web *web) {
  curl.easy_cleanup(web->handle);
  free(web);
}

// libcurl stops if a function returns another number of bytes than it was given.
static size_t header(char *line, size_t size, size_t count, void *web) {
  const fm_request *request = ((fm_web *)web)->request;
  return request->header(request->context, line, size * count) ? size * count : 0;
}

static size_t body(char *bytes, size_t size, size_t count, void *web) {
  const fm_request *request = ((fm_web *)web)->request;
  if (size * count == 0) return 0;
  return request->body(request->context, (const uint8_t *)bytes, size * count) ? size * count : 0;
}

static int progress(void *web, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
  (void)a, (void)b, (void)c, (void)d;
  const fm_request *request = ((fm_web *)web)->request;
  return request->goes_on(request->context) ? 0 : 1;
}

static fm_web_end end_of(CURLcode code) {
  switch (code) {
    case CURLE_OK: return FM_WEB_DONE;
    case CURLE_WRITE_ERROR:
    case CURLE_ABORTED_BY_CALLBACK: return FM_WEB_STOPPED;
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
    case CURLE_OUT_OF_MEMORY:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE: return FM_WEB_IMPOSSIBLE;
    default: return FM_WEB_BROKEN;
  }
}

void fm_web_send(fm_web *web, const fm_request *request, fm_answer *answer) {
  CURL *h = web->handle;
  struct curl_slist *headers = NULL;
  char range[32];
  *answer = (fm_answer){};
  web->request = request;
  curl.easy_reset(h);
  curl.easy_setopt(h, CURLOPT_URL, request->url);
  // libcurl before 7.85 does not know this option; the caller checks the address as well.
  curl.easy_setopt(h, CURLOPT_PROTOCOLS_STR, "http,https");
  curl.easy_setopt(h, CURLOPT_FOLLOWLOCATION, 0L);
  curl.easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
  curl.easy_setopt(h, CURLOPT_USERAGENT, request->user_agent);
  curl.easy_setopt(h, CURLOPT_CONNECTTIMEOUT, request->patience);
  curl.easy_setopt(h, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl.easy_setopt(h, CURLOPT_LOW_SPEED_TIME, request->stall);
  curl.easy_setopt(h, CURLOPT_NOBODY, (long)request->head);
  curl.easy_setopt(h, CURLOPT_ERRORBUFFER, answer->message);
  curl.easy_setopt(h, CURLOPT_HEADERFUNCTION, header);
  curl.easy_setopt(h, CURLOPT_HEADERDATA, web);
  curl.easy_setopt(h, CURLOPT_WRITEFUNCTION, body);
  curl.easy_setopt(h, CURLOPT_WRITEDATA, web);
  curl.easy_setopt(h, CURLOPT_NOPROGRESS, 0L);
  curl.easy_setopt(h, CURLOPT_XFERINFOFUNCTION, progress);
  curl.easy_setopt(h, CURLOPT_XFERINFODATA, web);
  if (request->authorization) {
    headers = curl.slist_append(NULL, request->authorization);
    curl.easy_setopt(h, CURLOPT_HTTPHEADER, headers);
  }
  if (request->first > 0) {
    snprintf(range, sizeof range, "%lld-", (long long)request->first);
    curl.easy_setopt(h, CURLOPT_RANGE, range);
  }
  CURLcode code = curl.easy_perform(h);
  answer->end = end_of(code);
  curl.easy_getinfo(h, CURLINFO_RESPONSE_CODE, &answer->status);
  if (code != CURLE_OK && !answer->message[0])
    snprintf(answer->message, sizeof answer->message, "%s", curl.easy_strerror(code));
  curl.easy_setopt(h, CURLOPT_HTTPHEADER, NULL);
  curl.easy_setopt(h, CURLOPT_ERRORBUFFER, NULL);
  curl.slist_free_all(headers);
  web->request = NULL;
}

const char *fm_web_redirect(fm_web *web) {
  char *address = NULL;
  curl.easy_getinfo(web->handle, CURLINFO_REDIRECT_URL, &address);
  return address;
}
