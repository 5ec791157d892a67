#include "charsets.h"

#include <unicode/ucnv.h>

int charsets_knows(const char *name) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter = ucnv_open(name, &status);
  if (converter != NULL) ucnv_close(converter);
  return U_SUCCESS(status);
}
