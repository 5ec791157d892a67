// libcurl: SMTP with TLS and authentication. Its options are variadic, which Swift cannot call.
#ifndef CADASTRE_CCURL_H
#define CADASTRE_CCURL_H

#include <curl/curl.h>

#endif
