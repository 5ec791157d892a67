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

// The keys of a table that all begin with the same eight bytes.
typedef struct {
  uint64_t start;
  const uint64_t *ends;
  size_t count;  // at least one
} cscan_table;
// How far a column of keys was followed through a table.
typedef struct {
  size_t next;     // the first of the column's rows that has no value yet
  size_t refused;  // how many rows are others so far
  size_t found;    // the row of the table that was found last
  int32_t value;   // what the cell before was read as
  uint64_t key[2];  // how the key that was looked for last begins and ends
} cscan_follower;
// How many rows behind the one found last are looked at.
#define CSCAN_STEPS 8
// The rows of the table that the keys of a column name, from `next` on and as far as each is near the
// one before; `next` is then the first whose row is elsewhere, and `key` its key.
void cscan_follow(const cscan_column *column, const cscan_table *table, cscan_follower *follower,
                  int32_t null, int32_t *rows, uint32_t *others);

// Numbers of at most 14 characters with at most four places, in 1/10,000.
size_t cscan_decimals(const cscan_column *column, int64_t null, int64_t *values, uint32_t *others);
// Days since 1970 of `2026-11-20`, alone or before ` 00:00:00`.
size_t cscan_days(const cscan_column *column, int32_t null, int32_t *values, uint32_t *others);
// Seconds since 1970 of `2026-11-20 21:59:00` in UTC, also with a `T`, a `Z` or `.000Z`.
size_t cscan_instants(const cscan_column *column, int64_t null, int64_t *values, uint32_t *others);
// 1 of `true` and `1`, 0 of `false` and `0`, in any case.
size_t cscan_flags(const cscan_column *column, uint8_t null, uint8_t *values, uint32_t *others);

// A text of 1 to CSCAN_LONGEST bytes and what it was read as. The words overlap, and say all of it: the
// first eight bytes (the first lowest), the eight behind them of a text longer than sixteen, the last
// eight; of a text shorter than eight, that one twice.
typedef struct {
  uint64_t first;
  uint64_t middle;
  uint64_t last;
  uint32_t length;  // CSCAN_FREE where a slot is free
  int32_t value;
} cscan_remembered;
#define CSCAN_FREE UINT32_MAX
#define CSCAN_LONGEST 24

// Remembers what a text was read as in one of two to the power of `bits` slots, of which some are
// free; says whether it was new.
int cscan_remember(cscan_remembered *slots, uint32_t bits, const uint8_t *text, uint32_t length,
                   int32_t value);
// Remembers what other slots hold.
void cscan_remember_all(cscan_remembered *slots, uint32_t bits, const cscan_remembered *from,
                        size_t count);
// What cells were read as, `null` where they are empty; a cell that is not remembered is another.
size_t cscan_recall(const cscan_column *column, const cscan_remembered *slots, uint32_t bits,
                    int32_t null, int32_t *values, uint32_t *others);

// The newest of the instants and of what `newest` held.
size_t cscan_newest(const cscan_column *column, int64_t *newest, uint32_t *others);

// The portable versions, so that tests can hold both to the same answers.
cscan_result cscan_index_portable(const uint8_t *text, size_t length, cscan_dialect dialect,
                                  uint32_t *separators, uint32_t *records);
cscan_counts cscan_count_portable(const uint8_t *text, size_t length, uint8_t quote,
                                  uint8_t newline);
size_t cscan_keys_portable(const cscan_column *column, const void *null, void *keys,
                           uint32_t *others);
void cscan_follow_portable(const cscan_column *column, const cscan_table *table,
                           cscan_follower *follower, int32_t null, int32_t *rows,
                           uint32_t *others);
size_t cscan_decimals_portable(const cscan_column *column, int64_t null, int64_t *values,
                               uint32_t *others);
