#include <string.h>

#include "embedded.h"

// A new file of Page/ is a line here and, at the same place, a name below. They are texts, which
// contain no NUL, so that a NUL can end each.
static const uint8_t contents[] = {
#embed "../../Page/index.html" suffix(, 0, )
#embed "../../Page/page.css" suffix(, 0, )
#embed "../../Page/page.js" suffix(, 0, )
#embed "../../Page/icon.svg" suffix(, 0, )
};
static const char names[] =
    "index.html\0page.css\0page.js\0icon.svg\0";

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
