#include "cells.h"

#include <string.h>

void cscan_cells(const cscan_column *column, cscan_cell *cells) {
  for (size_t row = 0; row < column->count; row++) cells[row] = cell_at(column, row);
}

size_t cscan_flags(const cscan_column *column, uint8_t null, uint8_t *values, uint32_t *others) {
  const uint32_t lower = 0x20202020;
  uint32_t yes, no;
  memcpy(&yes, "true", 4);
  memcpy(&no, "fals", 4);
  size_t refused = 0;
  for (size_t row = 0; row < column->count; row++) {
    cscan_cell cell = cell_at(column, row);
    const uint8_t *bytes = column->text + cell.start;
    uint32_t length = cell.end - cell.start, word = 0;
    if (length >= 4) memcpy(&word, bytes, 4);
    word |= lower;
    values[row] = null;
    if (length == 5 && word == no && (bytes[4] | 0x20) == 'e')
      values[row] = 0;
    else if (length == 4 && word == yes)
      values[row] = 1;
    else if (length == 1 && (bytes[0] & 0xFE) == '0')
      values[row] = bytes[0] & 1;
    else if (length > 0 || column->needs_value)
      others[refused++] = (uint32_t)row;
  }
  return refused;
}
