#include "cscan.h"

void cscan_cells(const uint8_t *text, cscan_dialect dialect, cscan_index_view index,
                 const uint32_t *wanted, size_t count, uint32_t cell, cscan_cell *cells) {
  for (size_t row = 0; row < count; row++) {
    uint32_t record = wanted[row];
    uint32_t separator = (record == 0 ? 0 : index.records[record - 1]) + cell;
    uint32_t start = separator == 0 ? 0 : index.separators[separator - 1] + 1;
    uint32_t end = index.separators[separator];
    // Only the last cell of a record loses a carriage return: elsewhere it is a character.
    if (end > start && text[end - 1] == '\r' && text[end] == dialect.newline) end--;
    if (end - start >= 2 && text[start] == dialect.quote && text[end - 1] == dialect.quote) {
      start++;
      end--;
    }
    cells[row].start = start;
    cells[row].end = end;
  }
}
