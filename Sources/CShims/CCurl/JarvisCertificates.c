#include "JarvisCertificates.h"

#include <arpa/inet.h>
#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct jarvis_chain {
  char *host;
  X509 *certificates[jarvis_chain_limit];
  int count;
  long verdict;
};

static void forget(jarvis_chain *chain) {
  for (int index = 0; index < chain->count; index++) X509_free(chain->certificates[index]);
  chain->count = 0;
}

jarvis_chain *jarvis_chain_new(const char *host) {
  jarvis_chain *chain = calloc(1, sizeof *chain);
  if (chain == NULL) return NULL;
  chain->host = strdup(host);
  chain->verdict = X509_V_ERR_UNSPECIFIED;
  if (chain->host != NULL) return chain;
  free(chain);
  return NULL;
}

void jarvis_chain_free(jarvis_chain *chain) {
  if (chain == NULL) return;
  forget(chain);
  free(chain->host);
  free(chain);
}

static void keep(jarvis_chain *chain, X509 *certificate) {
  if (certificate == NULL || chain->count == jarvis_chain_limit || !X509_up_ref(certificate)) return;
  chain->certificates[chain->count++] = certificate;
}

/// Records what was presented, asks OpenSSL for its verdict, and accepts whatever that is.
static int record(X509_STORE_CTX *context, void *user) {
  jarvis_chain *chain = user;
  forget(chain);
  X509 *leaf = X509_STORE_CTX_get0_cert(context);
  STACK_OF(X509) *presented = X509_STORE_CTX_get0_untrusted(context);
  keep(chain, leaf);
  for (int index = 0; index < sk_X509_num(presented); index++) {
    X509 *certificate = sk_X509_value(presented, index);
    if (leaf != NULL && X509_cmp(certificate, leaf) != 0) keep(chain, certificate);
  }
  X509_VERIFY_PARAM *rules = X509_STORE_CTX_get0_param(context);
  unsigned char address[16];
  int is_address = inet_pton(AF_INET, chain->host, address) == 1 || inet_pton(AF_INET6, chain->host, address) == 1;
  int named = is_address ? X509_VERIFY_PARAM_set1_ip_asc(rules, chain->host)
                         : X509_VERIFY_PARAM_set1_host(rules, chain->host, 0);
  if (!named) {
    chain->verdict = X509_V_ERR_UNSPECIFIED;
  } else if (X509_verify_cert(context) == 1) {
    chain->verdict = X509_V_OK;
  } else {
    long verdict = X509_STORE_CTX_get_error(context);
    chain->verdict = verdict != X509_V_OK ? verdict : X509_V_ERR_UNSPECIFIED;
  }
  X509_STORE_CTX_set_error(context, X509_V_OK);
  return 1;
}

static CURLcode prepare(CURL *easy, void *context, void *chain) {
  (void)easy;
  SSL_CTX_set_cert_verify_callback(context, record, chain);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION);
  return CURLE_OK;
}

CURLcode jarvis_set_certificate_probe(CURL *easy, jarvis_chain *chain) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, prepare);
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, chain);
  // On, so that libcurl loads the system's authorities for the verdict; the name is judged in `record`.
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
  return code;
}

int jarvis_chain_count(const jarvis_chain *chain) { return chain->count; }
long jarvis_chain_verdict(const jarvis_chain *chain) { return chain->verdict; }
const char *jarvis_verdict_text(long verdict) { return X509_verify_cert_error_string(verdict); }
void jarvis_text_free(char *text) { free(text); }

static X509 *certificate_at(const jarvis_chain *chain, int index) {
  return index >= 0 && index < chain->count ? chain->certificates[index] : NULL;
}

/// A copy in which control characters (but the newlines of PEM) are question marks: nobody's name forges a line.
static char *copy_of(const char *bytes, size_t length, int keep_newlines) {
  char *text = malloc(length + 1);
  if (text == NULL) return NULL;
  for (size_t index = 0; index < length; index++) {
    unsigned char byte = (unsigned char)bytes[index];
    int harmless = (byte >= 0x20 && byte != 0x7f) || (keep_newlines && byte == '\n');
    text[index] = harmless ? (char)byte : '?';
  }
  text[length] = 0;
  return text;
}

static char *text_of(BIO *bio, int keep_newlines) {
  char *bytes = NULL;
  long length = BIO_get_mem_data(bio, &bytes);
  return length >= 0 ? copy_of(length > 0 ? bytes : "", (size_t)length, keep_newlines) : NULL;
}

char *jarvis_chain_pem(const jarvis_chain *chain, int index) {
  X509 *certificate = certificate_at(chain, index);
  BIO *bio = certificate != NULL ? BIO_new(BIO_s_mem()) : NULL;
  char *text = bio != NULL && PEM_write_bio_X509(bio, certificate) ? text_of(bio, 1) : NULL;
  BIO_free(bio);
  return text;
}

static char *distinguished(const X509_NAME *name) {
  BIO *bio = BIO_new(BIO_s_mem());
  unsigned long style = XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB;
  char *text = bio != NULL && X509_NAME_print_ex(bio, name, 0, style) >= 0 ? text_of(bio, 0) : NULL;
  BIO_free(bio);
  return text;
}

char *jarvis_chain_subject(const jarvis_chain *chain, int index) {
  X509 *certificate = certificate_at(chain, index);
  return certificate != NULL ? distinguished(X509_get_subject_name(certificate)) : NULL;
}

char *jarvis_chain_issuer(const jarvis_chain *chain, int index) {
  X509 *certificate = certificate_at(chain, index);
  return certificate != NULL ? distinguished(X509_get_issuer_name(certificate)) : NULL;
}

/// A DNS name or an address in words; NULL for other kinds of names.
static char *spelled(const GENERAL_NAME *name) {
  if (name->type == GEN_DNS) {
    const ASN1_IA5STRING *dns = name->d.dNSName;
    return copy_of((const char *)ASN1_STRING_get0_data(dns), (size_t)ASN1_STRING_length(dns), 0);
  }
  if (name->type != GEN_IPADD) return NULL;
  const ASN1_OCTET_STRING *address = name->d.iPAddress;
  int family = ASN1_STRING_length(address) == 4 ? AF_INET : AF_INET6;
  if (family == AF_INET6 && ASN1_STRING_length(address) != 16) return NULL;
  char buffer[INET6_ADDRSTRLEN];
  if (inet_ntop(family, ASN1_STRING_get0_data(address), buffer, sizeof buffer) == NULL) return NULL;
  return strdup(buffer);
}

char *jarvis_chain_name(const jarvis_chain *chain, int index, int name) {
  X509 *certificate = certificate_at(chain, index);
  GENERAL_NAMES *names =
      certificate != NULL ? X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL) : NULL;
  char *found = NULL;
  int seen = 0;
  for (int entry = 0; names != NULL && entry < sk_GENERAL_NAME_num(names) && found == NULL; entry++) {
    char *text = spelled(sk_GENERAL_NAME_value(names, entry));
    if (text == NULL) continue;
    if (seen++ == name) found = text;
    else free(text);
  }
  GENERAL_NAMES_free(names);
  return found;
}

static int seconds_of(const ASN1_TIME *time, long long *seconds) {
  struct tm parts;
  if (time == NULL || !ASN1_TIME_to_tm(time, &parts)) return 0;
  *seconds = (long long)timegm(&parts);
  return 1;
}

int jarvis_chain_validity(const jarvis_chain *chain, int index, long long *not_before, long long *not_after) {
  X509 *certificate = certificate_at(chain, index);
  return certificate != NULL && seconds_of(X509_get0_notBefore(certificate), not_before) &&
         seconds_of(X509_get0_notAfter(certificate), not_after);
}

int jarvis_chain_fingerprint(const jarvis_chain *chain, int index, unsigned char digest[32]) {
  X509 *certificate = certificate_at(chain, index);
  unsigned int length = 0;
  return certificate != NULL && X509_digest(certificate, EVP_sha256(), digest, &length) && length == 32;
}

int jarvis_chain_is_authority(const jarvis_chain *chain, int index) {
  X509 *certificate = certificate_at(chain, index);
  return certificate != NULL && X509_check_ca(certificate) != 0;
}
