// ICU, for what Unicode says about characters.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// Whether a code point's general category is one of L (letters), N (numbers), Nd (digits).
int fm_is_letter(uint32_t scalar);
int fm_is_number(uint32_t scalar);
int fm_is_decimal_digit(uint32_t scalar);

/// Whether a code point belongs to Latin script or to no script of its own.
int fm_is_latin_or_common(uint32_t scalar);

/// The code point that the small form of this one is, whatever stands around it.
uint32_t fm_lowercase_scalar(uint32_t scalar);

/// What can be done to a whole text; case without any language's own rules (no Turkish i).
typedef enum {
  FM_TEXT_NFC,
  FM_TEXT_NFKC,
  FM_TEXT_NFKD,
  FM_TEXT_LOWERCASE,
  FM_TEXT_UPPERCASE,
} fm_text_change;

/// Writes the changed text of `count` code points into a buffer of the caller's, and gives back
/// how many code points it has; where that is more than `capacity`, nothing useful was written and
/// the call is to be repeated with a larger buffer. -1 where there is no memory or the text is
/// longer than 2^26 code points. Takes linear time, however many marks a character has.
long fm_text_changed(
    fm_text_change change, const uint32_t *_Nonnull text, size_t count, uint32_t *_Nonnull out,
    size_t capacity);
