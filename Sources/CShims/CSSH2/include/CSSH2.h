#ifndef JARVIS_CSSH2_H
#define JARVIS_CSSH2_H
#include <libssh2.h>
#include <stddef.h>
#include <stdint.h>

/// What went over one session's socket. Any operation of libssh2 may read what belongs to another one; a change of
/// `received` tells that the others have to look again.
typedef struct jarvis_ssh_traffic {
  uint64_t received;
  uint64_t sent;
} jarvis_ssh_traffic;

/// A new non-blocking session that counts into `traffic`, which must outlive it. NULL when memory is out.
LIBSSH2_SESSION *jarvis_ssh_session(jarvis_ssh_traffic *traffic);

/// A `session` channel with this receive window in bytes; NULL as `libssh2_channel_open_ex` says it.
static inline LIBSSH2_CHANNEL *jarvis_ssh_open(LIBSSH2_SESSION *session, unsigned int window) {
  return libssh2_channel_open_ex(session, "session", 7, window, LIBSSH2_CHANNEL_PACKET_DEFAULT, NULL, 0);
}

/// A channel of a kind that nobody knows: any server refuses it (RFC 4254, 5.1), and starts nothing.
static inline LIBSSH2_CHANNEL *jarvis_ssh_open_unknown(LIBSSH2_SESSION *session) {
  return libssh2_channel_open_ex(session, "alive@jarvis", 12, 1 << 15, LIBSSH2_CHANNEL_PACKET_DEFAULT, NULL, 0);
}

/// Answers of a sign function: the signature given beforehand, or "not yet" with what is to be signed.
typedef struct jarvis_ssh_signing {
  /// What the server wants signed; set by libssh2 through `jarvis_ssh_agent_auth`, freed by `jarvis_ssh_signing_clear`.
  unsigned char *data;
  size_t data_length;
  /// The bare signature, without the name of its algorithm; not owned. NULL while it is not known.
  const unsigned char *signature;
  size_t signature_length;
} jarvis_ssh_signing;

/// One step of public-key authentication whose signature somebody else makes. `LIBSSH2_ERROR_EAGAIN` with `data` set and
/// `signature` NULL: sign and call again.
int jarvis_ssh_agent_auth(
    LIBSSH2_SESSION *session, const char *user, const unsigned char *key, size_t key_length,
    jarvis_ssh_signing *signing);

/// Frees what was to be signed.
void jarvis_ssh_signing_clear(jarvis_ssh_signing *signing);

/// SHA-256, as in host key fingerprints.
void jarvis_ssh_sha256(const void *data, size_t length, unsigned char digest[32]);

/// HMAC-SHA1, as in hashed names of `known_hosts`.
void jarvis_ssh_hmac_sha1(
    const void *key, size_t key_length, const void *data, size_t length, unsigned char digest[20]);

/// A descriptor to wake a thread that sleeps in `poll`; -1 where there are no more.
int jarvis_ssh_bell(void);
#endif
