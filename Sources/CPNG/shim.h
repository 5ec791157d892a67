// libpng: twice as fast as Cairo's own PNG writer.
#include <png.h>
#include <stdlib.h>
