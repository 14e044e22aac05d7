#include "embedded.h"

// A new file of Page/ is three lines here and a word in the table.
static const uint8_t index_html[] = {
#embed "../../Page/index.html"
};
static const uint8_t page_css[] = {
#embed "../../Page/page.css"
};
static const uint8_t page_js[] = {
#embed "../../Page/page.js"
};
static const uint8_t icon_svg[] = {
#embed "../../Page/icon.svg"
};

#define FILE_OF(name, bytes) {name, {bytes, sizeof bytes}}
static const fm_page_file files[] = {
    FILE_OF("index.html", index_html),
    FILE_OF("page.css", page_css),
    FILE_OF("page.js", page_js),
    FILE_OF("icon.svg", icon_svg),
};

int fm_page_file_count(void) { return sizeof files / sizeof *files; }
fm_page_file fm_page_file_at(int index) { return files[index]; }
