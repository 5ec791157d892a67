#include "cells.h"

#include <string.h>

// Eight bytes at a time: the classic zero-byte test, gathered to one bit a byte.
static inline uint64_t mask_portable(const uint8_t *p, uint8_t byte) {
  const uint64_t low = 0x7F7F7F7F7F7F7F7FULL;
  uint64_t mask = 0;
  for (int word = 0; word < 8; word++) {
    uint64_t bytes;
    memcpy(&bytes, p + 8 * word, 8);
    uint64_t x = bytes ^ (0x0101010101010101ULL * byte);
    uint64_t equal = ~(((x & low) + low) | x | low) >> 7;
    mask |= ((equal * 0x0102040810204080ULL) >> 56) << (8 * word);
  }
  return mask;
}

static inline uint64_t prefix_xor_portable(uint64_t bits) {
  for (int shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
  return bits;
}

// Four at a time: a guess at their number is wrong too often.
static inline void positions_by_four(uint32_t *out, uint32_t base, uint64_t bits) {
  for (; bits; out += 4) {
    for (int i = 0; i < 4; i++) {
      out[i] = base + (bits ? (uint32_t)__builtin_ctzll(bits) : 64);
      bits &= bits - 1;
    }
  }
}

#define ATTRIBUTE
#define KERNEL(name) name##_portable
#define PREFIX_XOR(x) prefix_xor_portable(x)
#define MASK(p, byte) mask_portable(p, byte)
#define POSITIONS(out, base, bits) positions_by_four(out, base, bits)
#include "kernel.h"

#if defined(__x86_64__)
#include <immintrin.h>

static CSCAN_VECTORS inline uint64_t mask_avx2(const uint8_t *p, uint8_t byte) {
  __m256i wanted = _mm256_set1_epi8((char)byte);
  __m256i low = _mm256_loadu_si256((const __m256i *)p);
  __m256i high = _mm256_loadu_si256((const __m256i *)(p + 32));
  uint32_t a = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, wanted));
  uint32_t b = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, wanted));
  return (uint64_t)b << 32 | a;
}
// A product without carries, of all ones, is the exclusive or of all bits below.
static CSCAN_VECTORS inline uint64_t prefix_xor_vectors(uint64_t bits) {
  __m128i product =
      _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)bits), _mm_set1_epi8((char)0xFF), 0);
  return (uint64_t)_mm_cvtsi128_si64(product);
}
#define ATTRIBUTE CSCAN_VECTORS
#define KERNEL(name) name##_avx2
#define PREFIX_XOR(x) prefix_xor_vectors(x)
#define MASK(p, byte) mask_avx2(p, byte)
#define POSITIONS(out, base, bits) positions_by_four(out, base, bits)
#include "kernel.h"

#define CSCAN_WIDE                                                                             \
  __attribute__((target(                                                                       \
      "avx512f,avx512bw,avx512vl,avx512vbmi2,avx2,popcnt,bmi,pclmul")))
static CSCAN_WIDE inline uint64_t mask_avx512(const uint8_t *p, uint8_t byte) {
  return _mm512_cmpeq_epi8_mask(_mm512_loadu_si512(p), _mm512_set1_epi8((char)byte));
}
// The numbers of the bits are what remains of 0 to 63; sixteen at a time become positions.
static CSCAN_WIDE inline void positions_avx512(uint32_t *out, uint32_t base, uint64_t bits) {
  const __m512i all = _mm512_set_epi8(
      63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41,
      40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18,
      17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  __m512i kept = _mm512_maskz_compress_epi8(bits, all);
  __m512i start = _mm512_set1_epi32((int)base);
  __m512i four[4] = {_mm512_cvtepu8_epi32(_mm512_castsi512_si128(kept)),
                     _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(kept, 1)),
                     _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(kept, 2)),
                     _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(kept, 3))};
  _mm512_storeu_si512(out, _mm512_add_epi32(four[0], start));
  int count = __builtin_popcountll(bits);
  for (int i = 1; 16 * i < count; i++)
    _mm512_storeu_si512(out + 16 * i, _mm512_add_epi32(four[i], start));
}
#define ATTRIBUTE CSCAN_WIDE
#define KERNEL(name) name##_avx512
#define PREFIX_XOR(x) prefix_xor_vectors(x)
#define MASK(p, byte) mask_avx512(p, byte)
#define POSITIONS(out, base, bits) positions_avx512(out, base, bits)
#include "kernel.h"

static int has_wide_vectors(void) {
  return has_vectors() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi2");
}
#define CHOOSE(function, ...)                                                \
  (has_wide_vectors() ? function##_avx512(__VA_ARGS__)                       \
   : has_vectors()    ? function##_avx2(__VA_ARGS__)                         \
                      : function##_portable(__VA_ARGS__))
#else
#define CHOOSE(function, ...) function##_portable(__VA_ARGS__)
#endif

cscan_result cscan_index(const uint8_t *text, size_t length, cscan_dialect dialect,
                         uint32_t *separators, uint32_t *records) {
  return CHOOSE(cscan_index, text, length, dialect, separators, records);
}

cscan_counts cscan_count(const uint8_t *text, size_t length, uint8_t quote, uint8_t newline) {
  return CHOOSE(cscan_count, text, length, quote, newline);
}
