#ifndef JARVIS_CERTIFICATES_H
#define JARVIS_CERTIFICATES_H
#include <curl/curl.h>

/// The certificates that a server presented, leaf first, and what the system's authorities think of them.
typedef struct jarvis_chain jarvis_chain;

/// An empty chain, to be freed with `jarvis_chain_free`; NULL without memory.
/// `host` is the name or address (no brackets) that the leaf should be valid for.
jarvis_chain *jarvis_chain_new(const char *host);
void jarvis_chain_free(jarvis_chain *chain);

/// Makes `easy` accept any certificate and record it in `chain`, and never send a request: it connects, shakes hands
/// and is done (`CURLOPT_CONNECT_ONLY`). `chain` must live as long as `easy`.
CURLcode jarvis_set_certificate_probe(CURL *easy, jarvis_chain *chain);

/// How many certificates were recorded, at most `jarvis_chain_limit`.
int jarvis_chain_count(const jarvis_chain *chain);
enum { jarvis_chain_limit = 16 };

/// OpenSSL's verdict under the system's authorities and the host's name: 0 is valid (`X509_V_OK`).
long jarvis_chain_verdict(const jarvis_chain *chain);

/// OpenSSL's words for a verdict, static.
const char *jarvis_verdict_text(long verdict);

// Texts below are new, NUL-terminated, without control characters, to be freed with `jarvis_text_free`; NULL on failure.

char *jarvis_chain_pem(const jarvis_chain *chain, int index);
/// Distinguished name as RFC 2253 has it, UTF-8.
char *jarvis_chain_subject(const jarvis_chain *chain, int index);
char *jarvis_chain_issuer(const jarvis_chain *chain, int index);
/// The `name`th DNS name or IP address the certificate is for; NULL after the last.
char *jarvis_chain_name(const jarvis_chain *chain, int index, int name);
void jarvis_text_free(char *text);

/// Seconds since 1970; 1 on success.
int jarvis_chain_validity(const jarvis_chain *chain, int index, long long *not_before, long long *not_after);
/// SHA-256 over the DER; 1 on success.
int jarvis_chain_fingerprint(const jarvis_chain *chain, int index, unsigned char digest[32]);
/// 1 if the certificate may sign others.
int jarvis_chain_is_authority(const jarvis_chain *chain, int index);
#endif
