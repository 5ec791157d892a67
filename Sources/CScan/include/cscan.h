// The scan kernels: they find the separators of CSV text 64 bytes at a time, then read the cells of one
// column that stand in the usual layouts.
//
// In C because a 64-byte compare to a bit mask is what AVX2 does in four instructions and what
// Swift's SIMD64 does slowly, and because half of all cells are Ids, which are a vector each. What is
// not as usual is left to Swift, which knows every layout.
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct {
  uint8_t delimiter;  // between fields
  uint8_t quote;      // round fields; 0 where the dialect has none
  uint8_t newline;    // after records: LF, or CR where files end lines so
} cscan_dialect;

typedef struct {
  size_t separators;  // delimiters and newlines outside quotes
  size_t records;     // newlines outside quotes
  int irregular;      // a quote stands where RFC 4180 has none: the careful reader must look
  int inside;         // the text ends inside quotes
} cscan_result;

// Writes the positions of delimiters and newlines outside quotes to `separators`, and for each newline
// the number of separators up to and including it to `records`. Both hold at least length + 64 entries.
cscan_result cscan_index(const uint8_t *text, size_t length, cscan_dialect dialect,
                         uint32_t *separators, uint32_t *records);

// Counts quotes, and newlines whether quoted or not.
typedef struct {
  size_t quotes;
  size_t newlines;
} cscan_counts;
cscan_counts cscan_count(const uint8_t *text, size_t length, uint8_t quote, uint8_t newline);

// What cscan_index found.
typedef struct {
  const uint32_t *separators;
  const uint32_t *records;
  uint32_t stride;  // the number of cells of every record; 0 where they differ
} cscan_index_view;

// One cell of each wanted record, by its number in the record.
typedef struct {
  const uint8_t *text;
  cscan_dialect dialect;
  cscan_index_view index;
  const uint32_t *wanted;
  size_t count;
  uint32_t cell;
  int needs_value;  // an empty cell is no value
} cscan_column;

// The bytes of one cell, within its quotes.
typedef struct {
  uint32_t start;
  uint32_t end;
} cscan_cell;

// Locates the cells: the content within the quotes, without the carriage return before a newline.
void cscan_cells(const cscan_column *column, cscan_cell *cells);

// Readers of cells in the usual layouts. Each writes a value for every wanted record: that of its cell,
// `null` where it is empty. A cell in any other layout says nothing: its row is written to `others`,
// which holds as many as are wanted, and the number of those rows is returned.

// Ids of 15 letters and digits, or of 18 whose checksum is right: 16 bytes each, the 15 characters as a
// big-endian number.
size_t cscan_keys(const cscan_column *column, const void *null, void *keys, uint32_t *others);
// Numbers of at most 14 characters with at most four places, in 1/10,000.
size_t cscan_decimals(const cscan_column *column, int64_t null, int64_t *values, uint32_t *others);
// Days since 1970 of `2026-11-20`, alone or before ` 00:00:00`.
size_t cscan_days(const cscan_column *column, int32_t null, int32_t *values, uint32_t *others);
// Seconds since 1970 of `2026-11-20 21:59:00` in UTC, also with a `T`, a `Z` or `.000Z`.
size_t cscan_instants(const cscan_column *column, int64_t null, int64_t *values, uint32_t *others);
// 1 of `true` and `1`, 0 of `false` and `0`, in any case.
size_t cscan_flags(const cscan_column *column, uint8_t null, uint8_t *values, uint32_t *others);

// The newest of the instants and of what `newest` held.
size_t cscan_newest(const cscan_column *column, int64_t *newest, uint32_t *others);

// The portable versions, so that tests can hold both to the same answers.
cscan_result cscan_index_portable(const uint8_t *text, size_t length, cscan_dialect dialect,
                                  uint32_t *separators, uint32_t *records);
cscan_counts cscan_count_portable(const uint8_t *text, size_t length, uint8_t quote,
                                  uint8_t newline);
size_t cscan_keys_portable(const cscan_column *column, const void *null, void *keys,
                           uint32_t *others);
size_t cscan_decimals_portable(const cscan_column *column, int64_t null, int64_t *values,
                               uint32_t *others);
