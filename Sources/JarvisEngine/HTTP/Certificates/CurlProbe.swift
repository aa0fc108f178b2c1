import CCurl
import Foundation

/// The handshake of a `CertificateProbe`, on the worker's thread.
final class CurlProbe: CurlJob {
  let easy: CurlEasy
  let deadline: ContinuousClock.Instant
  private let target: RequestTarget
  private let output: ProbeOutput
  private let chain: OpaquePointer

  init(_ target: RequestTarget, output: ProbeOutput, proxies: ProxySettings, connect: Duration) throws(HTTPError) {
    self.target = target
    self.output = output
    deadline = ContinuousClock.now + connect
    easy = try CurlEasy()
    guard let chain = jarvis_chain_new(target.host) else { throw .refused("no memory for certificates") }
    self.chain = chain
    let proxy = proxies.proxy(for: target)
    guard !proxy.lowercased().hasPrefix("https:") else {
      throw .badURL("certificates cannot be looked at through an https:// proxy; add \(target.host) to NO_PROXY")
    }
    try easy.set(CURLOPT_URL, text: "https://\(target.origin)/")
    try easy.set(CURLOPT_PROXY, text: proxy)
    try easy.set(CURLOPT_NOPROXY, text: proxies.exceptions)
    try easy.set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
    try easy.set(CURLOPT_SSL_SESSIONID_CACHE, 0)
    try easy.set(CURLOPT_CONNECTTIMEOUT_MS, connect.wholeMilliseconds)
    try easy.check(jarvis_set_certificate_probe(easy.handle, chain))
  }

  deinit { jarvis_chain_free(chain) }

  func expired(at now: ContinuousClock.Instant) -> HTTPError? { .timeout(.connect) }

  func resume(at now: ContinuousClock.Instant) {}

  func finished(_ code: CURLcode, at now: ContinuousClock.Instant) -> Bool {
    if code == CURLE_OK, let presented = presented() {
      output.finish(.success(presented))
    } else if code == CURLE_OK {
      failed(.tls("\(target.origin) presented no certificate"))
    } else {
      failed(CurlFailure(code: code, easy: easy, target: target, phase: .connect).error)
    }
    return false
  }

  func failed(_ error: HTTPError) { output.finish(.failure(error)) }

  private func presented() -> PresentedChain? {
    var certificates = (0..<jarvis_chain_count(chain)).compactMap(certificate)
    guard !certificates.isEmpty else { return nil }
    let leaf = certificates.removeFirst()
    let code = jarvis_chain_verdict(chain)
    let verdict: CertificateVerdict = code == 0 ? .valid : .invalid(String(cString: jarvis_verdict_text(code)))
    return PresentedChain(leaf: leaf, above: certificates, verdict: verdict)
  }

  private func certificate(at index: Int32) -> PresentedCertificate? {
    var digest = [UInt8](repeating: 0, count: 32)
    var notBefore: Int64 = 0
    var notAfter: Int64 = 0
    guard jarvis_chain_fingerprint(chain, index, &digest) == 1, let print = CertificateFingerprint(bytes: digest),
      jarvis_chain_validity(chain, index, &notBefore, &notAfter) == 1, let pem = text(jarvis_chain_pem(chain, index)),
      let subject = text(jarvis_chain_subject(chain, index)), let issuer = text(jarvis_chain_issuer(chain, index))
    else { return nil }
    var names: [String] = []
    while names.count < PresentedCertificate.maximumNames,
      let name = text(jarvis_chain_name(chain, index, Int32(names.count)))
    {
      names.append(name)
    }
    return PresentedCertificate(
      pem: pem, fingerprint: print, subject: subject, issuer: issuer, names: names,
      notBefore: Date(timeIntervalSince1970: TimeInterval(notBefore)),
      notAfter: Date(timeIntervalSince1970: TimeInterval(notAfter)),
      isAuthority: jarvis_chain_is_authority(chain, index) == 1)
  }

  private func text(_ owned: UnsafeMutablePointer<CChar>?) -> String? {
    guard let owned else { return nil }
    defer { jarvis_text_free(owned) }
    return String(cString: owned)
  }
}
