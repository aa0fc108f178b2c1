#ifndef JARVIS_CCURL_H
#define JARVIS_CCURL_H
#include <curl/curl.h>
#include <stddef.h>

#include "JarvisCertificates.h"
#include "JarvisPinning.h"

// Swift cannot import variadic C functions: one typed door for each kind of argument.
// The names stand in parentheses to go round curl.h's type-checking macros, which need constant options.

static inline CURLcode jarvis_set_long(CURL *easy, CURLoption option, long value) {
  return (curl_easy_setopt)(easy, option, value);
}

/// libcurl copies the text, except for `CURLOPT_POSTFIELDS`.
static inline CURLcode jarvis_set_text(CURL *easy, CURLoption option, const char *text) {
  return (curl_easy_setopt)(easy, option, text);
}

static inline CURLcode jarvis_set_pointer(CURL *easy, CURLoption option, void *pointer) {
  return (curl_easy_setopt)(easy, option, pointer);
}

/// libcurl copies the bytes.
static inline CURLcode jarvis_set_blob(CURL *easy, CURLoption option, const void *bytes, size_t length) {
  struct curl_blob blob = {(void *)bytes, length, CURL_BLOB_COPY};
  return (curl_easy_setopt)(easy, option, &blob);
}

/// The request's body, copied.
static inline CURLcode jarvis_set_body(CURL *easy, const void *bytes, size_t length) {
  CURLcode code = (curl_easy_setopt)(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)length);
  if (code != CURLE_OK) return code;
  return (curl_easy_setopt)(easy, CURLOPT_COPYPOSTFIELDS, length > 0 ? (const char *)bytes : "");
}

typedef size_t (*jarvis_data_function)(char *bytes, size_t size, size_t count, void *user);

/// For `CURLOPT_WRITEFUNCTION` and `CURLOPT_HEADERFUNCTION`.
static inline CURLcode jarvis_set_data_function(CURL *easy, CURLoption option, jarvis_data_function function) {
  return (curl_easy_setopt)(easy, option, function);
}

/// Called when the connection stands, new or reused, before anything of the request is sent. Returning 0 goes on.
typedef int (*jarvis_prerequest_function)(void *user, char *peer, char *local, int peer_port, int local_port);

static inline CURLcode jarvis_set_prerequest(CURL *easy, jarvis_prerequest_function function, void *user) {
  CURLcode code = (curl_easy_setopt)(easy, CURLOPT_PREREQFUNCTION, function);
  return code != CURLE_OK ? code : (curl_easy_setopt)(easy, CURLOPT_PREREQDATA, user);
}

/// Only http and https, whatever else this libcurl can do.
static inline CURLcode jarvis_set_web_only(CURL *easy) {
#if LIBCURL_VERSION_NUM >= 0x075500
  return (curl_easy_setopt)(easy, CURLOPT_PROTOCOLS_STR, "http,https");
#else
  return (curl_easy_setopt)(easy, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}

/// Giving up on a transfer never waits for a name server that hangs: that would stall all others. (libcurl 7.87.)
static inline CURLcode jarvis_set_quick_exit(CURL *easy) {
#if LIBCURL_VERSION_NUM >= 0x075700
  return (curl_easy_setopt)(easy, CURLOPT_QUICK_EXIT, 1L);
#else
  (void)easy;
  return CURLE_OK;
#endif
}

static inline CURLcode jarvis_info_long(CURL *easy, CURLINFO info, long *value) {
  return (curl_easy_getinfo)(easy, info, value);
}

static inline CURLcode jarvis_info_size(CURL *easy, CURLINFO info, curl_off_t *value) {
  return (curl_easy_getinfo)(easy, info, value);
}

static inline CURLMcode jarvis_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return (curl_multi_setopt)(multi, option, value);
}

static inline CURLcode jarvis_curl_global_init(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }

/// What a write callback returns to have the same bytes offered again later.
static inline size_t jarvis_write_pause(void) { return CURL_WRITEFUNC_PAUSE; }
#endif
