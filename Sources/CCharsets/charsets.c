#include "charsets.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucnv_err.h>
#include <unicode/ucsdet.h>

struct charsets_converter {
  UConverter *from;
  UConverter *utf8;
  size_t undecodable;
  // ICU converts through UTF-16; what one call left over the next one takes up.
  UChar pivot[2048];
  UChar *pivot_source;
  UChar *pivot_target;
};

// Whether ICU knows a charset by this name.
static int charsets_knows(const char *name) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter = ucnv_open(name, &status);
  if (converter != NULL) ucnv_close(converter);
  return U_SUCCESS(status);
}

const char *charsets_common_name(const char *name) {
  const char *standards[] = {"MIME", "IANA", ""};
  if (!charsets_knows(name)) return NULL;
  for (int i = 0; i < 3; i++) {
    UErrorCode status = U_ZERO_ERROR;
    const char *common = ucnv_getStandardName(name, standards[i], &status);
    if (U_SUCCESS(status) && common != NULL) return common;
  }
  return NULL;
}

const char *charsets_name(int number) {
  if (number < 0 || number >= ucnv_countAvailable()) return NULL;
  const char *name = ucnv_getAvailableName(number);
  const char *common = charsets_common_name(name);
  return common != NULL ? common : name;
}

// Counts what cannot be decoded and writes U+FFFD for it, for bytes that are illegal, cut or that
// stand for no character. (ICU's own substitution writes U+001A in some charsets.)
static void replace(const void *context, UConverterToUnicodeArgs *args, const char *units,
                    int32_t length, UConverterCallbackReason reason, UErrorCode *status) {
  static const UChar replacement[] = {0xFFFD};
  (void)units;
  (void)length;
  if (reason > UCNV_IRREGULAR) return;
  ((charsets_converter *)context)->undecodable += 1;
  *status = U_ZERO_ERROR;
  ucnv_cbToUWriteUChars(args, replacement, 1, 0, status);
}

charsets_converter *charsets_open(const char *name) {
  charsets_converter *converter = calloc(1, sizeof *converter);
  if (converter == NULL) return NULL;
  UErrorCode status = U_ZERO_ERROR;
  converter->from = ucnv_open(name, &status);
  converter->utf8 = ucnv_open("UTF-8", &status);
  converter->pivot_source = converter->pivot;
  converter->pivot_target = converter->pivot;
  if (U_SUCCESS(status))
    ucnv_setToUCallBack(converter->from, replace, converter, NULL, NULL, &status);
  if (U_FAILURE(status)) {
    charsets_close(converter);
    return NULL;
  }
  return converter;
}

void charsets_close(charsets_converter *converter) {
  if (converter == NULL) return;
  if (converter->from != NULL) ucnv_close(converter->from);
  if (converter->utf8 != NULL) ucnv_close(converter->utf8);
  free(converter);
}

charsets_progress charsets_convert(charsets_converter *converter, const uint8_t *source,
                                   size_t source_count, uint8_t *target, size_t target_count,
                                   int is_end) {
  static const uint8_t nothing[1];
  if (source == NULL) source = nothing;
  const char *from = (const char *)source;
  char *to = (char *)target;
  UErrorCode status = U_ZERO_ERROR;
  ucnv_convertEx(converter->utf8, converter->from, &to, to + target_count, &from,
                 from + source_count, converter->pivot, &converter->pivot_source,
                 &converter->pivot_target,
                 converter->pivot + sizeof converter->pivot / sizeof *converter->pivot, 0,
                 is_end != 0, &status);
  charsets_progress progress = {(size_t)(from - (const char *)source),
                                (size_t)(to - (char *)target), status == U_BUFFER_OVERFLOW_ERROR};
  return progress;
}

size_t charsets_undecodable(const charsets_converter *converter) { return converter->undecodable; }

int charsets_guesses(const uint8_t *bytes, size_t count, charsets_guess *guesses, int capacity) {
  UErrorCode status = U_ZERO_ERROR;
  UCharsetDetector *detector = ucsdet_open(&status);
  int32_t found = 0;
  int written = 0;
  ucsdet_setText(detector, (const char *)bytes, (int32_t)count, &status);
  const UCharsetMatch **matches = ucsdet_detectAll(detector, &found, &status);
  for (int32_t i = 0; U_SUCCESS(status) && i < found && written < capacity; i++) {
    const char *name = ucsdet_getName(matches[i], &status);
    int32_t confidence = ucsdet_getConfidence(matches[i], &status);
    if (U_FAILURE(status) || name == NULL || strlen(name) >= sizeof guesses->name) continue;
    strcpy(guesses[written].name, name);
    guesses[written].confidence = confidence;
    written += 1;
  }
  if (detector != NULL) ucsdet_close(detector);
  return written;
}
