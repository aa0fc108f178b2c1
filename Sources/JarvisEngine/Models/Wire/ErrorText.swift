import JarvisAPI

/// A server's words made fit for a person and a log.
enum ErrorText {
  /// Longer reasons are cut: a proxy's error page is no reason.
  static let maximumLength = 600

  /// `text` on one line, sanitised, cut, and without the key in case the server echoed it.
  static func clean(_ text: String, hiding key: APIKey?) -> String {
    var text = text
    if let key {
      text = text.split(separator: key.value, omittingEmptySubsequences: false).joined(separator: key.description)
    }
    let line = Sanitiser.clean(text, keepingNewlines: false).split(separator: " ").joined(separator: " ")
    return line.count > maximumLength ? line.prefix(maximumLength - 1) + "…" : line
  }
}

extension ProviderError {
  /// The reason in the few words of a status line.
  func healthReason(model: String) -> String {
    switch kind {
    case .unauthorised: "the key is refused: \(reason)"
    case .modelMissing: "the server has no model \(model)"
    case .rateLimited: "rate limited"
    case .overloaded: "overloaded"
    default: reason
    }
  }
}
