// Charsets other than UTF-8, read by ICU.
#ifndef CADASTRE_CHARSETS_H
#define CADASTRE_CHARSETS_H

// Whether ICU knows a charset by this name.
int charsets_knows(const char *name);

#endif
