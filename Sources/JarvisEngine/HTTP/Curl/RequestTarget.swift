import CCurl

/// Where a URL leads, as libcurl itself reads it: what is checked here is what will be asked.
struct RequestTarget: Sendable, Hashable {
  let isEncrypted: Bool
  /// Name or address, without brackets.
  let host: String
  let port: Int

  /// "host:port", for messages.
  var origin: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  /// This machine itself: `localhost` and names below it, 127.0.0.0/8 and ::1.
  var isLoopback: Bool {
    let name = host.lowercased()
    if name == "localhost" || name.hasSuffix(".localhost") || name == "::1" { return true }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  /// - Throws: `HTTPError.badURL`, saying why without repeating what may be secret in it.
  init(_ url: String) throws(HTTPError) {
    guard let handle = curl_url() else { throw .badURL("no memory to read it") }
    defer { curl_url_cleanup(handle) }
    let code = url.contains("\0") ? CURLUE_BAD_PORT_NUMBER : curl_url_set(handle, CURLUPART_URL, url, 0)
    func part(_ which: CURLUPart, flags: UInt32 = 0) -> String? {
      var text: UnsafeMutablePointer<CChar>?
      guard curl_url_get(handle, which, &text, flags) == CURLUE_OK, let text else { return nil }
      defer { curl_free(text) }
      return String(cString: text)
    }
    guard code == CURLUE_OK else {
      throw .badURL("it is no absolute URL such as https://host:8006/path")
    }
    guard let scheme = part(CURLUPART_SCHEME)?.lowercased(), scheme == "https" || scheme == "http" else {
      throw .badURL("only https and http are spoken")
    }
    guard part(CURLUPART_USER) == nil, part(CURLUPART_PASSWORD) == nil else {
      throw .badURL("user name and password do not belong in a URL; use a header")
    }
    guard let host = part(CURLUPART_HOST), !host.isEmpty,
      let port = part(CURLUPART_PORT, flags: UInt32(CURLU_DEFAULT_PORT)).flatMap({ Int($0) })
    else { throw .badURL("it names no host") }
    isEncrypted = scheme == "https"
    self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    self.port = port
  }
}
