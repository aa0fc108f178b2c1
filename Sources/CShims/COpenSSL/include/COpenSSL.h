#ifndef JARVIS_COPENSSL_H
#define JARVIS_COPENSSL_H
#include <openssl/evp.h>
#endif
