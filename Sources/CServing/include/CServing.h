// What the page in the browser needs of C: libmicrohttpd, reduced to the calls that are made, and the
// page's own files. The rules of CFieldmark.h hold here as well.
#pragma once

#include "http.h"
#include "page.h"
