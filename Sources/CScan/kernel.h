// One kernel, compiled for each kind of processor: KERNEL names the functions, MASK(p, b) gives the bit
// mask of the bytes equal to b among 64 from p, PREFIX_XOR(x) the parity of the bits up to each one,
// POSITIONS(out, base, bits) writes the numbers of bits, counted from base, and may write up to 64. The
// including file defines them, and ATTRIBUTE.

ATTRIBUTE cscan_result KERNEL(cscan_index)(const uint8_t *text, size_t length,
                                           cscan_dialect d, uint32_t *separators,
                                           uint32_t *records) {
  cscan_result result = {0, 0, 0, 0};
  uint64_t inside = 0;             // all ones while inside quotes at the block's start
  uint64_t previous_opens_ok = 1;  // the byte before the block lets a quote open
  uint64_t previous_closes = 0;    // the byte before the block closes a quoted field
  uint64_t irregular = 0;
  uint8_t tail[64];
  for (size_t base = 0; base < length; base += 64) {
    const uint8_t *block = text + base;
    uint64_t valid = ~0ULL;
    if (length - base < 64) {
      memset(tail, 0, sizeof tail);
      memcpy(tail, block, length - base);
      block = tail;
      valid = (1ULL << (length - base)) - 1;
    }
    uint64_t newlines = MASK(block, d.newline) & valid;
    uint64_t breaks = newlines | (MASK(block, d.delimiter) & valid);
    uint64_t quotes = d.quote ? MASK(block, d.quote) & valid : 0;
    if (quotes | inside | previous_closes) {
      uint64_t within = PREFIX_XOR(quotes) ^ inside;
      uint64_t opening = quotes & within;
      uint64_t closing = quotes & ~within;
      breaks &= ~within;
      newlines &= ~within;
      uint64_t returns = MASK(block, '\r') & valid;
      irregular |= opening & ~(((breaks | closing) << 1) | previous_opens_ok);
      irregular |= ((closing << 1) | previous_closes) & valid & ~(breaks | quotes | returns);
      inside = (uint64_t)((int64_t)within >> 63);
      previous_opens_ok = (breaks | closing) >> 63;
      previous_closes = closing >> 63;
    } else {
      previous_opens_ok = breaks >> 63;
    }
    // What is written beyond their number is overwritten by the next block.
    POSITIONS(separators + result.separators, (uint32_t)base, breaks);
    for (uint64_t bits = newlines; bits; bits &= bits - 1) {
      uint64_t upto = bits ^ (bits - 1);
      records[result.records++] =
          (uint32_t)(result.separators + (size_t)__builtin_popcountll(breaks & upto));
    }
    result.separators += (size_t)__builtin_popcountll(breaks);
  }
  result.irregular = irregular != 0;
  result.inside = inside != 0;
  return result;
}

ATTRIBUTE cscan_counts KERNEL(cscan_count)(const uint8_t *text, size_t length, uint8_t quote,
                                           uint8_t newline) {
  cscan_counts counts = {0, 0};
  size_t base = 0;
  for (; base + 64 <= length; base += 64) {
    if (quote) counts.quotes += (size_t)__builtin_popcountll(MASK(text + base, quote));
    counts.newlines += (size_t)__builtin_popcountll(MASK(text + base, newline));
  }
  for (; base < length; base++) {
    counts.quotes += quote && text[base] == quote;
    counts.newlines += text[base] == newline;
  }
  return counts;
}

#undef ATTRIBUTE
#undef KERNEL
#undef MASK
#undef PREFIX_XOR
#undef POSITIONS
