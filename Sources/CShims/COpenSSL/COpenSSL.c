#include "COpenSSL.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

enum { clock_skew_seconds = 60, seconds_per_day = 86400, serial_bits = 127 };

void jarvis_sha256(const void *data, size_t length, unsigned char digest[32]) {
  SHA256(data != NULL ? data : (const void *)"", length, digest);
}

void jarvis_free(char *text) {
  if (text == NULL) return;
  OPENSSL_cleanse(text, strlen(text));
  free(text);
}

/// The BIO's content as a NUL-terminated string of our own; NULL without memory.
static char *text_of(BIO *bio) {
  char *bytes = NULL;
  long length = BIO_get_mem_data(bio, &bytes);
  if (length <= 0) return NULL;
  char *text = malloc((size_t)length + 1);
  if (text == NULL) return NULL;
  memcpy(text, bytes, (size_t)length);
  text[length] = 0;
  return text;
}

static char *certificate_text(X509 *certificate) {
  BIO *bio = BIO_new(BIO_s_mem());
  char *text = bio != NULL && PEM_write_bio_X509(bio, certificate) ? text_of(bio) : NULL;
  BIO_free(bio);
  return text;
}

static char *key_text(EVP_PKEY *key) {
  BIO *bio = BIO_new(BIO_s_secmem());
  if (bio == NULL) bio = BIO_new(BIO_s_mem());
  char *text = bio != NULL && PEM_write_bio_PKCS8PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL) ? text_of(bio) : NULL;
  BIO_free(bio);
  return text;
}

static int add_extension(X509 *certificate, X509 *issuer, int nid, const char *value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
  X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
  if (extension == NULL) return 0;
  int added = X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
  return added;
}

static int set_random_serial(X509 *certificate) {
  BIGNUM *number = BN_new();
  int done = number != NULL && BN_rand(number, serial_bits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) &&
             BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != NULL;
  BN_free(number);
  return done;
}

/// Version, serial, subject, validity and public key; the issuer and extensions come after.
static X509 *unsigned_certificate(EVP_PKEY *key, const char *common_name, int days) {
  X509 *certificate = X509_new();
  if (certificate == NULL) return NULL;
  // An expired one must still have begun before it ended.
  long end = (long)days * seconds_per_day;
  long begin = end < 0 ? end - seconds_per_day : -clock_skew_seconds;
  X509_NAME *subject = X509_get_subject_name(certificate);
  if (X509_set_version(certificate, X509_VERSION_3) && set_random_serial(certificate) &&
      X509_gmtime_adj(X509_getm_notBefore(certificate), begin) != NULL &&
      X509_gmtime_adj(X509_getm_notAfter(certificate), end) != NULL &&
      X509_NAME_add_entry_by_txt(subject, "O", MBSTRING_UTF8, (const unsigned char *)"Jarvis", -1, -1, 0) &&
      X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, (const unsigned char *)common_name, -1, -1, 0) &&
      X509_set_pubkey(certificate, key))
    return certificate;
  X509_free(certificate);
  return NULL;
}

/// Signs and writes both out; all or nothing.
static int sign_and_write(X509 *certificate, EVP_PKEY *key, EVP_PKEY *signer, char **cert_pem, char **key_pem) {
  if (X509_sign(certificate, signer, EVP_sha256()) <= 0) return 0;
  *cert_pem = certificate_text(certificate);
  *key_pem = key_text(key);
  if (*cert_pem != NULL && *key_pem != NULL) return 1;
  jarvis_free(*cert_pem);
  jarvis_free(*key_pem);
  *cert_pem = *key_pem = NULL;
  return 0;
}

int jarvis_make_authority(const char *common_name, int days, char **cert_pem, char **key_pem) {
  *cert_pem = *key_pem = NULL;
  EVP_PKEY *key = EVP_EC_gen("P-256");
  X509 *certificate = key != NULL ? unsigned_certificate(key, common_name, days) : NULL;
  int done = certificate != NULL && X509_set_issuer_name(certificate, X509_get_subject_name(certificate)) &&
             add_extension(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE") &&
             add_extension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign") &&
             add_extension(certificate, certificate, NID_subject_key_identifier, "hash") &&
             sign_and_write(certificate, key, key, cert_pem, key_pem);
  X509_free(certificate);
  EVP_PKEY_free(key);
  return done;
}

int jarvis_make_leaf(
    const char *ca_cert_pem, const char *ca_key_pem, const char *common_name, const char *comma_separated_sans, int days,
    char **cert_pem, char **key_pem) {
  *cert_pem = *key_pem = NULL;
  BIO *certificate_bio = BIO_new_mem_buf(ca_cert_pem, -1);
  BIO *key_bio = BIO_new_mem_buf(ca_key_pem, -1);
  X509 *authority = certificate_bio != NULL ? PEM_read_bio_X509(certificate_bio, NULL, NULL, NULL) : NULL;
  EVP_PKEY *signer = key_bio != NULL ? PEM_read_bio_PrivateKey(key_bio, NULL, NULL, NULL) : NULL;
  EVP_PKEY *key = EVP_EC_gen("P-256");
  X509 *leaf = key != NULL ? unsigned_certificate(key, common_name, days) : NULL;
  int has_names = comma_separated_sans != NULL && *comma_separated_sans != 0;
  int done = authority != NULL && signer != NULL && leaf != NULL &&
             X509_set_issuer_name(leaf, X509_get_subject_name(authority)) &&
             add_extension(leaf, authority, NID_basic_constraints, "critical,CA:FALSE") &&
             add_extension(leaf, authority, NID_key_usage, "critical,digitalSignature") &&
             add_extension(leaf, authority, NID_ext_key_usage, "serverAuth") &&
             add_extension(leaf, authority, NID_subject_key_identifier, "hash") &&
             add_extension(leaf, authority, NID_authority_key_identifier, "keyid:always") &&
             (!has_names || add_extension(leaf, authority, NID_subject_alt_name, comma_separated_sans)) &&
             sign_and_write(leaf, key, signer, cert_pem, key_pem);
  X509_free(leaf);
  X509_free(authority);
  EVP_PKEY_free(signer);
  EVP_PKEY_free(key);
  BIO_free(certificate_bio);
  BIO_free(key_bio);
  return done;
}
