import CCurl

/// What libcurl is told about the request itself.
struct RequestOptions {
  private let request: HTTPRequest
  private let target: RequestTarget
  private let proxy: String
  private let exceptions: String
  private let limits: CurlLimits

  init(_ request: HTTPRequest, _ target: RequestTarget, _ proxies: ProxySettings, _ limits: CurlLimits) {
    self.request = request
    self.target = target
    self.limits = limits
    proxy = proxies.proxy(for: target)
    exceptions = proxies.exceptions
  }

  /// - Throws: `HTTPError` if method, headers or a combination of trust and way are not acceptable.
  func apply(to easy: CurlEasy) throws(HTTPError) {
    try refuseTrustWithoutTLS()
    try easy.set(CURLOPT_URL, text: request.url)
    try easy.set(CURLOPT_FOLLOWLOCATION, 0)
    try easy.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
    try easy.set(CURLOPT_ACCEPT_ENCODING, text: "")
    try easy.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    try easy.set(CURLOPT_TCP_KEEPALIVE, 1)
    try easy.set(CURLOPT_BUFFERSIZE, limits.pieceBytes)
    try easy.set(CURLOPT_CONNECTTIMEOUT_MS, request.timeouts.connect.wholeMilliseconds)
    try easy.set(CURLOPT_PROXY, text: proxy)
    try easy.set(CURLOPT_NOPROXY, text: exceptions)
    try applyMethod(to: easy)
    try easy.set(headerLines: headerLines())
  }

  private func refuseTrustWithoutTLS() throws(HTTPError) {
    if case .system = request.trust { return }
    guard target.isEncrypted else { throw .badURL("an authority or a pin needs https, this is plain http") }
    if case .pinned = request.trust, proxy.lowercased().hasPrefix("https:") {
      throw .badURL("a pin cannot be checked through an https:// proxy; add \(target.host) to NO_PROXY")
    }
  }

  private func applyMethod(to easy: CurlEasy) throws(HTTPError) {
    guard !request.method.isEmpty, request.method.utf8.allSatisfy(Self.isTokenByte) else {
      throw .malformed("the method is no word")
    }
    if request.method == "HEAD" { return try easy.set(CURLOPT_NOBODY, 1) }
    if request.body != nil || request.method == "POST" { try easy.set(body: request.body ?? []) }
    try easy.set(CURLOPT_CUSTOMREQUEST, text: request.method)
  }

  private func headerLines() throws(HTTPError) -> [String] {
    // No waiting for "100 Continue": servers that do not know it cost a second.
    var lines = ["Expect:"]
    for (name, value) in request.headers {
      guard !name.isEmpty, name.utf8.allSatisfy(Self.isTokenByte) else {
        throw .malformed("a header's name is no word")
      }
      guard value.utf8.allSatisfy({ ($0 >= 0x20 || $0 == 0x09) && $0 != 0x7F }) else {
        throw .malformed("the value of header \(name) holds control characters")
      }
      // libcurl takes "Name:" as "leave it out" and "Name;" as "send it empty".
      lines.append(value.allSatisfy { $0 == " " || $0 == "\t" } ? "\(name);" : "\(name): \(value)")
    }
    return lines
  }

  /// A byte of a token as RFC 9110, 5.6.2 has it.
  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}

extension Duration {
  /// Rounded up, at least 1 and within what libcurl takes: 0 would mean "no limit" there.
  var wholeMilliseconds: Int {
    let (seconds, attoseconds) = components
    let whole = Double(seconds) * 1_000 + (Double(attoseconds) / 1e15).rounded(.up)
    return Int(min(max(whole, 1), Double(Int32.max)))
  }
}
