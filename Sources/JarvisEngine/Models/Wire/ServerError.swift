import Foundation
import JarvisHTTP

/// An error answer as any of the model servers words it.
struct ServerError: Sendable, Hashable {
  var status: Int
  /// "rate_limit_error", "exceed_context_size_error", …; empty where the server names none.
  var type = ""
  /// `details.error_code` of the Messages API.
  var code = ""
  var message = ""
  /// What the vendor's support asks for.
  var requestID: String?
  /// What `retry-after-ms` or `retry-after` asked for.
  var retryAfter: Duration?
  /// What `x-should-retry` said.
  var shouldRetry: Bool?

  init(head: HTTPHead, body: [UInt8], now: Date) {
    status = head.status
    read(RawJSON(body), otherwise: body)
    if message.isEmpty { message = head.reason.isEmpty ? "HTTP \(head.status)" : head.reason }
    requestID = requestID ?? head.header("request-id")
    retryAfter = RetryAfter.parse(
      milliseconds: head.header("retry-after-ms"), seconds: head.header("retry-after"), now: now)
    shouldRetry = head.header("x-should-retry").flatMap { ["true": true, "false": false][$0] }
  }

  /// An error told inside a stream that began with 200.
  init(inStream json: RawJSON) {
    status = 200
    read(json, otherwise: Array(json.bytes))
  }

  /// Anthropic, OpenAI, llama.cpp and newer vLLM: `{"error": {…}}`; LM Studio and Ollama: `{"error": "…"}`;
  /// older vLLM: the fields at the top.
  private mutating func read(_ json: RawJSON?, otherwise body: [UInt8]) {
    guard let json, json.isObject else {
      message = String(decoding: body.prefix(ErrorText.maximumLength), as: UTF8.self)
      return
    }
    requestID = json["request_id"]?.string
    if let text = json["error"]?.string {
      message = text
      return
    }
    let error = json["error"] ?? json
    message = error["message"]?.string ?? ""
    type = error["type"]?.string ?? ""
    code = error["details"]?["error_code"]?.string ?? error["code"]?.string ?? ""
    if status == 200 { status = error["code"]?.int ?? status }
  }

  /// The message and the request's id, for a reason.
  var words: String {
    let text = message.isEmpty ? type : message
    return requestID.map { "\(text) (request \($0))" } ?? text
  }
}

/// The two headers in which a server says how long to wait.
enum RetryAfter {
  /// Milliseconds win; `retry-after` holds seconds or an HTTP date. Nil where neither is usable.
  static func parse(milliseconds: String?, seconds: String?, now: Date) -> Duration? {
    if let text = milliseconds, let value = Double(text), value.isFinite, (0...maximum * 1_000).contains(value) {
      return .milliseconds(Int64(value))
    }
    guard let text = seconds else { return nil }
    if let value = Double(text) {
      return value.isFinite && (0...maximum).contains(value) ? .milliseconds(Int64(value * 1_000)) : nil
    }
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(identifier: "GMT")
    format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
    guard let date = format.date(from: text) else { return nil }
    let wait = date.timeIntervalSince(now)
    return wait <= maximum ? .milliseconds(Int64(max(0, wait) * 1_000)) : nil
  }

  /// Seconds; a longer wait than a week is nonsense and ignored.
  private static let maximum = 604_800.0
}
