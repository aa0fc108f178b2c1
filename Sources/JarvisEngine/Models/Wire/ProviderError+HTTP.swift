import JarvisHTTP

extension ProviderError {
  /// What a failed transfer means for a model's answer. `base` is named so that a person knows which server is meant.
  init(_ error: HTTPError, talkingTo base: String) {
    switch error {
    case .badURL(let url): self.init(.invalidRequest, reason: "\(url) is not a usable address")
    case .nameNotFound(let host): self.init(.unreachable, reason: "the name \(host) is not known")
    case .refused(let text): self.init(.unreachable, reason: "\(base) refuses connections: \(text)")
    case .timeout(.connect): self.init(.unreachable, reason: "\(base) does not answer")
    case .timeout(let phase):
      self.init(.timeout, reason: "\(base) was silent too long (\(phase.rawValue))")
      // It had minutes; asking again would only double them.
      shouldRetry = false
    case .untrusted(let why):
      self.init(.unreachable, reason: "the certificate of \(base) is not trusted: \(why)")
      shouldRetry = false
    case .fingerprintChanged(let actual):
      self.init(.unreachable, reason: "the certificate of \(base) changed; its fingerprint is now \(actual)")
      shouldRetry = false
    case .tls(let why): self.init(.unreachable, reason: "no secure connection to \(base): \(why)")
    case .cut(let why): self.init(.cut, reason: "the connection to \(base) broke: \(why)")
    case .tooLarge(let limit): self.init(.malformed, reason: "\(base) sent more than \(limit) bytes")
    case .malformed(let why): self.init(.malformed, reason: "\(base) does not speak HTTP: \(why)")
    case .cancelled: self.init(.cancelled, reason: "stopped")
    }
  }
}
