#include "cells.h"

// Whether the last three of 18 characters say which of the first 15 are capitals, the lowest bit the
// first: five bits each, as A to Z and 0 to 5.
static inline int fits(uint32_t capitals, const uint8_t *bytes) {
  uint32_t fives = (capitals & 31) | (capitals << 3 & 31 << 8) | (capitals << 6 & 31 << 16);
  uint32_t are_digits = (fives + 0x010101 * (0x80 - 26)) >> 7 & 0x010101;
  uint32_t expected = fives + 0x010101 * 'A' - are_digits * ('A' + 26 - '0');
  // With the character before them they are four.
  uint32_t found;
  memcpy(&found, bytes + 14, 4);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  found = __builtin_bswap32(found);
#endif
  return found >> 8 == expected;
}

static inline int read_key_portable(const uint8_t *bytes, uint32_t length, unsigned __int128 *key) {
  uint32_t capitals = 0;
  unsigned __int128 number = 0;
  for (int i = 0; i < 15; i++) {
    uint8_t byte = bytes[i], lower = byte | 0x20;
    if ((uint8_t)(byte - '0') > 9 && (uint8_t)(lower - 'a') > 25) return 0;
    capitals |= (uint32_t)((uint8_t)(byte - 'A') <= 25) << i;
    number = number << 8 | byte;
  }
  *key = number;
  return length == 15 || fits(capitals, bytes);
}

#define KEYS(read_key)                                                                       \
  (const cscan_column *column, const void *null, void *keys, uint32_t *others) {            \
    unsigned __int128 *values = keys, empty;                                                 \
    memcpy(&empty, null, sizeof empty);                                                      \
    size_t refused = 0;                                                                      \
    for (size_t row = 0; row < column->count; row++) {                                       \
      cscan_cell cell = cell_at(column, row);                                                \
      uint32_t length = cell.end - cell.start;                                               \
      unsigned __int128 key = empty;                                                         \
      int is_key = (length == 18 || length == 15) &&                                         \
                   read_key(column->text + cell.start, length, &key);                        \
      values[row] = is_key ? key : empty;                                                    \
      if (!is_key && (length > 0 || column->needs_value)) others[refused++] = (uint32_t)row; \
    }                                                                                        \
    return refused;                                                                          \
  }

// Exports of one org mostly stand in one order: a key mostly names the row that the cell before named,
// or one of the next.
#define FOLLOW(read_key)                                                                         \
  (const cscan_column *column, const cscan_table *table, cscan_follower *follower, int32_t null, \
   int32_t *rows, uint32_t *others) {                                                            \
    const uint8_t *before = NULL;                                                                \
    cscan_follower at = *follower;                                                               \
    size_t row = at.next;                                                                        \
    for (; row < column->count; row++) {                                                         \
      cscan_cell cell = cell_at(column, row);                                                    \
      const uint8_t *text = column->text + cell.start;                                           \
      uint32_t length = cell.end - cell.start;                                                   \
      if (length == 18 && before && memcmp(text, before, 18) == 0) {                             \
        rows[row] = at.value;                                                                    \
        continue;                                                                                \
      }                                                                                          \
      rows[row] = null;                                                                          \
      if (length == 0 && !column->needs_value) continue;                                         \
      unsigned __int128 key;                                                                     \
      if ((length != 18 && length != 15) || !read_key(text, length, &key)) {                     \
        others[at.refused++] = (uint32_t)row;                                                    \
        continue;                                                                                \
      }                                                                                          \
      uint64_t start = (uint64_t)(key >> 64), end = (uint64_t)key;                               \
      size_t found = at.found, last = found + CSCAN_STEPS;                                       \
      if (last >= table->count) last = table->count - 1;                                         \
      while (found < last && table->ends[found] != end) found++;                                 \
      at.key[0] = start;                                                                         \
      at.key[1] = end;                                                                           \
      if (table->ends[found] != end || table->start != start) break;                             \
      at.found = found;                                                                          \
      at.value = rows[row] = (int32_t)found;                                                     \
      before = length == 18 ? text : NULL;                                                       \
    }                                                                                            \
    at.next = row;                                                                               \
    *follower = at;                                                                              \
  }

size_t cscan_keys_portable KEYS(read_key_portable)
void cscan_follow_portable FOLLOW(read_key_portable)

#if defined(__x86_64__)
#include <immintrin.h>

// Bytes from `first` on, `count` of them: a comparison without sign, by one with.
static CSCAN_VECTORS inline __m128i is_within(__m128i bytes, char first, char count) {
  __m128i shifted = _mm_add_epi8(bytes, _mm_set1_epi8((char)(-128 - first)));
  return _mm_cmplt_epi8(shifted, _mm_set1_epi8((char)(-128 + count)));
}

// All characters at once. The sixteenth byte that is read is that of the checksum, or the separator.
static CSCAN_VECTORS inline int read_key_vectors(const uint8_t *bytes, uint32_t length,
                                                 unsigned __int128 *key) {
  __m128i text = _mm_loadu_si128((const __m128i *)bytes);
  __m128i letters = is_within(_mm_or_si128(text, _mm_set1_epi8(0x20)), 'a', 26);
  __m128i all = _mm_or_si128(letters, is_within(text, '0', 10));
  uint32_t capitals = (uint32_t)_mm_movemask_epi8(is_within(text, 'A', 26)) & 0x7FFF;
  const __m128i reversed = _mm_setr_epi8(14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, -1);
  _mm_storeu_si128((__m128i *)key, _mm_shuffle_epi8(text, reversed));
  return ((uint32_t)_mm_movemask_epi8(all) & 0x7FFF) == 0x7FFF &&
         (length == 15 || fits(capitals, bytes));
}

static CSCAN_VECTORS size_t keys_vectors KEYS(read_key_vectors)
static CSCAN_VECTORS void follow_vectors FOLLOW(read_key_vectors)

size_t cscan_keys(const cscan_column *column, const void *null, void *keys, uint32_t *others) {
  return has_vectors() ? keys_vectors(column, null, keys, others)
                       : cscan_keys_portable(column, null, keys, others);
}

void cscan_follow(const cscan_column *column, const cscan_table *table, cscan_follower *follower,
                  int32_t null, int32_t *rows, uint32_t *others) {
  if (has_vectors())
    follow_vectors(column, table, follower, null, rows, others);
  else
    cscan_follow_portable(column, table, follower, null, rows, others);
}
#else
size_t cscan_keys(const cscan_column *column, const void *null, void *keys, uint32_t *others) {
  return cscan_keys_portable(column, null, keys, others);
}

void cscan_follow(const cscan_column *column, const cscan_table *table, cscan_follower *follower,
                  int32_t null, int32_t *rows, uint32_t *others) {
  cscan_follow_portable(column, table, follower, null, rows, others);
}
#endif
