// What a program may tell the system about its memory, which Swift's libc module does not show.
#pragma once
#include <stddef.h>

// Returns what was freed but is kept for later allocations. Does nothing where the C library cannot.
void cmemory_return_freed(void);

// Keeps freed memory for later allocations of up to 32 MiB instead of giving it back to the system at
// once: on a virtual machine, filling a page again that came from the host is ten times dearer. What is
// kept is returned by cmemory_return_freed.
void cmemory_keep_freed(void);

// Says that memory just allocated will be filled at once, so that the system may give it in pages of
// 2 MiB: a fault for each page of 4 KiB costs as much as filling it.
void cmemory_fill_soon(void *start, size_t size);
