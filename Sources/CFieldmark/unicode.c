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

long fm_text_changed(
    fm_text_change change, const uint32_t *text, size_t count, uint32_t *out, size_t capacity) {
  if (count > 1u << 28) return -1;
  if (count == 0) return 0;
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
