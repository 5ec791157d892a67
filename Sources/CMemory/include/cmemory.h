// Giving memory back to the system, which Swift's libc module does not show.
#pragma once

// Returns what was freed but is kept for later allocations. Does nothing where the C library cannot.
void cmemory_return_freed(void);
