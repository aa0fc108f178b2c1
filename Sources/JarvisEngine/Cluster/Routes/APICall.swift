import JarvisHTTP

/// One call of the API, ready to be asked of whichever node answers.
struct APICall: Sendable {
  var method: String
  var template: String
  var path: [String: String]
  var parameters: [(name: String, value: String)]
  /// "start guest 102 on agent".
  var attempted: String

  /// The node that has to answer in the end, where the call is about one; another node passes it on.
  var targetNode: String? { template.contains("{node}") ? path["node"] : nil }

  /// Reads may be asked again elsewhere; anything else only while it surely has not been sent.
  var readsOnly: Bool { method == "GET" }

  /// The methods whose parameters go in a form; a body of any other is refused.
  private var sendsForm: Bool { method == "POST" || method == "PUT" }

  /// Path and query below the node's address.
  var target: String {
    let segments = template.split(separator: "/").map { segment -> String in
      guard segment.hasPrefix("{"), segment.hasSuffix("}") else { return String(segment) }
      return PercentEncoding.encode(path[String(segment.dropFirst().dropLast())] ?? "")
    }
    let base = "/api2/json/" + segments.joined(separator: "/")
    return !sendsForm && !parameters.isEmpty ? base + "?" + form : base
  }

  private var form: String {
    parameters.map { PercentEncoding.encode($0.name) + "=" + PercentEncoding.encode($0.value) }.joined(separator: "&")
  }

  /// The request to the node at `base` ("https://10.40.0.11:8006").
  func request(base: String, trust: TLSTrust, token: APIToken, timeouts: HTTPTimeouts) -> HTTPRequest {
    var headers: [(name: String, value: String)] = [
      ("Authorization", token.authorization), ("Accept", "application/json"),
    ]
    var body: [UInt8]?
    if sendsForm {
      // Neither form nor JSON is answered with 506, so an empty form says that it is one.
      headers.append(("Content-Type", "application/x-www-form-urlencoded"))
      body = Array(form.utf8)
    }
    return HTTPRequest(method, base + target, headers: headers, body: body, timeouts: timeouts, trust: trust)
  }
}

/// Percent-encoding of path segments and form values: everything but letters, digits and `-._~`.
enum PercentEncoding {
  private static let hexadecimal = Array("0123456789ABCDEF".utf8)

  static func encode(_ text: String) -> String {
    var result: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        result.append(byte)
      default: result += [UInt8(ascii: "%"), hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
