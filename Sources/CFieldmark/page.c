#include <string.h>

#include "embedded.h"

// A new file of Page/ is a line here and, at the same place, a name below. They are texts, which
// contain no NUL, so that a NUL can end each.
static const uint8_t contents[] = {
#embed "../../Page/index.html" suffix(, 0, )
#embed "../../Page/page.css" suffix(, 0, )
#embed "../../Page/board.css" suffix(, 0, )
#embed "../../Page/icon.svg" suffix(, 0, )
#embed "../../Page/answers.js" suffix(, 0, )
#embed "../../Page/board.js" suffix(, 0, )
#embed "../../Page/busy.js" suffix(, 0, )
#embed "../../Page/chips.js" suffix(, 0, )
#embed "../../Page/classes.js" suffix(, 0, )
#embed "../../Page/contour.js" suffix(, 0, )
#embed "../../Page/drawing.js" suffix(, 0, )
#embed "../../Page/elements.js" suffix(, 0, )
#embed "../../Page/filmstrip.js" suffix(, 0, )
#embed "../../Page/findings.js" suffix(, 0, )
#embed "../../Page/keys.js" suffix(, 0, )
#embed "../../Page/likeness.js" suffix(, 0, )
#embed "../../Page/lost.js" suffix(, 0, )
#embed "../../Page/numbers.js" suffix(, 0, )
#embed "../../Page/page.js" suffix(, 0, )
#embed "../../Page/pictures.js" suffix(, 0, )
#embed "../../Page/plate.js" suffix(, 0, )
#embed "../../Page/plates.js" suffix(, 0, )
#embed "../../Page/question.js" suffix(, 0, )
#embed "../../Page/readings.js" suffix(, 0, )
#embed "../../Page/service.js" suffix(, 0, )
#embed "../../Page/settings.js" suffix(, 0, )
#embed "../../Page/slider.js" suffix(, 0, )
#embed "../../Page/state.js" suffix(, 0, )
#embed "../../Page/takeaway.js" suffix(, 0, )
#embed "../../Page/words.js" suffix(, 0, )
};
static const char names[] =
    "index.html\0page.css\0board.css\0icon.svg\0answers.js\0board.js\0busy.js\0chips.js\0"
    "classes.js\0contour.js\0"
    "drawing.js\0elements.js\0filmstrip.js\0findings.js\0keys.js\0likeness.js\0lost.js\0"
    "numbers.js\0page.js\0pictures.js\0plate.js\0plates.js\0question.js\0readings.js\0service.js\0"
    "settings.js\0slider.js\0state.js\0takeaway.js\0words.js\0";

/// The text after so many others, of which each ends with a NUL.
static const char *text_at(const char *texts, int index) {
  while (index-- > 0) texts += strlen(texts) + 1;
  return texts;
}

int fm_page_file_count(void) {
  int count = 0;
  for (const char *name = names; *name; name = text_at(name, 1)) count++;
  return count;
}

fm_page_file fm_page_file_at(int index) {
  const char *content = text_at((const char *)contents, index);
  return (fm_page_file){text_at(names, index), {(const uint8_t *)content, strlen(content)}};
}
