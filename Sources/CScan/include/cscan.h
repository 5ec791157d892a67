// The scan kernel: finds the separators of CSV text 64 bytes at a time.
//
// In C because a 64-byte compare to a bit mask is what AVX2 does in four instructions and what
// Swift's SIMD64 does slowly. The caller sees positions only; meaning is given in Swift.
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
} cscan_index_view;

// The bytes of one cell, within its quotes.
typedef struct {
  uint32_t start;
  uint32_t end;
} cscan_cell;

// Locates one cell of each wanted record, by its number in the record: the content within the quotes,
// without the carriage return before a newline.
void cscan_cells(const uint8_t *text, cscan_dialect dialect, cscan_index_view index,
                 const uint32_t *wanted, size_t count, uint32_t cell, cscan_cell *cells);

// The portable versions, so that tests can hold both to the same answers.
cscan_result cscan_index_portable(const uint8_t *text, size_t length, cscan_dialect dialect,
                                  uint32_t *separators, uint32_t *records);
cscan_counts cscan_count_portable(const uint8_t *text, size_t length, uint8_t quote,
                                  uint8_t newline);
