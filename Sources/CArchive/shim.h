// libarchive: containers of exports (zip, gzip), read as streams.
#include <archive.h>
#include <archive_entry.h>
