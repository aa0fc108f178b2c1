import Foundation
import JarvisAPI
import JarvisHTTP
import Testing

@testable import JarvisModels

@Suite struct AnthropicProviderTests {
  private let secret = "sk-ant-api03-VERY-secret"
  private let question = ModelRequest(system: "s", messages: [.user(results: [], text: "hi")], maximumOutput: 1_000_000)

  private func provider(_ transport: ScriptedTransport, model: String = "claude-haiku-5-5", key: String? = nil)
    -> AnthropicProvider
  {
    AnthropicProvider(
      model: model, key: APIKey(key ?? secret), base: "http://127.0.0.1:1/v1/", transport: transport,
      now: { Date(timeIntervalSince1970: 1_792_000_000) })
  }

  @Test("ROUTE-10 The request goes to the right place with the right headers")
  func request() async throws {
    let transport = ScriptedTransport([.text(MessagesScript.answer("end_turn"))])
    let outcome = await Outcome(provider(transport).stream(question))
    #expect(outcome.text == "done")
    let request = try #require(transport.requests.first)
    #expect(request.method == "POST")
    #expect(request.url == "http://127.0.0.1:1/v1/messages")
    #expect(request.header("anthropic-version") == "2026-10-21")
    #expect(request.header("x-api-key") == secret)
    #expect(request.header("content-type") == "application/json")
    #expect(request.text.contains(#""max_tokens":128000"#), "no more than the model can give")
  }

  @Test("ROUTE-02 Without a key nothing is sent")
  func withoutKey() async {
    let transport = ScriptedTransport()
    let provider = provider(transport, key: " \n")
    #expect(await Outcome(provider.stream(question)).error?.kind == .noKey)
    #expect(await provider.countTokens(question).estimated)
    #expect(await provider.checkHealth().state == .absent("no key"))
    #expect(transport.requests.isEmpty)
  }

  @Test("ROUTE-02 Each status has its own meaning")
  func statuses() async {
    func body(_ type: String, _ message: String, code: String? = nil) -> String {
      let details = code.map { #","details":{"error_code":"\#($0)"}"# } ?? ""
      return #"{"type":"error","error":{"type":"\#(type)","message":"\#(message)"\#(details)},"request_id":"req_7"}"#
    }
    let cases: [(Int, String, ProviderError.Kind)] = [
      (400, body("invalid_request_error", "messages: bad"), .invalidRequest),
      (400, body("invalid_request_error", "prompt is too long: 1000001 tokens > 1000000 maximum"), .contextOverflow),
      (400, body("invalid_request_error", "You have reached your specified API usage limits."), .billing),
      (400, body("invalid_request_error", "limit", code: "enforced_spend_limit_reached"), .billing),
      (401, body("authentication_error", "invalid x-api-key"), .unauthorised),
      (403, body("permission_error", "no"), .unauthorised), (402, body("billing_error", "pay"), .billing),
      (404, body("not_found_error", "model: x"), .modelMissing),
      (413, body("request_too_large", "big"), .contextOverflow),
      (408, body("timeout_error", "slow"), .timeout), (409, body("conflict", "c"), .server(status: 409)),
      (429, body("rate_limit_error", "slow down"), .rateLimited(retryAfter: nil)),
      (500, body("api_error", "oops"), .server(status: 500)), (502, "<html>Bad gateway</html>", .server(status: 502)),
      (504, body("timeout_error", "slow"), .timeout), (529, body("overloaded_error", "Overloaded"), .overloaded),
      (302, "", .invalidRequest),
    ]
    for (status, text, kind) in cases {
      let outcome = await Outcome(provider(ScriptedTransport([.text(text, status: status)])).stream(question))
      #expect(outcome.error?.kind == kind, "\(status) \(text)")
      #expect(outcome.error?.reason.isEmpty == false)
      if text.contains("req_7") { #expect(outcome.error?.reason.contains("(request req_7)") == true) }
    }
  }

  @Test("ROUTE-02 The server's wish when to come back is read in all its forms")
  func retryAfter() async {
    let cases: [([(name: String, value: String)], Duration?)] = [
      ([("retry-after", "7")], .seconds(7)), ([("Retry-After-Ms", "250"), ("retry-after", "9")], .milliseconds(250)),
      ([("retry-after", "Wed, 14 Oct 2026 17:46:43 GMT")], .seconds(3)), ([("retry-after", "soon")], nil),
      ([("retry-after", "-1")], nil), ([("retry-after", "1e300")], nil), ([], nil),
    ]
    for (headers, expected) in cases {
      let outcome = await Outcome(
        provider(ScriptedTransport([.text("{}", status: 429, headers: headers)])).stream(question))
      #expect(outcome.error?.retryAfter == expected, "\(headers)")
      #expect(outcome.error?.kind == .rateLimited(retryAfter: expected))
    }
    let told = await Outcome(
      provider(ScriptedTransport([.text("{}", status: 500, headers: [("x-should-retry", "false")])])).stream(question))
    #expect(told.error?.shouldRetry == false)
  }

  @Test("ROUTE-02 The key is in no error, no dump and no description, even when the server echoes it")
  func secrecy() async throws {
    let echo = #"{"type":"error","error":{"type":"authentication_error","message":"bad key \#(secret)\u001b[31m!"}}"#
    let transport = ScriptedTransport([.text(echo, status: 401), .text("bad key \(secret)", status: 500)])
    let provider = provider(transport)
    for _ in 0..<2 {
      let error = try #require(await Outcome(provider.stream(question)).error)
      #expect(!"\(error)".contains(secret))
      #expect(!error.reason.contains("\u{1b}"))
    }
    var dumped = ""
    dump(provider, to: &dumped)
    #expect(!dumped.contains(secret))
    let key = try #require(APIKey(secret))
    #expect("\(key)" == "•••" && String(reflecting: key) == "•••")
    #expect(APIKey("sk\r\nx-evil: 1") == nil)
  }

  @Test("ROUTE-02 Transfers that fail say what failed")
  func transport() async {
    let cases: [(HTTPError, ProviderError.Kind)] = [
      (.nameNotFound(host: "nowhere"), .unreachable), (.refused("port 1"), .unreachable),
      (.timeout(.connect), .unreachable),
      (.timeout(.firstByte), .timeout), (.untrusted("self-signed"), .unreachable), (.cut("reset"), .cut),
      (.tooLarge(limit: 5), .malformed), (.malformed("x"), .malformed), (.cancelled, .cancelled),
      (.badURL("::"), .invalidRequest),
      (.fingerprintChanged(actual: "AA"), .unreachable), (.tls("alert"), .unreachable),
    ]
    for (error, kind) in cases {
      let outcome = await Outcome(provider(ScriptedTransport([.failing(error)])).stream(question))
      #expect(outcome.error?.kind == kind, "\(error)")
    }
  }

  @Test("FOUND-04 Cancelling closes the transfer")
  func cancel() async {
    let first = MessagesScript.start + MessagesScript.text(0, ["Hel"])
    let transport = ScriptedTransport([.init(pieces: [Array(first.utf8)], end: .silence)])
    let provider = provider(transport)
    let (heard, hear) = AsyncStream<String>.makeStream()
    let task = Task {
      for try await delta in provider.stream(question) {
        if case .text(let text) = delta { hear.yield(text) }
      }
    }
    for await text in heard {
      #expect(text == "Hel")
      break
    }
    task.cancel()
    _ = await task.result
    while transport.closed == 0 { await Task.yield() }
    #expect(transport.closed == 1)
  }

  @Test("ROUTE-10 Tokens are counted by the server, else estimated on the high side")
  func count() async throws {
    let transport = ScriptedTransport([
      .text(#"{"input_tokens": 14}"#), .text("{}", status: 500), .failing(.refused("x")),
    ])
    let provider = provider(transport)
    #expect(await provider.countTokens(question) == TokenCount(tokens: 14, estimated: false))
    let sent = try #require(transport.requests.first)
    #expect(sent.url.hasSuffix("/v1/messages/count_tokens"))
    #expect(!sent.text.contains("max_tokens") && !sent.text.contains("stream"))
    for _ in 0..<2 {
      let count = await provider.countTokens(question)
      #expect(count.estimated && count.tokens >= 1)
    }
  }

  @Test("ROUTE-10 Health asks for the model and learns its window")
  func health() async throws {
    let info =
      #"{"type":"model","id":"claude-haiku-5-5","lifecycle":"active","max_input_tokens":700000,"max_tokens":64000}"#
    let transport = ScriptedTransport([
      .text(info), .text(#"{"id":"claude-haiku-5-5","lifecycle":"retired"}"#), .text("{}", status: 404),
      .text(#"{"error":{"message":"invalid x-api-key"}}"#, status: 401), .failing(.refused("port 1")), .text("<html>"),
    ])
    let provider = provider(transport)
    let ready = await provider.checkHealth()
    #expect(ready == ProviderHealth(route: .claude, model: "claude-haiku-5-5", state: .ready, window: 700_000))
    #expect(provider.capabilities.maximumOutput == 64_000)
    #expect(transport.requests.first?.url == "http://127.0.0.1:1/v1/models/claude-haiku-5-5")
    for words in ["retired", "no model", "key is refused", "refuses connections", "not the Messages API"] {
      guard case .out(let reason) = await provider.checkHealth().state else {
        Issue.record("must be out")
        continue
      }
      #expect(reason.contains(words))
    }
  }
}
