#include "jpeg.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jerror.h>
#include <jpeglib.h>

struct fm_jpeg {
  struct jpeg_decompress_struct library;
  struct jpeg_error_mgr errors;
  struct jpeg_source_mgr source;
  struct jpeg_progress_mgr progress;
  jmp_buf escape;
  fm_reading ending;
  fm_complaint complaint;
};

// libjpeg's error function must not return; this one jumps back to the function that called
// libjpeg.
static void leave(j_common_ptr library) {
  fm_jpeg *jpeg = library->client_data;
  char text[JMSG_LENGTH_MAX];
  library->err->format_message(library, text);
  snprintf(jpeg->complaint.text, sizeof jpeg->complaint.text, "%s", text);
  switch (library->err->msg_code) {
  case JERR_NO_BACKING_STORE:
  case JERR_OUT_OF_MEMORY: jpeg->ending = fm_excessive; break;
  case JERR_SOF_UNSUPPORTED:
  case JERR_BAD_PRECISION:
  case JERR_ARITH_NOTIMPL: jpeg->ending = fm_unsupported; break;
  default: jpeg->ending = fm_damaged;
  }
  longjmp(jpeg->escape, 1);
}

// Warnings are about damage that libjpeg can repair. Pillow ignores them, and so does this code.
static void pass_over(j_common_ptr library, int level) {
  if (level < 0) library->err->num_warnings++;
}

static void say_nothing(j_common_ptr library) { (void)library; }

// A picture may come in any number of scans, each of which costs a pass over the whole picture, so
// a few kilobytes can keep a decoder busy for hours. Real pictures have about ten.
enum { most_scans = 500, scans_always_granted = 30 };
static const double most_blocks = 5e7;

static void watch(j_common_ptr common) {
  fm_jpeg *jpeg = common->client_data;
  int scans = jpeg->library.input_scan_number;
  double blocks = (double)jpeg->library.image_width * jpeg->library.image_height / 64 * scans;
  if (scans <= scans_always_granted || (scans <= most_scans && blocks <= most_blocks)) return;
  snprintf(jpeg->complaint.text, sizeof jpeg->complaint.text, "%d scans", scans);
  jpeg->ending = fm_excessive;
  longjmp(jpeg->escape, 1);
}

// All bytes are there from the start. If they end too early, libjpeg is told to wait for more,
// which makes its functions return; its usual source would make up an end and paint the rest gray.
static void start_source(j_decompress_ptr library) { (void)library; }
static boolean wait_for_more(j_decompress_ptr library) {
  (void)library;
  return FALSE;
}
static void skip(j_decompress_ptr library, long count) {
  if (count <= 0) return;
  struct jpeg_source_mgr *source = library->src;
  size_t step = (size_t)count < source->bytes_in_buffer ? (size_t)count : source->bytes_in_buffer;
  source->next_input_byte += step;
  source->bytes_in_buffer -= step;
}

fm_jpeg *fm_jpeg_open(const uint8_t *bytes, size_t count) {
  fm_jpeg *jpeg = calloc(1, sizeof *jpeg);
  if (!jpeg) return NULL;
  j_decompress_ptr library = &jpeg->library;
  library->err = jpeg_std_error(&jpeg->errors);
  library->client_data = jpeg;
  jpeg->errors.error_exit = leave;
  jpeg->errors.emit_message = pass_over;
  jpeg->errors.output_message = say_nothing;
  if (setjmp(jpeg->escape)) {
    fm_jpeg_close(jpeg);
    return NULL;
  }
  jpeg_create_decompress(library);
  jpeg->progress.progress_monitor = watch;
  library->progress = &jpeg->progress;
  jpeg->source = (struct jpeg_source_mgr){
      .next_input_byte = bytes,
      .bytes_in_buffer = count,
      .init_source = start_source,
      .fill_input_buffer = wait_for_more,
      .skip_input_data = skip,
      .resync_to_restart = jpeg_resync_to_restart,
      .term_source = start_source,
  };
  library->src = &jpeg->source;
  jpeg_save_markers(library, JPEG_APP0 + 1, 0xffff);
  return jpeg;
}

void fm_jpeg_close(fm_jpeg *jpeg) {
  if (!jpeg) return;
  jpeg_destroy_decompress(&jpeg->library);
  free(jpeg);
}

int fm_jpeg_rows(const fm_jpeg *jpeg) { return (int)jpeg->library.output_scanline; }

const char *fm_jpeg_complaint(const fm_jpeg *jpeg) { return jpeg->complaint.text; }

fm_reading fm_jpeg_read_header(fm_jpeg *jpeg, fm_jpeg_header *header) {
  j_decompress_ptr library = &jpeg->library;
  if (setjmp(jpeg->escape)) return jpeg->ending;
  if (jpeg_read_header(library, TRUE) != JPEG_HEADER_OK) return fm_cut_short;
  int components = library->num_components;
  if (components != 1 && components != 3 && components != 4) {
    snprintf(jpeg->complaint.text, sizeof jpeg->complaint.text, "%d components", components);
    return fm_unsupported;
  }
  *header = (fm_jpeg_header){.width = (int)library->image_width,
                             .height = (int)library->image_height,
                             .components = components};
  static const char signature[] = "Exif\0";  // with the NUL that ends it, six bytes
  for (jpeg_saved_marker_ptr m = library->marker_list; m; m = m->next) {
    if (m->data_length < sizeof signature || memcmp(m->data, signature, sizeof signature)) continue;
    header->exif = m->data + sizeof signature;
    header->exif_count = m->data_length - sizeof signature;
    break;
  }
  return fm_fine;
}

// a x b / 255, rounded.
static inline int scaled(int a, int b) {
  int product = a * b + 128;
  return (product + (product >> 8)) >> 8;
}

void fm_inks_to_rgb(const uint8_t *inks, uint8_t *rgb, size_t count) {
  for (size_t i = 0; i < count; i++, inks += 4, rgb += 3) {
    int light = 255 - inks[3];
    for (int c = 0; c < 3; c++) rgb[c] = (uint8_t)(light - scaled(inks[c], light));
  }
}

fm_reading fm_jpeg_read(fm_jpeg *jpeg, uint8_t *pixels) {
  j_decompress_ptr library = &jpeg->library;
  if (setjmp(jpeg->escape)) return jpeg->ending;
  // Several scans are collected as two bytes per sample and component before the first row is made.
  library->mem->max_memory_to_use =
      (64 << 20) + 10 * (long)library->image_width * (long)library->image_height;
  int inked = library->num_components == 4;
  library->out_color_space = inked ? JCS_CMYK : JCS_RGB;
  library->dct_method = JDCT_ISLOW;
  library->do_fancy_upsampling = TRUE;
  if (!jpeg_start_decompress(library)) return fm_cut_short;
  size_t pitch = (size_t)library->output_width * (inked ? 4 : 3);
  while (library->output_scanline < library->output_height) {
    uint8_t *rows[8];
    JDIMENSION first = library->output_scanline, count = 0;
    while (count < 8 && first + count < library->output_height) {
      rows[count] = pixels + (first + count) * pitch;
      count++;
    }
    if (jpeg_read_scanlines(library, rows, count) == 0) return fm_cut_short;
  }
  if (inked) {
    for (size_t i = 0; i < pitch * library->output_height; i++) pixels[i] = 255 - pixels[i];
  }
  // What follows the last row must still be JPEG, as Pillow demands, but it may be missing.
  (void)jpeg_finish_decompress(library);
  return fm_fine;
}
