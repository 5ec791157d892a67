#include "cscan.h"

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

#define ATTRIBUTE
#define KERNEL(name) name##_portable
#define PREFIX_XOR(x) prefix_xor_portable(x)
#define MASK(p, byte) mask_portable(p, byte)
#include "kernel.h"
#undef ATTRIBUTE
#undef KERNEL
#undef MASK
#undef PREFIX_XOR

#if defined(__x86_64__)
#include <immintrin.h>

#define ATTRIBUTE __attribute__((target("avx2,popcnt,bmi,pclmul")))
static ATTRIBUTE inline uint64_t mask_avx2(const uint8_t *p, uint8_t byte) {
  __m256i wanted = _mm256_set1_epi8((char)byte);
  __m256i low = _mm256_loadu_si256((const __m256i *)p);
  __m256i high = _mm256_loadu_si256((const __m256i *)(p + 32));
  uint32_t a = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, wanted));
  uint32_t b = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, wanted));
  return (uint64_t)b << 32 | a;
}
// A product without carries, of all ones, is the exclusive or of all bits below.
static ATTRIBUTE inline uint64_t prefix_xor_avx2(uint64_t bits) {
  __m128i product =
      _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)bits), _mm_set1_epi8((char)0xFF), 0);
  return (uint64_t)_mm_cvtsi128_si64(product);
}
#define PREFIX_XOR(x) prefix_xor_avx2(x)
#define KERNEL(name) name##_avx2
#define MASK(p, byte) mask_avx2(p, byte)
#include "kernel.h"

static int has_avx2(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("pclmul") &&
         __builtin_cpu_supports("bmi");
}
#else
#define cscan_index_avx2 cscan_index_portable
#define cscan_count_avx2 cscan_count_portable
static int has_avx2(void) { return 0; }
#endif

cscan_result cscan_index(const uint8_t *text, size_t length, cscan_dialect dialect,
                         uint32_t *separators, uint32_t *records) {
  return has_avx2() ? cscan_index_avx2(text, length, dialect, separators, records)
                    : cscan_index_portable(text, length, dialect, separators, records);
}

cscan_counts cscan_count(const uint8_t *text, size_t length, uint8_t quote, uint8_t newline) {
  return has_avx2() ? cscan_count_avx2(text, length, quote, newline)
                    : cscan_count_portable(text, length, quote, newline);
}
