// Where a cell stands, for all readers of cells.
#pragma once
#include "cscan.h"

#include <string.h>

// Eight bytes, the first one lowest.
static inline uint64_t word_at(const uint8_t *bytes) {
  uint64_t word;
  memcpy(&word, bytes, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word;
}

static inline cscan_cell cell_at(const cscan_column *column, size_t row) {
  cscan_index_view index = column->index;
  uint32_t record = column->wanted[row], stride = index.stride;
  uint32_t first = stride ? record * stride : record == 0 ? 0 : index.records[record - 1];
  uint32_t separator = first + column->cell;
  cscan_cell cell = {separator == 0 ? 0 : index.separators[separator - 1] + 1,
                     index.separators[separator]};
  const uint8_t *text = column->text;
  // Only the last cell of a record loses a carriage return: elsewhere it is a character.
  if ((stride == 0 || column->cell + 1 == stride) && cell.end > cell.start &&
      text[cell.end - 1] == '\r' && text[cell.end] == column->dialect.newline)
    cell.end--;
  if (text[cell.start] == column->dialect.quote && cell.end - cell.start >= 2 &&
      text[cell.end - 1] == column->dialect.quote) {
    cell.start++;
    cell.end--;
  }
  return cell;
}

// Whether this machine has what the vector versions need; asked once for each chunk and column.
#if defined(__x86_64__)
#define CSCAN_VECTORS __attribute__((target("avx2,popcnt,bmi,pclmul")))
static inline int has_vectors(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("pclmul") &&
         __builtin_cpu_supports("bmi");
}
#endif
