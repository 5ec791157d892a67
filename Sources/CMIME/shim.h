// GMime: messages with their parts, headers and encodings. Its casts are macros, which Swift does not
// see.
#ifndef CADASTRE_CMIME_H
#define CADASTRE_CMIME_H

#include <gmime/gmime.h>

#endif
