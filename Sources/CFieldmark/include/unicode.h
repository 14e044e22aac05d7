// ICU, for what Unicode says about characters.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// Whether a code point's general category is L (letters), N (numbers) or Nd (digits), in this
/// order.
int fm_is_letter(uint32_t scalar);
int fm_is_number(uint32_t scalar);
int fm_is_decimal_digit(uint32_t scalar);

/// Whether a code point belongs to Latin script or to no script of its own.
int fm_is_latin_or_common(uint32_t scalar);

/// Returns the lowercase form of a code point, whatever its neighbors are.
uint32_t fm_lowercase_scalar(uint32_t scalar);

/// The changes that can be made to a whole text. Case follows no language's own rules (no Turkish
/// i).
typedef enum {
  FM_TEXT_NFC,
  FM_TEXT_NFKC,
  FM_TEXT_NFKD,
  FM_TEXT_LOWERCASE,
  FM_TEXT_UPPERCASE,
} fm_text_change;

/// Writes the changed text of `count` code points into the caller's buffer, and returns its number
/// of code points. If that is more than `capacity`, nothing useful was written, and the call has to
/// be repeated with a larger buffer. Returns -1 if memory is short or the text is longer than 2^26
/// code points. It takes linear time, however many marks a character has.
long fm_text_changed(
    fm_text_change change, const uint32_t *_Nonnull text, size_t count, uint32_t *_Nonnull out,
    size_t capacity);
