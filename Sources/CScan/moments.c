#include "cells.h"

// Whether no byte of a word passes its limit: 0x7F minus the greatest byte that is allowed.
static inline int is_below(uint64_t word, uint64_t limits) {
  return (((word + limits) | word) & 0x8080808080808080ULL) == 0;
}

// Days since 1970 of `2026-11-20`; 0 where it is no such day.
//
// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (`days_from_civil`): years
// begin in March, so that a leap day is the last one.
static inline int read_day(const uint8_t *bytes, int32_t *day) {
  static const uint8_t lengths[16] = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  static const uint16_t before[16] = {0, 306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275};
  // "YYYY-MM-", the first character in the lowest byte: digits become 0 to 9, hyphens 0.
  uint64_t date = word_at(bytes) ^ 0x2D30302D30303030ULL;
  uint32_t tens = (uint32_t)bytes[8] - '0', ones = (uint32_t)bytes[9] - '0';
  if (!is_below(date, 0x7F76767F76767676ULL) || tens > 9 || ones > 9) return 0;
  uint32_t year = (uint32_t)((date & 0xFF) * 1000 + (date >> 8 & 0xFF) * 100 +
                             (date >> 16 & 0xFF) * 10 + (date >> 24 & 0xFF));
  uint32_t month = (uint32_t)((date >> 40 & 0xFF) * 10 + (date >> 48 & 0xFF));
  uint32_t of_month = tens * 10 + ones;
  if (month - 1 > 11 || of_month - 1 >= lengths[month]) return 0;
  if (month == 2 && of_month == 29 && (year % 4 || (year % 100 == 0 && year % 400))) return 0;
  // From a March 4,800 years before, so that no year is negative.
  uint32_t years = year + 4800 - (month <= 2), centuries = years / 100;
  *day = (int32_t)(years * 365 + years / 4 - centuries + centuries / 4 + before[month] + of_month) -
         2472633;
  return 1;
}

// Whether nothing, `Z` or `.000Z` follows the seconds of a cell of at least 19 characters.
static inline int is_utc(const uint8_t *bytes, uint32_t length) {
  if (length == 19) return 1;
  if (length == 20) return bytes[19] == 'Z';
  return length == 24 && memcmp(bytes + 19, ".000Z", 5) == 0;
}

static inline int read_instant(const uint8_t *bytes, uint32_t length, int64_t *instant) {
  int32_t day;
  if (length < 19 || (bytes[10] != ' ' && bytes[10] != 'T') || !is_utc(bytes, length) ||
      !read_day(bytes, &day))
    return 0;
  // "HH:MM:SS", as above.
  uint64_t time = word_at(bytes + 11) ^ 0x30303A30303A3030ULL;
  if (!is_below(time, 0x76767F76767F7676ULL)) return 0;
  uint32_t hour = (uint32_t)((time & 0xFF) * 10 + (time >> 8 & 0xFF));
  uint32_t minute = (uint32_t)((time >> 24 & 0xFF) * 10 + (time >> 32 & 0xFF));
  uint32_t second = (uint32_t)((time >> 48 & 0xFF) * 10 + (time >> 56 & 0xFF));
  if (hour >= 24 || minute >= 60 || second > 60) return 0;
  *instant = (int64_t)day * 86400 + hour * 3600 + minute * 60 + second;
  return 1;
}

size_t cscan_days(const cscan_column *column, int32_t null, int32_t *values, uint32_t *others) {
  size_t refused = 0;
  for (size_t row = 0; row < column->count; row++) {
    cscan_cell cell = cell_at(column, row);
    const uint8_t *bytes = column->text + cell.start;
    uint32_t length = cell.end - cell.start;
    values[row] = null;
    if (length == 10 ? read_day(bytes, &values[row])
                     : length == 19 && memcmp(bytes + 11, "00:00:00", 8) == 0 &&
                           (bytes[10] == ' ' || bytes[10] == 'T') && read_day(bytes, &values[row]))
      continue;
    if (length > 0 || column->needs_value) others[refused++] = (uint32_t)row;
  }
  return refused;
}

size_t cscan_instants(const cscan_column *column, int64_t null, int64_t *values,
                      uint32_t *others) {
  size_t refused = 0;
  for (size_t row = 0; row < column->count; row++) {
    cscan_cell cell = cell_at(column, row);
    values[row] = null;
    uint32_t length = cell.end - cell.start;
    if (!read_instant(column->text + cell.start, length, &values[row]) &&
        (length > 0 || column->needs_value))
      others[refused++] = (uint32_t)row;
  }
  return refused;
}

size_t cscan_newest(const cscan_column *column, int64_t *newest, uint32_t *others) {
  // The characters of the newest one as they order: date and hour, then minute and second.
  uint64_t date = 0, hour = 0;
  size_t refused = 0;
  for (size_t row = 0; row < column->count; row++) {
    cscan_cell cell = cell_at(column, row);
    const uint8_t *bytes = column->text + cell.start;
    uint32_t length = cell.end - cell.start;
    if (length == 0) continue;
    // Most stamps are older than the newest so far: their characters say so before they are read.
    if (length >= 19 && bytes[4] == '-' && bytes[7] == '-' && is_utc(bytes, length)) {
      uint64_t own_date = __builtin_bswap64(word_at(bytes));
      // A blank or a T before the time is the same.
      uint64_t own_hour = __builtin_bswap64(word_at(bytes + 8)) & 0xFFFF00FFFFFFFFFFULL;
      if (own_date < date || (own_date == date && own_hour < hour)) continue;
      int64_t instant;
      if (read_instant(bytes, length, &instant)) {
        date = own_date;
        hour = own_hour;
        if (instant > *newest) *newest = instant;
        continue;
      }
    }
    others[refused++] = (uint32_t)row;
  }
  return refused;
}
