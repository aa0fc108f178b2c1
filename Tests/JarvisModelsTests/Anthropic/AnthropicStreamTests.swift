import Foundation
import JarvisAPI
import JarvisHTTP
import Testing

@testable import JarvisModels

@Suite struct AnthropicStreamTests {
  private func outcome(_ pieces: [[UInt8]], end: ScriptedTransport.Answer.End = .complete) async -> Outcome {
    let transport = ScriptedTransport([.init(pieces: pieces, end: end)])
    let provider = AnthropicProvider(
      model: "claude-sonnet-5-5", key: APIKey("sk-ant-test"), transport: transport, now: { Date.distantPast })
    return await Outcome(provider.stream(ModelRequest(system: "s", messages: [.user(results: [], text: "hi")])))
  }

  @Test("FOUND-04 ROUTE-10 A streamed turn with thinking, text and two calls is read to the letter")
  func readsTools() async throws {
    let outcome = await outcome([Array(MessagesScript.tools.utf8)])
    #expect(outcome.error == nil)
    #expect(outcome.text == "Ich sehe nach 🚀 – gleich.")
    #expect(outcome.thinking == "Prüfe zuerst \"tank\"\n")
    #expect(
      outcome.calls == [
        ToolCallRequest(id: "toolu_01", name: "list_guests", arguments: #"{"node": "agent", "limit": 1.0}"#),
        ToolCallRequest(id: "toolu_02", name: "cluster_status", arguments: "{}"),
      ])
    let finish = try #require(outcome.finish)
    #expect(finish.reason == .toolUse)
    #expect(finish.raw?.json == MessagesScript.toolsContent)
    #expect(finish.raw?.model == "claude-sonnet-5-5")
    #expect(finish.calls == outcome.calls)
    #expect(outcome.deltas.last == .finished(finish))
  }

  @Test("ROUTE-10 A stream cut into two pieces at any byte, or into single bytes, gives the same answer")
  func everySplit() async {
    let bytes = Array(MessagesScript.tools.utf8)
    let whole = await outcome([bytes])
    for (place, pieces) in Splits.everywhere(bytes).enumerated() {
      let split = await outcome(pieces)
      #expect(split == whole, "cut at byte \(place)")
    }
    #expect(await outcome(Splits.singleBytes(bytes)) == whole)
    let carriageReturns = Array(MessagesScript.tools.replacing("\n", with: "\r\n").utf8)
    #expect(await outcome(Splits.singleBytes(carriageReturns)) == whole)
  }

  @Test("ROUTE-04 Usage is cumulative: replaced, never added, with the lifetimes of the cache from the start only")
  func usage() async {
    let outcome = await outcome([Array(MessagesScript.tools.utf8)])
    let expected = TokenUsage(input: 25, cacheWrite5m: 300, cacheWrite1h: 600, cacheRead: 4_000, output: 89)
    #expect(outcome.finish?.usage == expected)
    let usages = outcome.deltas.compactMap { if case .usage(let usage) = $0 { usage } else { nil } }
    #expect(usages.map(\.output) == [1, 89])
  }

  @Test("FOUND-04 Every stop reason is told apart")
  func stopReasons() async {
    let cases: [(String, ModelFinish.Reason)] = [
      ("end_turn", .endTurn), ("tool_use", .toolUse), ("max_tokens", .maximumTokens), ("stop_sequence", .stopSequence),
      ("pause_turn", .pause), ("refusal", .refusal(category: nil)), ("model_context_window_exceeded", .windowExceeded),
      ("compaction", .other("compaction")),
    ]
    for (word, reason) in cases {
      let outcome = await outcome([Array(MessagesScript.answer(word).utf8)])
      #expect(outcome.finish?.reason == reason)
      #expect(outcome.text == "done")
    }
    let cyber = MessagesScript.answer("refusal", more: #","stop_details":{"type":"refusal","category":"cyber"}"#)
    #expect(await outcome([Array(cyber.utf8)]).finish?.reason == .refusal(category: "cyber"))
  }

  @Test("ROUTE-04 A stream that ends anywhere before message_stop is cut, with the usage known so far")
  func cut() async {
    let bytes = Array(MessagesScript.tools.utf8)
    let complete = bytes.count - 1
    for length in stride(from: 0, to: complete, by: 7) {
      let outcome = await outcome([Array(bytes[..<length])])
      #expect(outcome.finish == nil)
      #expect(outcome.error?.kind == .cut, "ended after \(length) bytes")
      #expect(outcome.error?.afterFirstDelta == !(outcome.text + outcome.thinking).isEmpty)
    }
    // Everything but the end: the prompt is known, the output is at least what was received.
    let late = await outcome([Array(bytes[..<(MessagesScript.tools.utf8.count - 400)])])
    #expect(late.error?.usage.prompt == 4_925)
    #expect((late.error?.usage.output ?? 0) >= TokenEstimate.tokens(late.text + late.thinking))
    let broken = await outcome([Array(bytes[..<800])], end: .failure(.cut("reset by peer")))
    #expect(broken.error?.kind == .cut)
    #expect(broken.error?.reason.contains("reset by peer") == true)
  }

  @Test("ROUTE-02 An error event after 200 has its own meaning")
  func errorAfterStart() async {
    let cases: [(String, ProviderError.Kind)] = [
      ("overloaded_error", .overloaded), ("api_error", .server(status: 500)),
      ("rate_limit_error", .rateLimited(retryAfter: nil)),
      ("timeout_error", .timeout), ("authentication_error", .unauthorised), ("billing_error", .billing),
      ("invalid_request_error", .invalidRequest), ("not_found_error", .modelMissing),
      ("new_error", .server(status: 500)),
    ]
    for (type, kind) in cases {
      let event = MessagesScript.event(
        "error", #"{"type":"error","error":{"type":"\#(type)","message":"Sorry"},"request_id":"req_9"}"#)
      let early = await outcome([Array((MessagesScript.start + event).utf8)])
      #expect(early.error?.kind == kind)
      #expect(early.error?.reason == "Sorry (request req_9)")
      #expect(early.error?.afterFirstDelta == false)
      #expect(early.error?.usage.input == 25)
      let late = await outcome([Array((MessagesScript.start + MessagesScript.text(0, ["Hm"]) + event).utf8)])
      #expect(late.error?.afterFirstDelta == true)
    }
  }

  @Test("FOUND-04 Arguments cut by the token limit stay as the model wrote them, and the history stays legal JSON")
  func brokenArguments() async throws {
    let script =
      MessagesScript.start
      + MessagesScript.event(
        "content_block_start",
        #"{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"task_log","input":{}}}"#
      )
      + MessagesScript.event(
        "content_block_delta",
        #"{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"upid\": \"UPI"}}"#
      )
      + MessagesScript.end(0) + MessagesScript.delta("max_tokens", output: 3) + MessagesScript.stop
    let finish = try #require(await outcome([Array(script.utf8)]).finish)
    #expect(finish.calls.first?.arguments == #"{"upid": "UPI"#)
    #expect(
      finish.raw?.json
        == #"[{"type":"tool_use","id":"t","name":"task_log","input":{"INVALID_JSON":"{\"upid\": \"UPI"}}]"#)
  }

  @Test("FOUND-04 Redacted thinking, citations and blocks of unknown kinds come back as they were written")
  func unknownBlocks() async throws {
    let redacted = #"{"type":"redacted_thinking","data":"EmwKAhgB/+=="}"#
    let unknown = #"{"type":"future_block","n": 1e2 ,"deep":{"z":[1.50,null],"a":"\u00e4"}}"#
    let script =
      MessagesScript.start
      + [redacted, unknown].enumerated().map { index, block in
        MessagesScript.event(
          "content_block_start", #"{"type":"content_block_start","index":\#(index),"content_block":\#(block)}"#)
          + MessagesScript.end(index)
      }.joined()
      + MessagesScript.event(
        "content_block_start",
        #"{"type":"content_block_start","index":2,"content_block":{"citations":[],"type":"text","text":"a"}}"#)
      + MessagesScript.event(
        "content_block_delta",
        #"{"type":"content_block_delta","index":2,"delta":{"type":"citations_delta","citation":{"cited_text":"x","n":2.0}}}"#
      )
      + MessagesScript.end(2) + MessagesScript.delta("end_turn", output: 3) + MessagesScript.stop
    let finish = try #require(await outcome([Array(script.utf8)]).finish)
    #expect(
      finish.raw?.json
        == #"[{"type":"redacted_thinking","data":"EmwKAhgB/+=="},{"type":"future_block","n":1e2,"deep":{"z":[1.50,null],"a":"\u00e4"}},"#
        + #"{"citations":[{"cited_text":"x","n":2.0}],"type":"text","text":"a"}]"#)
  }

  @Test("ROUTE-10 What is no event stream is malformed, not an empty answer")
  func malformed() async {
    let broken = await outcome([Array("event: message_start\ndata: {\"type\":\n\n".utf8)])
    #expect(broken.error?.kind == .malformed)
    let page = await outcome([Array("<html>captive portal</html>\n\n".utf8)])
    #expect(page.error?.kind == .cut)
  }
}
