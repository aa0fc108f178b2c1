#include "JarvisPinning.h"

#include <openssl/crypto.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <string.h>

static int leaf_is_pinned(const X509 *leaf, jarvis_pin *pin) {
  unsigned int length = 0;
  pin->met = 0;
  if (leaf == NULL || !X509_digest(leaf, EVP_sha256(), pin->actual, &length) || length != sizeof pin->actual) return 0;
  pin->met = 1;
  return CRYPTO_memcmp(pin->actual, pin->expected, sizeof pin->expected) == 0;
}

/// Replaces OpenSSL's verification of the chain: runs inside the handshake, before any byte of the request.
static int verify(X509_STORE_CTX *context, void *user) {
  int holds = leaf_is_pinned(X509_STORE_CTX_get0_cert(context), user);
  X509_STORE_CTX_set_error(context, holds ? X509_V_OK : X509_V_ERR_APPLICATION_VERIFICATION);
  return holds;
}

static CURLcode prepare(CURL *easy, void *context, void *pin) {
  (void)easy;
  SSL_CTX_set_cert_verify_callback(context, verify, pin);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
  // The connection may outlive the transfer, and so `pin`: no second handshake on it.
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION);
  return CURLE_OK;
}

CURLcode jarvis_set_pin(CURL *easy, jarvis_pin *pin) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, prepare);
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, pin);
  // Verification stays on: a libcurl that forgot the callback would find no authority and refuse.
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_CAINFO, NULL);
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
  return code;
}

int jarvis_pin_holds(CURL *easy, jarvis_pin *pin) {
  struct curl_tlssessioninfo *session = NULL;
  if (curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &session) != CURLE_OK || session == NULL) return 0;
  if (session->backend != CURLSSLBACKEND_OPENSSL || session->internals == NULL) return 0;
  X509 *leaf = SSL_get1_peer_certificate((const SSL *)session->internals);
  int holds = leaf_is_pinned(leaf, pin);
  X509_free(leaf);
  return holds;
}
