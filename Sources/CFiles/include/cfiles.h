// Calls of the C library that Swift does not show, or not without their errors.
#pragma once

#include <stddef.h>

// Makes a file anew and writes bytes to it; returns 0 or the number of the error.
int cfiles_put(const char *path, const void *bytes, size_t count);

// Exchanges what stands at two paths in one step; returns 0, or -1 where the file system cannot.
int cfiles_exchange(const char *first, const char *second);

// Starts a command of the shell in a folder and a process group of its own, with nothing to read and
// its standard error thrown away. `output` becomes the end, never blocking, of what it prints.
// Returns its process, or -1 where it cannot be started.
int cfiles_shell(const char *command, const char *folder, int *output);
