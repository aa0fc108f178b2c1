import JarvisHTTP

extension HTTPError {
  /// Why a connection failed, for a person.
  var words: String {
    switch self {
    case .badURL(let text): "not an address: \(text)"
    case .nameNotFound(let host): "the name \(host) is not known"
    case .refused(let text): "the connection was refused (\(text))"
    case .timeout(let phase): "no answer in time (\(phase.rawValue))"
    case .untrusted(let text): "its certificate cannot be verified: \(text)"
    case .fingerprintChanged(let actual): "its certificate is another one now: \(actual)"
    case .tls(let text): "no TLS: \(text)"
    case .cut(let text): "the connection was cut (\(text))"
    case .tooLarge(let limit): "the answer is longer than \(limit) bytes"
    case .malformed(let text): "not HTTP: \(text)"
    case .cancelled: "cancelled"
    }
  }
}
