// The C libraries that Fieldmark uses, reduced to the calls that it makes.
//
// No header of any library is included here, so that none of their names, macros or versions
// reach Swift: ICU's and Foundation's declarations clash in one module, and oneDNN's differ
// between versions 2 and 3.
//
// Ownership is the same everywhere: a caller that passes a buffer keeps it, and what a function
// returns is released by the function that its comment names. Global variables hold only what is
// made once and never changes, and what signal handlers have to read.
#pragma once

#include "convolutions.h"
#include "deflate.h"
#include "digest.h"
#include "download.h"
#include "embedded.h"
#include "halves.h"
#include "http.h"
#include "inflate.h"
#include "interrupt.h"
#include "jpeg.h"
#include "jpegwrite.h"
#include "kernels.h"
#include "mapped.h"
#include "pngfilter.h"
#include "pngread.h"
#include "products.h"
#include "resample.h"
#include "tables.h"
#include "unicode.h"
#include "versions.h"
#include "webp.h"
