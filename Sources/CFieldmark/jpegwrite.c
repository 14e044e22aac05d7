#include "jpegwrite.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jerror.h>
#include <jpeglib.h>

// Everything that must outlive a jump out of the library is in here. It belongs to fm_jpeg_write.
typedef struct {
  struct jpeg_compress_struct library;
  struct jpeg_error_mgr errors;
  struct jpeg_destination_mgr target;
  jmp_buf escape;
  fm_jpeg_file file;
  size_t capacity;
} writer;

// libjpeg's error function must not return; this one jumps back to the function that called
// libjpeg.
static void leave(j_common_ptr library) {
  writer *w = library->client_data;
  char text[JMSG_LENGTH_MAX];
  library->err->format_message(library, text);
  snprintf(w->file.complaint.text, sizeof w->file.complaint.text, "%s", text);
  longjmp(w->escape, 1);
}

static void say_nothing(j_common_ptr library) { (void)library; }

// The file grows as it is written. libjpeg's own target in memory loses its buffer if an error ends
// it.
static void grow(writer *w, size_t used) {
  size_t capacity = w->capacity ? 2 * w->capacity : 1 << 16;
  uint8_t *bytes = realloc(w->file.bytes, capacity);
  if (!bytes) {
    w->library.err->msg_code = JERR_OUT_OF_MEMORY;
    w->library.err->msg_parm.i[0] = 0;
    leave((j_common_ptr)&w->library);
  }
  w->file.bytes = bytes;
  w->capacity = capacity;
  w->target.next_output_byte = bytes + used;
  w->target.free_in_buffer = capacity - used;
}

static void start_target(j_compress_ptr library) { grow(library->client_data, 0); }

// Called when the whole buffer is used, whatever the counts in the target say.
static boolean make_room(j_compress_ptr library) {
  writer *w = library->client_data;
  grow(w, w->capacity);
  return TRUE;
}

static void end_target(j_compress_ptr library) {
  writer *w = library->client_data;
  w->file.count = w->capacity - w->target.free_in_buffer;
}

// This is separate from fm_jpeg_write, whose variables a jump would leave undefined. Returns 0
// after an error.
static int run(
    writer *w, const uint8_t *rgb, int width, int height, int quality, const uint8_t *comment,
    size_t comment_count) {
  j_compress_ptr library = &w->library;
  library->err = jpeg_std_error(&w->errors);
  library->client_data = w;
  w->errors.error_exit = leave;
  w->errors.output_message = say_nothing;
  if (setjmp(w->escape)) return 0;
  jpeg_create_compress(library);
  w->target = (struct jpeg_destination_mgr){
      .init_destination = start_target,
      .empty_output_buffer = make_room,
      .term_destination = end_target,
  };
  library->dest = &w->target;
  library->image_width = (JDIMENSION)width;
  library->image_height = (JDIMENSION)height;
  library->input_components = 3;
  library->in_color_space = JCS_RGB;
  jpeg_set_defaults(library);
  jpeg_set_quality(library, quality, TRUE);
  library->comp_info[0].h_samp_factor = library->comp_info[0].v_samp_factor = 1;
  library->dct_method = JDCT_ISLOW;
  library->optimize_coding = TRUE;
  jpeg_start_compress(library, TRUE);
  if (comment_count > 0)
    jpeg_write_marker(library, JPEG_COM, comment, (unsigned int)comment_count);
  size_t pitch = (size_t)width * 3;
  while (library->next_scanline < library->image_height) {
    // The library takes rows through a pointer that could write, but it only reads them.
    JSAMPROW row = (JSAMPROW)(rgb + library->next_scanline * pitch);
    jpeg_write_scanlines(library, &row, 1);
  }
  jpeg_finish_compress(library);
  return 1;
}

fm_jpeg_file fm_jpeg_write(
    const uint8_t *rgb, int width, int height, int quality, const uint8_t *comment,
    size_t comment_count) {
  writer *w = calloc(1, sizeof *w);
  if (!w) return (fm_jpeg_file){0};
  int is_whole = run(w, rgb, width, height, quality, comment, comment_count);
  jpeg_destroy_compress(&w->library);
  if (!is_whole) {
    free(w->file.bytes);
    w->file.bytes = NULL;
    w->file.count = 0;
  }
  fm_jpeg_file file = w->file;
  free(w);
  return file;
}

void fm_jpeg_file_free(fm_jpeg_file *file) {
  free(file->bytes);
  *file = (fm_jpeg_file){0};
}
