#define _GNU_SOURCE
#include "cxlsx.h"

#include <stdio.h>
#include <sys/mman.h>

int cxlsx_memory_file(char *path, unsigned long room) {
  int file = memfd_create("workbook", MFD_CLOEXEC);
  if (file >= 0) snprintf(path, room, "/proc/self/fd/%d", file);
  return file;
}
