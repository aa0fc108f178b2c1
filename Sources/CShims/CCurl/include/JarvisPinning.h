#ifndef JARVIS_PINNING_H
#define JARVIS_PINNING_H
#include <curl/curl.h>

/// A certificate to insist on, and the one that was met.
typedef struct jarvis_pin {
  /// SHA-256 over the expected leaf's DER.
  unsigned char expected[32];
  /// The same of the leaf last presented; set where `met` is 1.
  unsigned char actual[32];
  int met;
} jarvis_pin;

/// Makes `easy` complete a TLS handshake only with the pinned leaf. The pin takes the place of chain and name check.
/// `pin` must live as long as `easy`.
CURLcode jarvis_set_pin(CURL *easy, jarvis_pin *pin);

/// True if the connection that `easy` has now, maybe a reused one, is with the pinned leaf. For the prerequest callback.
int jarvis_pin_holds(CURL *easy, jarvis_pin *pin);
#endif
