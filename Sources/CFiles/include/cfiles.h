// Exchanging two folders in one step of the file system, which Swift's libc module does not show.
#pragma once

// Exchanges what stands at two paths; returns 0, or -1 where the file system cannot.
int cfiles_exchange(const char *first, const char *second);
