// libpng: twice as fast as Cairo's own PNG writer.
#include <png.h>
#include <stdlib.h>
#include <string.h>

// What a PNG is written into; the bytes are the caller's to free.
struct cadastre_png {
  unsigned char *bytes;
  size_t count, capacity;
  char reason[128];
};

static inline void cadastre_png_append(png_structp png, png_bytep data, size_t count) {
  struct cadastre_png *out = png_get_io_ptr(png);
  if (count > out->capacity - out->count) {
    size_t capacity = (out->count + count) * 2;
    unsigned char *bytes = realloc(out->bytes, capacity);
    if (!bytes) png_error(png, "out of memory");
    out->bytes = bytes;
    out->capacity = capacity;
  }
  memcpy(out->bytes + out->count, data, count);
  out->count += count;
}

static inline void cadastre_png_flush(png_structp png) { (void)png; }

static inline void cadastre_png_fail(png_structp png, png_const_charp reason) {
  struct cadastre_png *out = png_get_error_ptr(png);
  strncpy(out->reason, reason, sizeof out->reason - 1);
  png_longjmp(png, 1);
}

static inline void cadastre_png_warn(png_structp png, png_const_charp reason) {
  (void)png;
  (void)reason;
}

// Writes rows of native 32-bit pixels 0x00RRGGBB, as Cairo keeps them; 1 where that worked.
//
// In C, for libpng reports errors by long jumps, which must not cross Swift. It reads the rows where
// they are: a copy of red, green and blue would cost as much as a tenth of the writing. Fast
// compression without filters: flat pictures lose little by it and take half the time.
static inline int cadastre_png_write(
    struct cadastre_png *out, const unsigned char *pixels, unsigned width, unsigned height,
    size_t stride) {
  memset(out, 0, sizeof *out);
  png_structp png = png_create_write_struct(
      PNG_LIBPNG_VER_STRING, out, cadastre_png_fail, cadastre_png_warn);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info) {
    png_destroy_write_struct(&png, NULL);
    strcpy(out->reason, "out of memory");
    return 0;
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_write_struct(&png, &info);
    free(out->bytes);
    out->bytes = NULL;
    return 0;
  }
  png_set_write_fn(png, out, cadastre_png_append, cadastre_png_flush);
  png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
  png_set_IHDR(
      png, info, width, height, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
      PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
  png_set_compression_level(png, 1);
  png_set_compression_buffer_size(png, 1 << 16);
  png_write_info(png, info);
  // The bytes of such a pixel lie blue first on little-endian machines, and red first but one on
  // big-endian ones.
  const unsigned one = 1;
  if (*(const unsigned char *)&one) {
    png_set_bgr(png);
    png_set_filler(png, 0, PNG_FILLER_AFTER);
  } else {
    png_set_filler(png, 0, PNG_FILLER_BEFORE);
  }
  for (unsigned y = 0; y < height; y++) {
    png_write_row(png, (png_const_bytep)(pixels + y * stride));
  }
  png_write_end(png, NULL);
  png_destroy_write_struct(&png, &info);
  return 1;
}
