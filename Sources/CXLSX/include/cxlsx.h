// libxlsxwriter, and the file in memory that it is given: it writes only to a file that it opens by
// its name.
#pragma once

#include <xlsxwriter.h>

// Opens an empty file that lies in memory and vanishes with its descriptor, which is returned; -1
// where the system gives none. `path` becomes a name under which this process can open it again.
int cxlsx_memory_file(char *path, unsigned long room);
