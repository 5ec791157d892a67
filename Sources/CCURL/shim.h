// libcurl: SMTP with TLS and authentication. Its options are variadic, which Swift cannot call.
#ifndef CADASTRE_CCURL_H
#define CADASTRE_CCURL_H

#include <curl/curl.h>

static inline CURLcode ccurl_text(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_number(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_size(CURL *handle, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_list(CURL *handle, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(handle, option, value);
}

typedef size_t (*ccurl_transfer)(char *bytes, size_t size, size_t count, void *context);

// What gives the bytes of the message.
static inline CURLcode ccurl_reader(CURL *handle, ccurl_transfer read, void *context) {
  CURLcode code = curl_easy_setopt(handle, CURLOPT_READFUNCTION, read);
  return code ? code : curl_easy_setopt(handle, CURLOPT_READDATA, context);
}

// What takes the lines of the server's replies.
static inline CURLcode ccurl_replies(CURL *handle, ccurl_transfer write, void *context) {
  CURLcode code = curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, write);
  return code ? code : curl_easy_setopt(handle, CURLOPT_HEADERDATA, context);
}

#endif
