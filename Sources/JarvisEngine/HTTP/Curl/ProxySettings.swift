/// Which proxy a request goes through, from the environment as curl reads it.
///
/// `http_proxy` (lower case only: `HTTP_PROXY` can be set by a web client in CGI), `https_proxy`, `all_proxy` and
/// `no_proxy` in either case. This machine itself is never asked through a proxy: models and the simulator live there.
struct ProxySettings: Sendable, Hashable {
  /// For `http` URLs; empty for none.
  let plain: String
  /// For `https` URLs; empty for none.
  let encrypted: String
  /// Names and networks to be asked directly, as `CURLOPT_NOPROXY` takes them.
  let exceptions: String

  init(environment: [String: String]) {
    func value(_ names: String...) -> String {
      names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    }
    let all = value("all_proxy", "ALL_PROXY")
    let plain = value("http_proxy")
    let encrypted = value("https_proxy", "HTTPS_PROXY")
    self.plain = plain.isEmpty ? all : plain
    self.encrypted = encrypted.isEmpty ? all : encrypted
    exceptions = value("no_proxy", "NO_PROXY")
  }

  /// The proxy's URL, empty to ask directly. `exceptions` are left to libcurl.
  func proxy(for target: RequestTarget) -> String {
    if target.isLoopback { return "" }
    return target.isEncrypted ? encrypted : plain
  }
}
