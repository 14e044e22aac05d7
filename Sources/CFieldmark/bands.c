#include "bands.h"

static int64_t most(int64_t a, int64_t b) { return a > b ? a : b; }
static int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

static int64_t y_height(fm_window w, int64_t x_height) {
  return (x_height + 2 * w.padding - w.side) / w.stride + 1;
}

fm_rows fm_all_rows(fm_window w, int64_t x_height) {
  return (fm_rows){0, x_height, 0, y_height(w, x_height), w.padding, w.padding};
}

int64_t fm_band_count(fm_window w, fm_pictures of, int is_back, int64_t pieces) {
  const int64_t wanted = (pieces + of.count - 1) / of.count;
  // Each band reads all weights, so it has at least three rows. For the pullback some window must
  // see it: below the last window there are fewer rows than a window has.
  if (!is_back) return most(1, least(wanted, y_height(w, of.height) / 3));
  return w.stride > w.side ? 1 : most(1, least(wanted, of.height / most(3, w.side)));
}

fm_rows fm_rows_there(fm_window w, int64_t x_height, int64_t band, int64_t bands) {
  if (bands == 1) return fm_all_rows(w, x_height);
  const int64_t height = y_height(w, x_height), first = height * band / bands,
                end = height * (band + 1) / bands;
  // The window of row r sees the rows from r stride - padding on.
  const int64_t top = first * w.stride - w.padding,
                bottom = (end - 1) * w.stride - w.padding + w.side;
  const int64_t start = most(0, top), stop = least(x_height, bottom);
  return (fm_rows){start, stop - start, first, end - first, start - top, bottom - stop};
}

fm_rows fm_rows_back(fm_window w, int64_t x_height, int64_t band, int64_t bands) {
  if (bands == 1) return fm_all_rows(w, x_height);
  const int64_t height = y_height(w, x_height), first = x_height * band / bands,
                end = x_height * (band + 1) / bands;
  // Windows see one of the rows if r stride - padding < end and r stride - padding + side > first.
  const int64_t before = first + w.padding - w.side,
                start = before < 0 ? 0 : before / w.stride + 1,
                stop = least(height, (end - 1 + w.padding) / w.stride + 1);
  const int64_t bottom = (stop - 1) * w.stride - w.padding + w.side;
  return (fm_rows){
      first, end - first, start, stop - start, first - (start * w.stride - w.padding),
      most(0, bottom - end)};
}
