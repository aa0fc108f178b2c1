import CCurl
import Glibc

/// libcurl's failure of one transfer, put into the terms of `HTTPError`.
struct CurlFailure {
  let code: CURLcode
  let easy: CurlEasy
  let target: RequestTarget
  let phase: HTTPError.Phase

  var error: HTTPError {
    switch code {
    case CURLE_URL_MALFORMAT: .badURL(words)
    case CURLE_COULDNT_RESOLVE_HOST: .nameNotFound(host: target.host)
    case CURLE_COULDNT_RESOLVE_PROXY: .refused("\(target.origin): \(words)")
    case CURLE_COULDNT_CONNECT, CURLE_PROXY: .refused("\(target.origin): \(connectCause)")
    case CURLE_OPERATION_TIMEDOUT: .timeout(phase)
    case CURLE_PEER_FAILED_VERIFICATION: .untrusted(distrust)
    case CURLE_SSL_CACERT_BADFILE: .untrusted("the authority given for \(target.origin) is no PEM certificate")
    case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ENGINE_INITFAILED,
      CURLE_SSL_INVALIDCERTSTATUS, CURLE_USE_SSL_FAILED:
      .tls("\(target.origin): \(words)")
    case CURLE_BAD_CONTENT_ENCODING, CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL:
      .malformed("\(target.origin): \(words)")
    case CURLE_ABORTED_BY_CALLBACK, CURLE_WRITE_ERROR: .cut("\(target.origin): given up on this side")
    default: .cut("\(target.origin): \(words)")
    }
  }

  /// libcurl's own words: its message for this transfer, else those for the code.
  private var words: String {
    let message = easy.message
    return message.isEmpty ? String(cString: curl_easy_strerror(code)) : message
  }

  private var connectCause: String {
    let number = easy.long(CURLINFO_OS_ERRNO)
    return number == 0 ? words : String(cString: strerror(Int32(number)))
  }

  /// Why a certificate was not believed, in words that say what is the matter with it.
  private var distrust: String {
    let origin = target.origin
    return switch easy.long(CURLINFO_SSL_VERIFYRESULT) {
    case Verdict.selfSignedLeaf: "\(origin) presents a self-signed certificate"
    case Verdict.selfSignedRoot: "\(origin) presents a chain that ends in an authority unknown here"
    case Verdict.unknownIssuer, Verdict.unverifiableLeaf:
      "the certificate of \(origin) was issued by an authority unknown here"
    case Verdict.expired: "the certificate of \(origin), or one above it, has expired"
    case Verdict.notYetValid: "the certificate of \(origin) is not valid yet; is this machine's clock right?"
    case Verdict.wrongName, Verdict.wrongAddress: "the certificate is for other names than \(target.host)"
    // libcurl compares names by itself, beside OpenSSL's verdict: "no alternative certificate subject name matches …".
    case Verdict.valid, Verdict.unspecified:
      words.contains("match") ? "the certificate is for other names than \(target.host)" : "\(origin): \(words)"
    case let other: "\(origin): \(String(cString: jarvis_verdict_text(other)))"
    }
  }
}

/// OpenSSL's verdicts that deserve own words (`X509_V_ERR_…` of x509_vfy.h, macros that stay stable).
enum Verdict {
  static let valid = 0
  static let unspecified = 1
  static let notYetValid = 9
  static let expired = 10
  static let selfSignedLeaf = 18
  static let selfSignedRoot = 19
  static let unknownIssuer = 20
  static let unverifiableLeaf = 21
  static let wrongName = 62
  static let wrongAddress = 64
}
