#include "versions.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include <jconfig.h>
#include <libdeflate.h>
#include <oneapi/dnnl/dnnl.h>
#include <png.h>
#include <sqlite3.h>
#include <unicode/uchar.h>
#include <unicode/uversion.h>
#include <webp/decode.h>
#include <zlib.h>

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)

static char onednn[24], icu[U_MAX_VERSION_STRING_LENGTH], webp[24];
static fm_library libraries[8];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void ask(void) {
  const dnnl_version_t *v = dnnl_version();
  snprintf(onednn, sizeof onednn, "%d.%d.%d", v->major, v->minor, v->patch);
  UVersionInfo u;
  u_getVersion(u);
  u_versionToString(u, icu);
  int w = WebPGetDecoderVersion();
  snprintf(webp, sizeof webp, "%d.%d.%d", w >> 16, w >> 8 & 255, w & 255);
  const fm_library all[] = {
      {"oneDNN", onednn},
      {"ICU", icu},
      {"libjpeg-turbo", TEXT(LIBJPEG_TURBO_VERSION)},
      {"libpng", png_get_libpng_ver(NULL)},
      {"libwebp", webp},
      {"libdeflate", LIBDEFLATE_VERSION_STRING},
      {"zlib", zlibVersion()},
      {"SQLite", sqlite3_libversion()},
  };
  memcpy(libraries, all, sizeof all);
}

int fm_library_count(void) { return sizeof libraries / sizeof *libraries; }

fm_library fm_library_at(int index) {
  pthread_once(&once, ask);
  return libraries[index];
}
