// Charsets other than UTF-8, read by ICU.
//
// Functions of our own, because ICU's names clash with those of Foundation's copy of it: no header
// of ICU is seen from Swift.
#ifndef CADASTRE_CHARSETS_H
#define CADASTRE_CHARSETS_H

#include <stddef.h>
#include <stdint.h>

// The name that a charset is commonly called by, NULL where ICU does not know it.
const char *charsets_common_name(const char *name);

// The common name of each charset that ICU can read, by number; NULL past the last.
const char *charsets_name(int number);

// A converter to UTF-8 that keeps its state between calls.
typedef struct charsets_converter charsets_converter;

// Opens a converter; NULL where ICU does not know the charset or memory is out.
charsets_converter *charsets_open(const char *name);
void charsets_close(charsets_converter *converter);

// How far one call came.
typedef struct {
  size_t read;     // bytes taken from the source
  size_t written;  // bytes of UTF-8 put into the target
  int is_full;     // the target had no room for what is still to come
} charsets_progress;

// Converts bytes to UTF-8. A character cut by the end of the source waits for the next call unless
// `is_end`; what cannot be decoded becomes U+FFFD.
charsets_progress charsets_convert(charsets_converter *converter, const uint8_t *source,
                                   size_t source_count, uint8_t *target, size_t target_count,
                                   int is_end);

// How many sequences could not be decoded so far.
size_t charsets_undecodable(const charsets_converter *converter);

// A charset that bytes may be written in, with ICU's confidence from 0 to 100.
typedef struct {
  char name[32];
  int confidence;
} charsets_guess;

// Guesses the charset of bytes: writes at most `capacity` guesses, best first, and returns how many.
int charsets_guesses(const uint8_t *bytes, size_t count, charsets_guess *guesses, int capacity);

#endif
