import Foundation
import JarvisAPI
import JarvisHTTP
import Testing

@testable import JarvisModels

@Suite struct OpenAIStreamTests {
  private let question = ModelRequest(system: "s", messages: [.user(results: [], text: "hi")])

  private func outcome(_ pieces: [[UInt8]], end: ScriptedTransport.Answer.End = .complete, window: Int? = nil) async
    -> Outcome
  {
    let provider = OpenAICompatibleProvider(
      base: "http://127.0.0.1:1", model: "m", window: window,
      transport: ScriptedTransport([.init(pieces: pieces, end: end)]),
      now: { Date.distantPast })
    return await Outcome(provider.stream(question))
  }
  private func outcome(_ text: String) async -> Outcome { await outcome([Array(text.utf8)]) }

  @Test("ROUTE-08 ROUTE-10 Text, thinking under its three names, usage and the end, at every split")
  func everySplit() async throws {
    let script =
      ChunkScript.role + ": ping\n\n" + ChunkScript.chunk(#"{"reasoning_content":"a"}"#)
      + ChunkScript.chunk(#"{"reasoning":"b"}"#)
      + ChunkScript.chunk(#"{"thinking":"c","content":""}"#) + ChunkScript.content("<th")
      + ChunkScript.content("ink>d</thi")
      + ChunkScript.content("nk>\\n\\nGrüße ") + ChunkScript.content("🚀 \\u20ac")
      + ChunkScript.chunk("{}", finish: "stop")
      + ChunkScript.usage + ChunkScript.done
    let bytes = Array(script.utf8)
    let whole = await outcome([bytes])
    #expect(whole.text == "Grüße 🚀 €" && whole.thinking == "abcd")
    let finish = try #require(whole.finish)
    #expect(finish.reason == .endTurn && finish.text == "Grüße 🚀 €" && finish.raw == nil)
    #expect(finish.usage == TokenUsage(input: 10, cacheRead: 30, output: 9))
    for (place, pieces) in Splits.everywhere(bytes).enumerated() {
      #expect(await outcome(pieces) == whole, "cut at byte \(place)")
    }
    #expect(await outcome(Splits.singleBytes(bytes)) == whole)
  }

  @Test("ROUTE-08 A character split over two chunks is put together; bytes that are none become U+FFFD")
  func brokenCharacters() async {
    func chunk(_ bytes: [UInt8]) -> [UInt8] {
      Array(#"data: {"choices":[{"delta":{"content":""#.utf8) + bytes + Array(#""}}]}"#.utf8) + [10, 10]
    }
    let pieces = [
      chunk([0x61, 0xE2, 0x82]), chunk([0xAC, 0xFF]), chunk([0xF0, 0x9F]), chunk([0x62]), chunk([0xC3]),
      Array((ChunkScript.chunk("{}", finish: "stop") + ChunkScript.done).utf8),
    ]
    #expect(await outcome(pieces).text == "a€\u{FFFD}\u{FFFD}b\u{FFFD}")
  }

  @Test("ROUTE-10 Tool calls are gathered by index, whole or in pieces, with or without ids")
  func calls() async {
    let script =
      ChunkScript.chunk(
        #"{"tool_calls":[{"index":0,"id":"x1","type":"function","function":{"name":"list_guests","arguments":""}}]}"#)
      + ChunkScript.chunk(#"{"tool_calls":[{"index":0,"function":{"arguments":"{\"node\":"}}]}"#)
      + ChunkScript.chunk(#"{"tool_calls":[{"index":1,"function":{"name":"cluster_status"}}]}"#)
      + ChunkScript.chunk(#"{"tool_calls":[{"index":0,"function":{"arguments":" \"ä\"}"}}]}"#)
      + ChunkScript.chunk(#"{"tool_calls":[{"index":2,"function":{"name":"node_status","arguments":{"node":"pve"}}}]}"#)
      + ChunkScript.chunk("{}", finish: "stop") + ChunkScript.done
    let outcome = await outcome(script)
    #expect(
      outcome.calls == [
        ToolCallRequest(id: "x1", name: "list_guests", arguments: #"{"node": "ä"}"#),
        ToolCallRequest(id: "call_1_1", name: "cluster_status", arguments: "{}"),
        ToolCallRequest(id: "call_1_2", name: "node_status", arguments: #"{"node":"pve"}"#),
      ])
    #expect(outcome.finish?.reason == .toolUse && outcome.finish?.calls == outcome.calls)
  }

  @Test("ROUTE-10 Each finish reason is told apart; a full window is not a long answer")
  func reasons() async {
    let cases: [(String, ModelFinish.Reason)] = [
      ("stop", .endTurn), ("length", .maximumTokens), ("tool_calls", .toolUse),
      ("content_filter", .refusal(category: nil)),
      ("abort", .other("abort")),
    ]
    for (word, reason) in cases {
      #expect(await outcome(ChunkScript.answer(["x"], finish: word)).finish?.reason == reason)
    }
    let full = await outcome([Array(ChunkScript.answer(["x"], finish: "length").utf8)], window: 49)
    #expect(full.finish?.reason == .windowExceeded)
  }

  @Test("ROUTE-10 A stream without an end is cut; without [DONE] or without usage it is whole all the same")
  func ends() async {
    let cut = await outcome(ChunkScript.role + ChunkScript.content(String(repeating: "word ", count: 80)))
    #expect(cut.error?.kind == .cut && cut.error?.afterFirstDelta == true)
    #expect((cut.error?.usage.output ?? 0) >= 80)
    let bare = await outcome(ChunkScript.content("hi there") + ChunkScript.chunk("{}", finish: "stop"))
    #expect(bare.text == "hi there" && bare.finish?.usage.output == TokenEstimate.tokens("hi there"))
    let broken = await outcome([Array(ChunkScript.role.utf8)], end: .failure(.cut("reset")))
    #expect(broken.error?.kind == .cut && broken.error?.afterFirstDelta == false)
  }

  @Test("ROUTE-02 Errors inside a stream")
  func streamErrors() async {
    let overflow =
      #"data: {"error":{"code":400,"message":"too big","type":"exceed_context_size_error","n_ctx":4096}}"# + "\n\n"
    #expect(await outcome(overflow).error?.kind == .contextOverflow)
    #expect(
      await outcome(ChunkScript.role + #"data: {"error":"CUDA out of memory"}"# + "\n\n").error?.kind
        == .server(status: 500))
    #expect(await outcome("data: {\"choices\":\n\n").error?.kind == .malformed)
    // llama.cpp names the event and puts the error at the top.
    #expect(
      await outcome("event: error\ndata: {\"code\":503,\"message\":\"x\",\"type\":\"unavailable_error\"}\n\n").error?
        .kind == .server(status: 503))
  }

  @Test("ROUTE-08 What one answer teaches about the template helps the next one")
  func learns() async {
    let thought = String(repeating: "hm ", count: 120)
    let answer = ScriptedTransport.Answer.text(ChunkScript.answer([thought, "</think>", "Yes"]))
    let provider = OpenAICompatibleProvider(
      base: "http://127.0.0.1:1", model: "m", transport: ScriptedTransport([answer, answer]), now: { Date.distantPast })
    let first = await Outcome(provider.stream(question))
    #expect(first.finish?.text == "Yes", "what stays is right even where too much was shown")
    let second = await Outcome(provider.stream(question))
    #expect(second.text == "Yes" && second.thinking == thought)
  }
}
