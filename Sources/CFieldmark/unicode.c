#include "unicode.h"

#include <stdlib.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

int fm_is_letter(uint32_t scalar) { return (U_GET_GC_MASK(scalar) & U_GC_L_MASK) != 0; }

int fm_is_number(uint32_t scalar) { return (U_GET_GC_MASK(scalar) & U_GC_N_MASK) != 0; }

int fm_is_decimal_digit(uint32_t scalar) {
  return u_charType((UChar32)scalar) == U_DECIMAL_DIGIT_NUMBER;
}

int fm_is_latin_or_common(uint32_t scalar) {
  UErrorCode error = U_ZERO_ERROR;
  UScriptCode script = uscript_getScript((UChar32)scalar, &error);
  return script == USCRIPT_LATIN || script == USCRIPT_COMMON || script == USCRIPT_INHERITED;
}

uint32_t fm_lowercase_scalar(uint32_t scalar) { return (uint32_t)u_tolower((UChar32)scalar); }

// In every normal form, marks that follow each other are in the order of their classes. ICU inserts
// each mark among those before it, which takes quadratic time: minutes for a few hundred thousand.
// Unicode's stream-safe format (UAX #15, section 13) allows no more than 30 in a row and breaks up
// longer runs, which would change the text. So longer runs are put in order here first, in linear
// time.
enum { LONG_RUN = 30, CLASSES = 256 };

static int is_mark(uint32_t scalar) {
  // The class is that of the decomposition. Halfwidth kana's voice marks become marks only by
  // compatibility.
  return scalar >= 0x300 &&
         (scalar == 0xff9e || scalar == 0xff9f ||
          u_getIntPropertyValue((UChar32)scalar, UCHAR_LEAD_CANONICAL_COMBINING_CLASS));
}

static int has_long_run(const uint32_t *text, size_t count) {
  int run = 0;
  for (size_t i = 0; i < count && run <= LONG_RUN; i++) run = is_mark(text[i]) ? run + 1 : 0;
  return run > LONG_RUN;
}

/// Sorts a run of marks by their classes. Marks of one class keep their order.
static void order_run(UChar32 *run, size_t count, UChar32 *room) {
  size_t places[CLASSES + 1] = {0};
  for (size_t i = 0; i < count; i++) places[u_getCombiningClass(run[i]) + 1]++;
  for (int i = 0; i < CLASSES; i++) places[i + 1] += places[i];
  for (size_t i = 0; i < count; i++) room[places[u_getCombiningClass(run[i])]++] = run[i];
  for (size_t i = 0; i < count; i++) run[i] = room[i];
}

/// Returns the decomposed text with each run of marks in order, which has the same normal forms as
/// the text. NULL if memory is short; otherwise released by `free`.
static UChar32 *ordered(
    const UNormalizer2 *apart, const uint32_t *text, size_t count, size_t *length) {
  // The longest decomposition in Unicode has 18 code points, and is that of a letter.
  enum { longest = 18 };
  size_t room = count + longest, used = 0;
  UChar32 *out = malloc(sizeof *out * room), *spare = NULL;
  for (size_t i = 0; out && i < count; i++) {
    UChar units[2 * longest];
    UErrorCode error = U_ZERO_ERROR;
    const int32_t parts =
        unorm2_getDecomposition(apart, (UChar32)text[i], units, 2 * longest, &error);
    if (used + longest > room) {
      room = 2 * room;
      UChar32 *larger = realloc(out, sizeof *out * room);
      if (!larger) free(out);
      if (!(out = larger)) break;
    }
    if (parts < 0 || U_FAILURE(error)) {
      out[used++] = (UChar32)text[i];
    } else {
      int32_t added = 0;
      u_strToUTF32(out + used, longest, &added, units, parts, &error);
      used += (size_t)added;
    }
  }
  if (out) spare = malloc(sizeof *spare * (used ? used : 1));
  if (!spare) return free(out), NULL;
  for (size_t start = 0, end; start < used; start = end + 1) {
    for (end = start; end < used && u_getCombiningClass(out[end]); end++) continue;
    if (end > start + 1) order_run(out + start, end - start, spare);
  }
  free(spare);
  *length = used;
  return out;
}

static int32_t changed(
    fm_text_change change, const UChar *in, int32_t count, UChar *out, int32_t capacity,
    UErrorCode *error) {
  switch (change) {
  case FM_TEXT_NFC:
    return unorm2_normalize(unorm2_getNFCInstance(error), in, count, out, capacity, error);
  case FM_TEXT_NFKC:
    return unorm2_normalize(unorm2_getNFKCInstance(error), in, count, out, capacity, error);
  case FM_TEXT_NFKD:
    return unorm2_normalize(unorm2_getNFKDInstance(error), in, count, out, capacity, error);
  // The empty name is the root locale, which has no language's own rules.
  case FM_TEXT_LOWERCASE: return u_strToLower(out, capacity, in, count, "", error);
  case FM_TEXT_UPPERCASE: return u_strToUpper(out, capacity, in, count, "", error);
  }
  return -1;
}

static long changed_text(
    fm_text_change change, const uint32_t *text, size_t count, uint32_t *out, size_t capacity) {
  // UTF-16 takes at most two units for a code point; most changes keep the length or nearly so.
  int32_t room = (int32_t)count * 2;
  UErrorCode error = U_ZERO_ERROR;
  UChar *in = malloc(sizeof *in * (size_t)room);
  UChar *result = malloc(sizeof *result * (size_t)room);
  long length = -1;
  int32_t units = 0, written = 0;
  if (!in || !result) goto done;
  u_strFromUTF32(in, room, &units, (const UChar32 *)text, (int32_t)count, &error);
  if (U_FAILURE(error)) goto done;
  written = changed(change, in, units, result, room, &error);
  if (error == U_BUFFER_OVERFLOW_ERROR) {
    UChar *larger = realloc(result, sizeof *result * (size_t)written);
    if (!larger) goto done;
    result = larger;
    error = U_ZERO_ERROR;
    written = changed(change, in, units, result, written, &error);
  }
  if (U_FAILURE(error)) goto done;
  int32_t scalars = u_countChar32(result, written);
  if ((size_t)scalars <= capacity) {
    int32_t ignored;
    error = U_ZERO_ERROR;
    u_strToUTF32((UChar32 *)out, scalars, &ignored, result, written, &error);
    if (U_FAILURE(error)) goto done;
  }
  length = scalars;
done:
  free(in);
  free(result);
  return length;
}

long fm_text_changed(
    fm_text_change change, const uint32_t *text, size_t count, uint32_t *out, size_t capacity) {
  if (count > 1u << 26) return -1;
  if (count == 0) return 0;
  const int is_compatible = change == FM_TEXT_NFKC || change == FM_TEXT_NFKD;
  if ((change == FM_TEXT_NFC || is_compatible) && has_long_run(text, count)) {
    UErrorCode failed = U_ZERO_ERROR;
    const UNormalizer2 *apart =
        is_compatible ? unorm2_getNFKDInstance(&failed) : unorm2_getNFDInstance(&failed);
    size_t length = 0;
    UChar32 *in_order = U_FAILURE(failed) ? NULL : ordered(apart, text, count, &length);
    if (!in_order) return -1;
    const long result =
        changed_text(change, (const uint32_t *)in_order, length, out, capacity);
    free(in_order);
    return result;
  }
  return changed_text(change, text, count, out, capacity);
}
