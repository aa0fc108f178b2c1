#ifndef JARVIS_CCURL_H
#define JARVIS_CCURL_H
#include <curl/curl.h>
#include <openssl/ssl.h>
#endif
