#include "cells.h"

// The slot where a text stands, or the free one where it would go: open addressing.
static inline uint32_t slot_of(const cscan_remembered *slots, uint32_t bits, uint64_t first,
                               uint64_t middle, uint64_t last, uint32_t length) {
  uint32_t mask = ((uint32_t)1 << bits) - 1;
  // Odd constants spread what is alike, as in Fibonacci hashing; the fold brings down what they lift.
  uint64_t hash = ((first + length) * 0x9E3779B97F4A7C15ULL) ^ (middle * 0xD6E8FEB86659FD93ULL) ^
                  (last * 0xC2B2AE3D27D4EB4FULL);
  hash = (hash ^ (hash >> 32)) * 0x9E3779B97F4A7C15ULL;
  uint32_t slot = (uint32_t)(hash >> (64 - bits));
  while (slots[slot].length != CSCAN_FREE &&
         (slots[slot].last != last || slots[slot].middle != middle ||
          slots[slot].first != first || slots[slot].length != length))
    slot = (slot + 1) & mask;
  return slot;
}

static int put(cscan_remembered *slots, uint32_t bits, cscan_remembered own) {
  uint32_t slot = slot_of(slots, bits, own.first, own.middle, own.last, own.length);
  int is_new = slots[slot].length == CSCAN_FREE;
  slots[slot] = own;
  return is_new;
}

int cscan_remember(cscan_remembered *slots, uint32_t bits, const uint8_t *text, uint32_t length,
                   int32_t value) {
  uint8_t padded[CSCAN_LONGEST] = {0};
  memcpy(padded, text, length);
  cscan_remembered own = {word_at(padded), length > 16 ? word_at(padded + 8) : 0,
                          word_at(padded + (length < 8 ? 0 : length - 8)), length, value};
  return put(slots, bits, own);
}

void cscan_remember_all(cscan_remembered *slots, uint32_t bits, const cscan_remembered *from,
                        size_t count) {
  for (size_t i = 0; i < count; i++)
    if (from[i].length != CSCAN_FREE) put(slots, bits, from[i]);
}

size_t cscan_recall(const cscan_column *column, const cscan_remembered *slots, uint32_t bits,
                    int32_t null, int32_t *values, uint32_t *others) {
  size_t refused = 0;
  for (size_t row = 0; row < column->count; row++) {
    cscan_cell cell = cell_at(column, row);
    uint32_t length = cell.end - cell.start;
    values[row] = null;
    if (length == 0 && !column->needs_value) continue;
    // The eight bytes that end with the cell are read, which the front of the text has not.
    if (length > 0 && length <= CSCAN_LONGEST && cell.end >= 8) {
      uint64_t last = word_at(column->text + cell.end - 8), first, middle = 0;
      if (length < 8) {
        first = last >>= 64 - 8 * length;
      } else {
        first = word_at(column->text + cell.start);
        if (length > 16) middle = word_at(column->text + cell.start + 8);
      }
      uint32_t slot = slot_of(slots, bits, first, middle, last, length);
      if (slots[slot].length != CSCAN_FREE) {
        values[row] = slots[slot].value;
        continue;
      }
    }
    others[refused++] = (uint32_t)row;
  }
  return refused;
}
