import CCurl

/// What libcurl is told about whom to believe.
///
/// One connection cache serves all trusts, and none gets a connection that another verified: libcurl compares
/// authorities and the name check before it reuses a connection, and `PinCheck` compares the leaf again before each
/// request on it. Resumed sessions would show no certificate, so there are none.
struct TrustOptions {
  private let trust: TLSTrust

  init(_ trust: TLSTrust) { self.trust = trust }

  /// Returns the pin that has to be checked before each request, if any.
  func apply(to easy: CurlEasy) throws(HTTPError) -> PinCheck? {
    try easy.set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
    try easy.set(CURLOPT_SSL_SESSIONID_CACHE, 0)
    try easy.set(CURLOPT_SSL_VERIFYPEER, 1)
    try easy.set(CURLOPT_SSL_VERIFYHOST, 2)
    switch trust {
    case .system:
      return nil
    case .authority(let pem):
      try easy.set(CURLOPT_CAINFO, text: nil)
      try easy.set(CURLOPT_CAPATH, text: nil)
      try easy.set(CURLOPT_CAINFO_BLOB, blob: Array(pem.utf8))
      return nil
    case .pinned(let digest):
      guard let expected = CertificateFingerprint(bytes: digest) else {
        throw .untrusted("the pinned fingerprint has \(digest.count) bytes; SHA-256 has 32")
      }
      let pin = PinCheck(expected)
      try pin.apply(to: easy)
      return pin
    }
  }
}
