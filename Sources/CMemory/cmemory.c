#include "cmemory.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif
#ifdef __GLIBC__
#include <malloc.h>
#endif

void cmemory_return_freed(void) {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

void cmemory_keep_freed(void) {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
#endif
}

void cmemory_fill_soon(void *start, size_t size) {
#if defined(__linux__)
  const uintptr_t page = (uintptr_t)2 << 20;
  uintptr_t first = ((uintptr_t)start + page - 1) & ~(page - 1);
  uintptr_t end = ((uintptr_t)start + size) & ~(page - 1);
  if (first < end) madvise((void *)first, end - first, MADV_HUGEPAGE);
#else
  (void)start, (void)size;
#endif
}
