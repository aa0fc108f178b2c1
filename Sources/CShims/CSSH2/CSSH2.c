#include "CSSH2.h"

#include <errno.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

static ssize_t receive(libssh2_socket_t socket, void *buffer, size_t length, int flags, void **abstract) {
  ssize_t count = recv(socket, buffer, length, flags);
  if (count < 0) return -(errno == EWOULDBLOCK ? EAGAIN : errno);
  jarvis_ssh_traffic *traffic = *abstract;
  traffic->received += (uint64_t)count;
  return count;
}

static ssize_t transmit(libssh2_socket_t socket, const void *buffer, size_t length, int flags, void **abstract) {
  ssize_t count = send(socket, buffer, length, flags | MSG_NOSIGNAL);
  if (count < 0) return -(errno == EWOULDBLOCK ? EAGAIN : errno);
  jarvis_ssh_traffic *traffic = *abstract;
  traffic->sent += (uint64_t)count;
  return count;
}

LIBSSH2_SESSION *jarvis_ssh_session(jarvis_ssh_traffic *traffic) {
  LIBSSH2_SESSION *session = libssh2_session_init_ex(NULL, NULL, NULL, traffic);
  if (session == NULL) return NULL;
  libssh2_session_callback_set(session, LIBSSH2_CALLBACK_RECV, (void *)receive);
  libssh2_session_callback_set(session, LIBSSH2_CALLBACK_SEND, (void *)transmit);
  libssh2_session_set_blocking(session, 0);
  return session;
}

static int sign(
    LIBSSH2_SESSION *session, unsigned char **signature, size_t *length, const unsigned char *data, size_t data_length,
    void **abstract) {
  (void)session;
  jarvis_ssh_signing *signing = *abstract;
  if (signing->signature == NULL) {
    jarvis_ssh_signing_clear(signing);
    signing->data = malloc(data_length);
    if (signing->data == NULL) return LIBSSH2_ERROR_ALLOC;
    memcpy(signing->data, data, data_length);
    signing->data_length = data_length;
    return LIBSSH2_ERROR_EAGAIN;
  }
  // libssh2 frees it with the session's allocator, which is malloc's.
  *signature = malloc(signing->signature_length);
  if (*signature == NULL) return LIBSSH2_ERROR_ALLOC;
  memcpy(*signature, signing->signature, signing->signature_length);
  *length = signing->signature_length;
  return 0;
}

int jarvis_ssh_agent_auth(
    LIBSSH2_SESSION *session, const char *user, const unsigned char *key, size_t key_length,
    jarvis_ssh_signing *signing) {
  void *abstract = signing;
  return libssh2_userauth_publickey(session, user, key, key_length, sign, &abstract);
}

void jarvis_ssh_signing_clear(jarvis_ssh_signing *signing) {
  free(signing->data);
  signing->data = NULL;
  signing->data_length = 0;
}

void jarvis_ssh_sha256(const void *data, size_t length, unsigned char digest[32]) {
  EVP_Digest(data, length, digest, NULL, EVP_sha256(), NULL);
}

void jarvis_ssh_hmac_sha1(
    const void *key, size_t key_length, const void *data, size_t length, unsigned char digest[20]) {
  HMAC(EVP_sha1(), key, (int)key_length, data, length, digest, NULL);
}

int jarvis_ssh_bell(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }
