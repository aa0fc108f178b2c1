import Foundation
import JarvisAPI

/// One recorded exchange, judged by the client's own decoders: for `jarvis-bench decode` and the tests that hold the
/// client against recordings.
package enum RecordedAnswer {
  /// How judging one answer ended.
  package enum Verdict: Sendable, Equatable {
    /// It was decoded; for an error status, with the reason a person would read.
    case ok(reason: String?)
    case failed(String)
    /// The client has no type for it.
    case unsupported(String)

    /// The verdict as one line of JSON.
    package var line: String {
      let value: JSONValue =
        switch self {
        case .ok: ["ok": true]
        case .failed(let error): ["ok": false, "error": .string(error)]
        case .unsupported(let why): ["ok": "unsupported", "error": .string(why)]
        }
      return value.text
    }
  }

  /// Judges a line `{"method","path","status","reason"?,"body"}`; the body is an object, a string (with `body_encoding`
  /// "base64" where it is not text) or stands in `body_text`.
  package static func verdict(ofLine line: [UInt8]) -> Verdict {
    let row: JSONView
    do throws(JSONDocument.Fault) {
      row = try JSONDocument(line).root
    } catch {
      return .failed("the line is not JSON: \(error.reason) at byte \(error.offset)")
    }
    guard let method = row["method"]?.string, let path = row["path"]?.string, let status = row["status"]?.int else {
      return .failed("the line lacks method, path or status")
    }
    guard let body = body(row) else { return .failed("`body` is not base64, though `body_encoding` says so") }
    return verdict(method: method, path: path, status: status, reason: row["reason"]?.string ?? "", body: body)
  }

  private static func body(_ row: JSONView) -> [UInt8]? {
    if let body = row["body"] {
      guard let text = body.string else { return Array(body.rawBytes) }
      guard row["body_encoding"]?.string == "base64" else { return Array(text.utf8) }
      return Data(base64Encoded: text).map { Array($0) }
    }
    return Array((row["body_text"]?.string ?? "").utf8)
  }

  /// Judges one answer. `path` may begin with `/api2/json` and end with a query.
  package static func verdict(method: String, path: String, status: Int, reason: String, body: [UInt8]) -> Verdict {
    var path = path.prefix { $0 != "?" }
    if path.hasPrefix("/api2/") {
      guard path.hasPrefix("/api2/json/") else { return .unsupported("the client speaks only /api2/json") }
      path = path.dropFirst("/api2/json".count)
    }
    guard (200..<300).contains(status) else {
      guard (300..<600).contains(status) else { return .failed("\(status) is no status of a finished answer") }
      let error = ErrorReader.error(status: status, reason: reason, body: body, attempted: "\(method) \(path)")
      let words = error.userFacing
      return words.reason.isEmpty ? .failed("no reason was found") : .ok(reason: words.reason + " → " + words.advice)
    }
    let decoded = String(path).removingPercentEncoding ?? String(path)
    guard let route = ProxmoxRoutes.all.first(where: { $0.matches(method: method, path: decoded) }) else {
      return .unsupported("no type for \(method) \(path)")
    }
    // Compressed bodies never reach the client: the HTTP library inflates what it asked for.
    if body.starts(with: [0x1F, 0x8B]) { return .unsupported("the body is compressed") }
    do throws(AnswerFault) {
      try route.check(try AnswerBody(body))
      return .ok(reason: nil)
    } catch {
      return .failed("\(route.template): \(error.reason)")
    }
  }
}
