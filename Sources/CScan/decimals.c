#include "cells.h"

// What a number with so many places is times, to be in 1/10,000.
static const int64_t scales[5] = {10000, 1000, 100, 10, 1};

static inline int read_decimal_portable(const uint8_t *bytes, uint32_t length, int64_t *value) {
  uint32_t position = bytes[0] == '-', digits = 0, places = 0;
  int64_t number = 0;
  int has_point = 0;
  for (; position < length; position++) {
    uint8_t digit = bytes[position] - '0';
    if (digit <= 9) {
      number = number * 10 + digit;
      digits++;
      places += (uint32_t)has_point;
    } else if (bytes[position] == '.' && !has_point) {
      has_point = 1;
    } else {
      return 0;
    }
  }
  if (digits == 0 || places > 4) return 0;
  // 14 digits times 10,000 are below 2^63.
  number *= scales[places];
  *value = bytes[0] == '-' ? -number : number;
  return 1;
}

#define DECIMALS(read_decimal)                                                               \
  (const cscan_column *column, int64_t null, int64_t *values, uint32_t *others) {           \
    size_t refused = 0;                                                                      \
    for (size_t row = 0; row < column->count; row++) {                                       \
      cscan_cell cell = cell_at(column, row);                                                \
      uint32_t length = cell.end - cell.start;                                               \
      values[row] = null;                                                                    \
      if (length > 0 && length <= 14 &&                                                      \
          read_decimal(column->text + cell.start, length, &values[row]))                     \
        continue;                                                                            \
      if (length > 0 || column->needs_value) others[refused++] = (uint32_t)row;              \
    }                                                                                        \
    return refused;                                                                          \
  }

size_t cscan_decimals_portable DECIMALS(read_decimal_portable)

#if defined(__x86_64__)
#include <immintrin.h>

// For each number of places, and none, the digits of 16 bytes moved to the end, without the point.
static const int8_t without_point[6][16] = {
    {-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14},
    {-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15},
    {-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15},
    {-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15},
    {-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15},
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
};
// Sixteen of them from the length on keep just the last bytes.
static const int8_t last_bytes[32] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                                      -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};

// The sixteen bytes up to the end of the cell at once: no branch depends on how many digits there are.
// Cells within the first sixteen bytes of the text are left to the other version.
static CSCAN_VECTORS inline int read_decimal_vectors(const uint8_t *bytes, uint32_t length,
                                                     int64_t *value) {
  int is_negative = bytes[0] == '-';
  const uint8_t *end = bytes + length;
  length -= (uint32_t)is_negative;
  __m128i kept = _mm_loadu_si128((const __m128i *)(last_bytes + length));
  __m128i text = _mm_and_si128(_mm_loadu_si128((const __m128i *)(end - 16)), kept);
  uint32_t points = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(text, _mm_set1_epi8('.')));
  // Places are counted from the end; sixteen bits above none is one too many.
  uint32_t places = points ? 15 - (uint32_t)__builtin_ctz(points) : 5;
  if (places > 5 || (points & (points - 1)) || (points != 0 && places == 5) ||
      length == (points != 0))
    return 0;
  __m128i order = _mm_loadu_si128((const __m128i *)without_point[places]);
  __m128i digits = _mm_sub_epi8(text, _mm_and_si128(kept, _mm_set1_epi8('0')));
  digits = _mm_shuffle_epi8(digits, order);
  // As bytes without sign none may be above 9.
  __m128i nine = _mm_set1_epi8(9);
  if (_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_max_epu8(digits, nine), nine)) != 0xFFFF) return 0;
  // Pairs, fours, then eights.
  __m128i pairs = _mm_maddubs_epi16(digits, _mm_set1_epi16(10 | 1 << 8));
  __m128i fours = _mm_madd_epi16(pairs, _mm_set1_epi32(100 | 1 << 16));
  __m128i packed = _mm_packus_epi32(fours, fours);
  __m128i eights = _mm_madd_epi16(packed, _mm_set1_epi32(10000 | 1 << 16));
  uint64_t both = (uint64_t)_mm_cvtsi128_si64(eights);
  int64_t number = (int64_t)((both & 0xFFFFFFFF) * 100000000 + (both >> 32));
  number *= points ? scales[places] : scales[0];
  *value = is_negative ? -number : number;
  return 1;
}

static CSCAN_VECTORS inline int read_decimal_within(const uint8_t *text, const uint8_t *bytes,
                                                    uint32_t length, int64_t *value) {
  return bytes - text >= 16 ? read_decimal_vectors(bytes, length, value)
                            : read_decimal_portable(bytes, length, value);
}
#define READ_WITHIN(bytes, length, value) read_decimal_within(column->text, bytes, length, value)
static CSCAN_VECTORS size_t decimals_vectors DECIMALS(READ_WITHIN)

size_t cscan_decimals(const cscan_column *column, int64_t null, int64_t *values, uint32_t *others) {
  return has_vectors() ? decimals_vectors(column, null, values, others)
                       : cscan_decimals_portable(column, null, values, others);
}
#else
size_t cscan_decimals(const cscan_column *column, int64_t null, int64_t *values, uint32_t *others) {
  return cscan_decimals_portable(column, null, values, others);
}
#endif
