import JarvisAPI
import JarvisHTTP

/// Makes a `ProxmoxError` of an answer whose status is no success.
package enum ErrorReader {
  /// A map of parameter errors is cut after this many.
  static let maximumParameters = 20

  /// - Parameters:
  ///   - reason: the reason phrase; Proxmox puts the first line of its message there, and on 401 nothing else says why.
  ///   - body: JSON, plain text, or empty.
  ///   - node: the node the call was about, where it was about one.
  package static func error(
    status: Int, reason: String, body: [UInt8], attempted: String, node: String? = nil
  ) -> ProxmoxError {
    let answer = try? JSONDocument(body).root  // Not JSON is an expected case here: the text itself is looked at next.
    let parameters = parameterErrors(answer)
    let said = message(answer) ?? (answer == nil ? plainText(body) : nil) ?? line(reason)
    let words = said ?? fallback(status)
    let kind = kind(status: status, words: words, parameters: parameters, node: node)
    guard !parameters.isEmpty else { return ProxmoxError(kind, attempted: attempted, reason: words) }
    let details = parameters.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: "; ")
    let head = said ?? "the server refused the parameters"
    return ProxmoxError(kind, attempted: attempted, reason: OutsideText.line(trimmed(head) + ": " + details))
  }

  private static func kind(
    status: Int, words: String, parameters: [String: String], node: String?
  ) -> ProxmoxError.Kind {
    switch status {
    case 400: .badParameters(parameters)
    case 401: .unauthenticated
    case 403:
      switch Permission(words) {
      case let needed?: .forbidden(path: needed.path, privilege: needed.privilege)
      case nil: .forbidden(path: nil, privilege: nil)
      }
    case 404: .notFound
    case 500: .failed
    case 501: .notImplemented
    case 506: .badContentType
    case 595: .nodeUnreachable(node: node)
    case 596: .nodeBroken(node: node)
    default: .other(status: status)
    }
  }

  /// The body's `message`, first line.
  private static func message(_ answer: JSONView?) -> String? { answer?["message"]?.string.flatMap(line) }

  /// A body in plain text: Proxmox's own parser errors come so. Pages of proxies in between do not help anyone.
  private static func plainText(_ body: [UInt8]) -> String? {
    guard !body.isEmpty, body.first != UInt8(ascii: "<") else { return nil }
    return line(String(decoding: body.prefix(4_096), as: UTF8.self))
  }

  private static func parameterErrors(_ answer: JSONView?) -> [String: String] {
    var result: [String: String] = [:]
    guard let errors = answer?["errors"] else { return result }
    for (name, text) in errors.members.prefix(maximumParameters) {
      let lines = (text.word ?? "").split(whereSeparator: \.isNewline).map { OutsideText.line(String($0)) }
      result[OutsideText.name(name)] = lines.isEmpty ? "not accepted" : lines.joined(separator: "; ")
    }
    return result
  }

  /// The first line with anything in it, sanitised; nil where there is none.
  private static func line(_ text: String) -> String? {
    for candidate in text.split(whereSeparator: \.isNewline) {
      let line = trimmed(OutsideText.line(String(candidate)))
      if !line.isEmpty { return line }
    }
    return nil
  }

  private static func trimmed(_ text: String) -> String {
    var rest = Substring(text)
    while rest.first == " " { rest.removeFirst() }
    while let last = rest.last, last == " " || last == "." { rest.removeLast() }
    return String(rest)
  }

  /// For answers with neither message nor reason phrase, as over HTTP/2 or through a proxy.
  private static func fallback(_ status: Int) -> String {
    let meaning =
      switch status {
      case 301, 302, 307, 308: "it redirects to another address"
      case 400: "it did not accept the parameters"
      case 401: "it did not accept the token"
      case 403: "the token may not do this"
      case 404: "there is no such thing"
      case 500: "it failed inside"
      case 501: "it does not know this call"
      case 502, 503, 504: "something in between cannot reach it"
      case 506: "it did not understand the form of the request"
      case 595: "the node cannot be reached by its peer"
      case 596: "TLS with the node, or its answer, failed"
      default: "it gave no reason"
      }
    return "HTTP status \(status) without a reason: \(meaning)"
  }

  /// What a 403 names: "Permission check failed (/vms/100, VM.PowerMgmt)".
  struct Permission {
    var path: String?
    var privilege: String?

    init?(_ text: String) {
      guard let open = text.lastIndex(of: "("), let close = text.lastIndex(of: ")"), open < close else { return nil }
      let inside = text[text.index(after: open)..<close].split(separator: ",", omittingEmptySubsequences: false)
      guard inside.count == 2 else { return nil }
      let path = inside[0].filter { $0 != " " }
      let privilege = inside[1].filter { $0 != " " }
      // An object with a name that is no valid path comes with an empty one.
      self.path = path.hasPrefix("/") ? path : nil
      self.privilege = privilege.contains(".") ? privilege : nil
      if self.path == nil, self.privilege == nil { return nil }
    }
  }

  /// Makes a `ProxmoxError` of a transfer that failed before there was an answer.
  static func error(_ error: HTTPError, endpoint: String, attempted: String) -> ProxmoxError {
    let kind: ProxmoxError.Kind
    let words: String
    switch error {
    case .badURL(let url):
      (kind, words) = (.unreachable, "\(OutsideText.line(url)) is not an address that can be asked")
    case .nameNotFound(let host):
      (kind, words) = (.unreachable, "the name \(OutsideText.name(host)) cannot be resolved")
    case .refused(let text):
      (kind, words) = (.refused, "\(endpoint) refused the connection" + suffix(text))
    case .timeout(let phase):
      (kind, words) = (.timeout, "\(endpoint) did not \(doing(phase)) in time")
    case .untrusted(let text):
      (kind, words) = (.untrusted, "the certificate of \(endpoint) cannot be verified" + suffix(text))
    case .fingerprintChanged(let actual):
      let actual = OutsideText.name(actual)
      (kind, words) = (.fingerprintChanged(actual: actual), "\(endpoint) shows another certificate: \(actual)")
    case .tls(let text): (kind, words) = (.unreachable, "TLS with \(endpoint) failed" + suffix(text))
    case .cut(let text):
      (kind, words) = (.unreachable, "\(endpoint) ended the connection before its answer did" + suffix(text))
    case .tooLarge(let limit):
      (kind, words) = (.malformed, "the answer of \(endpoint) is longer than \(limit) bytes")
    case .malformed(let text): (kind, words) = (.malformed, "\(endpoint) does not speak HTTP" + suffix(text))
    case .cancelled: (kind, words) = (.cancelled, "it was stopped")
    }
    return ProxmoxError(kind, attempted: attempted, reason: words)
  }

  private static func suffix(_ text: String) -> String { text.isEmpty ? "" : ": " + OutsideText.line(text) }

  private static func doing(_ phase: HTTPError.Phase) -> String {
    switch phase {
    case .connect: "accept the connection"
    case .firstByte: "answer"
    case .idle: "go on with its answer"
    case .total: "finish its answer"
    }
  }
}
