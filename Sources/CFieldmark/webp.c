#include "webp.h"

#include <stdlib.h>
#include <string.h>

#include <webp/decode.h>
#include <webp/demux.h>

struct fm_webp {
  WebPDemuxer *demuxer;
  WebPIterator first;
  WebPChunkIterator exif;
  int width, height;
};

fm_reading fm_webp_open(
    const uint8_t *bytes, size_t count, fm_webp **webp, fm_webp_header *header) {
  WebPDemuxState state;
  WebPData data = {bytes, count};
  WebPDemuxer *demuxer = WebPDemuxPartial(&data, &state);
  if (!demuxer) return state == WEBP_DEMUX_PARSING_HEADER ? fm_cut_short : fm_damaged;
  *webp = state == WEBP_DEMUX_DONE ? calloc(1, sizeof **webp) : NULL;
  if (!*webp) {
    WebPDemuxDelete(demuxer);
    return state == WEBP_DEMUX_DONE ? fm_excessive : fm_cut_short;
  }
  fm_webp *it = *webp;
  it->demuxer = demuxer;
  it->width = (int)WebPDemuxGetI(demuxer, WEBP_FF_CANVAS_WIDTH);
  it->height = (int)WebPDemuxGetI(demuxer, WEBP_FF_CANVAS_HEIGHT);
  if (!WebPDemuxGetFrame(demuxer, 1, &it->first)) {
    fm_webp_close(it);
    return fm_damaged;
  }
  *header = (fm_webp_header){
      .width = it->width,
      .height = it->height,
      .has_alpha = (WebPDemuxGetI(demuxer, WEBP_FF_FORMAT_FLAGS) & ALPHA_FLAG) != 0,
      .frames = (int)WebPDemuxGetI(demuxer, WEBP_FF_FRAME_COUNT),
  };
  if (WebPDemuxGetChunk(demuxer, "EXIF", 1, &it->exif)) {
    header->exif = it->exif.chunk.bytes;
    header->exif_count = it->exif.chunk.size;
  }
  return fm_fine;
}

void fm_webp_close(fm_webp *webp) {
  WebPDemuxReleaseIterator(&webp->first);
  WebPDemuxReleaseChunkIterator(&webp->exif);
  WebPDemuxDelete(webp->demuxer);
  free(webp);
}

fm_reading fm_webp_read(fm_webp *webp, uint8_t *rgb, uint8_t *alpha) {
  const WebPIterator *first = &webp->first;
  size_t width = (size_t)webp->width, height = (size_t)webp->height;
  size_t w = (size_t)first->width, h = (size_t)first->height;
  size_t x = (size_t)first->x_offset, y = (size_t)first->y_offset;
  if (x + w > width || y + h > height) return fm_damaged;
  if (w < width || h < height) {
    memset(rgb, 0, width * height * 3);
    if (alpha) memset(alpha, 0, width * height);
  }
  const uint8_t *data = first->fragment.bytes;
  size_t count = first->fragment.size, start = y * width + x;
  if (!alpha) {
    size_t room = (width * height - start) * 3;
    return WebPDecodeRGBInto(data, count, rgb + start * 3, room, (int)width * 3) ? fm_fine
                                                                                : fm_damaged;
  }
  uint8_t *rgba = malloc(w * h * 4);
  if (!rgba) return fm_excessive;
  int decoded = WebPDecodeRGBAInto(data, count, rgba, w * h * 4, (int)w * 4) != NULL;
  for (size_t row = 0; decoded && row < h; row++) {
    const uint8_t *from = rgba + row * w * 4;
    size_t at = start + row * width;
    for (size_t i = 0; i < w; i++, from += 4, at++) {
      memcpy(rgb + at * 3, from, 3);
      alpha[at] = from[3];
    }
  }
  free(rgba);
  return decoded ? fm_fine : fm_damaged;
}
