#ifndef JARVIS_COPENSSL_H
#define JARVIS_COPENSSL_H
#include <stddef.h>

/// SHA-256 of `length` bytes at `data` into `digest`. `data` may be NULL when `length` is 0.
void jarvis_sha256(const void *data, size_t length, unsigned char digest[32]);

/// A new certificate authority: EC P-256 key, self-signed, valid from one minute ago for `days` days.
/// Negative `days` make one that has already expired (for tests of bad certificates).
/// On success returns 1 and sets two NUL-terminated PEM strings, each to be given to `jarvis_free`; else 0 and both NULL.
int jarvis_make_authority(const char *common_name, int days, char **cert_pem, char **key_pem);

/// A new leaf (server) certificate: EC P-256 key, signed by the given authority.
/// `comma_separated_sans` reads "DNS:localhost,IP:127.0.0.1"; NULL or empty leaves the extension out.
/// Result and freeing as in `jarvis_make_authority`.
int jarvis_make_leaf(
    const char *ca_cert_pem, const char *ca_key_pem, const char *common_name, const char *comma_separated_sans, int days,
    char **cert_pem, char **key_pem);

/// Frees a string made here; NULL is allowed. Keys are wiped first.
void jarvis_free(char *text);
#endif
