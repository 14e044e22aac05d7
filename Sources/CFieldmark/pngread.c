#include "pngread.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

struct fm_png {
  png_structp library;
  png_infop info;
  const uint8_t *bytes;
  size_t left;
  uint32_t frames;
  int row;
  jmp_buf escape;
  fm_reading ending;
  fm_complaint complaint;
};

// libpng's error function must not return; this one jumps back to the function that called libpng.
static void leave(png_structp library, png_const_charp text) {
  fm_png *png = png_get_error_ptr(library);
  snprintf(png->complaint.text, sizeof png->complaint.text, "%s", text);
  longjmp(png->escape, 1);
}

static void pass_over(png_structp library, png_const_charp text) { (void)library, (void)text; }

static void take(png_structp library, png_bytep out, size_t count) {
  fm_png *png = png_get_io_ptr(library);
  if (count > png->left) {
    png->ending = fm_cut_short;
    png_error(library, "the bytes end");
  }
  memcpy(out, png->bytes, count);
  png->bytes += count;
  png->left -= count;
}

// Of the chunks that libpng does not know, only the announcement of an animation (acTL) is used:
// four bytes with the number of pictures, then four with the number of repetitions.
static int look_at(png_structp library, png_unknown_chunkp chunk) {
  fm_png *png = png_get_user_chunk_ptr(library);
  if (!memcmp(chunk->name, "acTL", 4) && chunk->size == 8) {
    png->frames = png_get_uint_32(chunk->data);
  }
  return 1;
}

fm_png *fm_png_open(const uint8_t *bytes, size_t count) {
  fm_png *png = calloc(1, sizeof *png);
  if (!png) return NULL;
  png->bytes = bytes;
  png->left = count;
  if (setjmp(png->escape)) {
    fm_png_close(png);
    return NULL;
  }
  png->library = png_create_read_struct(PNG_LIBPNG_VER_STRING, png, leave, pass_over);
  if (png->library) png->info = png_create_info_struct(png->library);
  if (!png->info) {
    fm_png_close(png);
    return NULL;
  }
  png_set_read_fn(png->library, png, take);
  // Our own code judges the picture's size. No other chunk needs more than a few megabytes.
  png_set_user_limits(png->library, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_chunk_malloc_max(png->library, 8 << 20);
  png_set_chunk_cache_max(png->library, 64);
  static const png_byte ignored[] =
      "bKGD\0cHRM\0gAMA\0hIST\0iCCP\0iTXt\0oFFs\0pCAL\0"
      "pHYs\0sBIT\0sCAL\0sPLT\0sRGB\0tEXt\0tIME\0zTXt";
  png_set_keep_unknown_chunks(
      png->library, PNG_HANDLE_CHUNK_NEVER, ignored, (int)(sizeof ignored / 5));
  png_set_read_user_chunk_fn(png->library, png, look_at);
  return png;
}

void fm_png_close(fm_png *png) {
  if (!png) return;
  if (png->library) png_destroy_read_struct(&png->library, &png->info, NULL);
  free(png);
}

int fm_png_rows(const fm_png *png) { return png->row; }

const char *fm_png_complaint(const fm_png *png) { return png->complaint.text; }

fm_reading fm_png_read_header(fm_png *png, fm_png_header *header) {
  png->ending = fm_damaged;
  if (setjmp(png->escape)) return png->ending;
  png_read_info(png->library, png->info);
  int type = png_get_color_type(png->library, png->info);
  *header = (fm_png_header){
      .width = (int)png_get_image_width(png->library, png->info),
      .height = (int)png_get_image_height(png->library, png->info),
      .depth = png_get_bit_depth(png->library, png->info),
      .has_color = (type & PNG_COLOR_MASK_COLOR) != 0,
      .has_palette = (type & PNG_COLOR_MASK_PALETTE) != 0,
      .has_alpha = (type & PNG_COLOR_MASK_ALPHA) != 0,
      .has_transparency = png_get_valid(png->library, png->info, PNG_INFO_tRNS) != 0,
      .frames = png->frames,
  };
  return fm_fine;
}

// Converts 16-bit gray to 8 bits as Pillow does: what is above 255 becomes 255.
static void cut_off(png_structp library, png_row_infop row, png_bytep data) {
  (void)library;
  size_t samples = (size_t)row->width * row->channels;
  for (size_t i = 0; i < samples; i++) data[i] = data[2 * i] ? 255 : data[2 * i + 1];
}

// Splits pixels of four bytes into their planes.
static void split(const uint8_t *rgba, uint8_t *rgb, uint8_t *alpha, size_t count) {
  for (size_t i = 0; i < count; i++) {
    rgb[3 * i] = rgba[4 * i];
    rgb[3 * i + 1] = rgba[4 * i + 1];
    rgb[3 * i + 2] = rgba[4 * i + 2];
    alpha[i] = rgba[4 * i + 3];
  }
}

// Asks libpng for RGB or RGBA of 8 bits, whatever is stored.
static void ask(fm_png *png, fm_depth depth, int transparency) {
  png_structp library = png->library;
  int type = png_get_color_type(library, png->info);
  int bits = png_get_bit_depth(library, png->info);
  if (type == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(library);
  if (type == PNG_COLOR_TYPE_GRAY && bits < 8) png_set_expand_gray_1_2_4_to_8(library);
  if (transparency) png_set_tRNS_to_alpha(library);
  if (!transparency && !(type & PNG_COLOR_MASK_ALPHA)) png_set_strip_alpha(library);
  if (!(type & PNG_COLOR_MASK_COLOR)) png_set_gray_to_rgb(library);
  if (bits < 16) return;
  if (depth == fm_depth_rounded) {
    png_set_scale_16(library);
  } else if (type == PNG_COLOR_TYPE_GRAY) {
    png_set_read_user_transform_fn(library, cut_off);
    png_set_user_transform_info(library, NULL, 8, transparency ? 4 : 3);
  } else {
    png_set_strip_16(library);
  }
}

fm_reading fm_png_read(
    fm_png *png, fm_depth depth, int transparency, uint8_t *rgb, uint8_t *alpha) {
  uint8_t *volatile pixels = NULL;  // RGBA: a row, or all of an interlaced picture
  png->ending = fm_damaged;
  if (setjmp(png->escape)) {
    free(pixels);
    return png->ending;
  }
  ask(png, depth, transparency);
  int passes = png_set_interlace_handling(png->library);
  png_read_update_info(png->library, png->info);
  size_t width = png_get_image_width(png->library, png->info);
  size_t height = png_get_image_height(png->library, png->info);
  size_t pitch = width * (alpha ? 4 : 3);
  if (png_get_rowbytes(png->library, png->info) != pitch) {
    png_error(png->library, "rows of an unexpected size");
  }
  if (alpha) {
    pixels = malloc(passes > 1 ? pitch * height : pitch);
    if (!pixels) {
      png->ending = fm_excessive;
      png_error(png->library, "no memory");
    }
  }
  for (int pass = 0; pass < passes; pass++) {
    for (size_t y = 0; y < height; y++) {
      uint8_t *row = !alpha ? rgb + y * pitch : passes > 1 ? pixels + y * pitch : pixels;
      png_read_row(png->library, row, NULL);
      if (pass < passes - 1) continue;
      if (alpha) split(row, rgb + y * width * 3, alpha + y * width, width);
      png->row = (int)y + 1;
    }
  }
  free(pixels);
  return fm_fine;
}

fm_reading fm_png_read_numbers(fm_png *png, uint8_t *numbers) {
  png->ending = fm_damaged;
  if (setjmp(png->escape)) return png->ending;
  png_set_packing(png->library);
  if (png_get_color_type(png->library, png->info) & PNG_COLOR_MASK_ALPHA) {
    png_set_strip_alpha(png->library);
  }
  int passes = png_set_interlace_handling(png->library);
  png_read_update_info(png->library, png->info);
  size_t width = png_get_image_width(png->library, png->info);
  size_t height = png_get_image_height(png->library, png->info);
  if (png_get_rowbytes(png->library, png->info) != width) {
    png_error(png->library, "rows of an unexpected size");
  }
  for (int pass = 0; pass < passes; pass++) {
    for (size_t y = 0; y < height; y++) {
      png_read_row(png->library, numbers + y * width, NULL);
      if (pass == passes - 1) png->row = (int)y + 1;
    }
  }
  return fm_fine;
}

const uint8_t *fm_png_exif(fm_png *png, size_t *count) {
  if (!setjmp(png->escape)) png_read_end(png->library, png->info);
  png_uint_32 size = 0;
  png_bytep exif = NULL;
  if (setjmp(png->escape)) return NULL;
  if (!png_get_eXIf_1(png->library, png->info, &size, &exif)) return NULL;
  *count = size;
  return exif;
}
