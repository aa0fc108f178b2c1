import Foundation
import JarvisAPI
import Testing

@testable import JarvisModels

@Suite struct AnthropicRequestTests {
  private let tools = [
    ToolSchema(
      name: "list_guests", description: "All guests, \"filtered\"",
      inputSchema: ["type": "object", "properties": ["node": ["type": "string"]], "additionalProperties": false]),
    ToolSchema(name: "cluster_status", description: "State", inputSchema: ["type": "object"]),
  ]

  private func body(
    _ messages: [ModelMessage], model: String = "claude-sonnet-5-5", choice: ModelRequest.ToolChoice = .auto,
    system: String = "You.",
    tools: [ToolSchema]? = nil
  ) -> String {
    let request = ModelRequest(system: system, tools: tools ?? self.tools, messages: messages, toolChoice: choice)
    return String(
      decoding: AnthropicRequest(model: model, thinking: ClaudeModel.named(model).thinking, request: request)
        .body(maximumOutput: 100), as: UTF8.self)
  }

  @Test("ROUTE-10 The whole body of a first turn")
  func firstTurn() {
    #expect(
      body([.user(results: [], text: "hi \u{1}")])
        == #"{"model":"claude-sonnet-5-5","max_tokens":100,"stream":true,"thinking":{"type":"between_tools"},"tools":["#
        + #"{"name":"list_guests","description":"All guests, \"filtered\"","input_schema":{"additionalProperties":false,"#
        + #""properties":{"node":{"type":"string"}},"type":"object"}},"#
        + #"{"name":"cluster_status","description":"State","input_schema":{"type":"object"},"#
        + #""cache_control":{"type":"ephemeral","ttl":"1h"}}],"#
        + #""system":[{"type":"text","text":"You.","cache_control":{"type":"ephemeral","ttl":"1h"}}],"#
        + #""messages":[{"role":"user","content":[{"type":"text","text":"hi \u0001","cache_control":{"type":"ephemeral"}}]}]}"#
    )
  }

  @Test("FOUND-04 An assistant's content goes back byte-equal to the model it came from")
  func byteEqual() throws {
    let raw = RawContent(model: "claude-sonnet-5-5", json: MessagesScript.toolsContent)
    let history: [ModelMessage] = [
      .user(results: [], text: "hi"),
      .assistant(
        text: "Ich sehe nach 🚀 – gleich.",
        calls: [
          ToolCallRequest(id: "toolu_01", name: "list_guests", arguments: #"{"node": "agent", "limit": 1.0}"#),
          ToolCallRequest(id: "toolu_02", name: "cluster_status", arguments: "{}"),
        ], raw: raw),
      .user(results: [ToolResult(id: "toolu_01", content: "[]"), ToolResult(id: "toolu_02", content: "{}")], text: ""),
    ]
    #expect(body(history).contains(#"{"role":"assistant","content":"# + MessagesScript.toolsContent + "}"))
    // Another model gets what was said and asked for, without thinking it cannot read.
    let other = body(history, model: "claude-haiku-5-5")
    #expect(!other.contains("EqQBCgIYAhIM"))
    #expect(
      other.contains(
        #"{"type":"tool_use","id":"toolu_01","name":"list_guests","input":{"node": "agent", "limit": 1.0}}"#))
    // So does content that a broken disk made unreadable.
    var broken = history
    broken[1] = .assistant(text: "Gleich.", calls: [], raw: RawContent(model: "claude-sonnet-5-5", json: "[{"))
    #expect(body(broken).contains(#"{"role":"assistant","content":[{"type":"text","text":"Gleich."}]}"#))
  }

  @Test("FOUND-04 Tools and system text are the same bytes in every turn of a conversation")
  func fixedPrefix() throws {
    let first = body([.user(results: [], text: "one")])
    let later = body([
      .user(results: [], text: "one"), .assistant(text: "1", calls: [], raw: nil), .user(results: [], text: "two"),
    ])
    let end = try #require(first.range(of: #""messages":"#)).lowerBound
    #expect(later.hasPrefix(String(first[..<end])))
    // The last step forbids tools but keeps the list.
    let last = body([.user(results: [], text: "one")], choice: .none)
    #expect(last.contains(#""tool_choice":{"type":"none"}"#))
    #expect(last.contains(#""name":"cluster_status""#))
  }

  @Test(
    "FOUND-04 Every call is answered in the very next user message, results before text, by an error where none is known"
  )
  func everyCallAnswered() throws {
    let calls = [
      ToolCallRequest(id: "a", name: "list_guests", arguments: "{}"),
      ToolCallRequest(id: "b", name: "cluster_status", arguments: ""),
    ]
    let histories: [[ModelMessage]] = [
      // Cancelled before any result.
      [.user(results: [], text: "q"), .assistant(text: "", calls: calls, raw: nil), .user(results: [], text: "go on")],
      // One result of two, in a message of its own.
      [
        .user(results: [], text: "q"), .assistant(text: "", calls: calls, raw: nil),
        .user(results: [ToolResult(id: "a", content: "x"), ToolResult(id: "stray", content: "y")], text: ""),
        .user(results: [], text: "go on"),
      ],
      // A crash: the history ends with the call, or another assistant follows.
      [.user(results: [], text: "q"), .assistant(text: "", calls: calls, raw: nil)],
      [
        .user(results: [], text: "q"), .assistant(text: "", calls: calls, raw: nil),
        .assistant(text: "later", calls: [], raw: nil),
        .user(results: [], text: "go on"),
      ],
    ]
    for history in histories {
      let json = try JSONValue(parsing: body(history))
      let messages = try #require(json["messages"]?.array)
      let roles = messages.map { $0["role"]?.string }
      #expect(zip(roles, roles.dropFirst()).allSatisfy { $0 != $1 }, "roles alternate: \(roles)")
      let index = try #require(
        messages.firstIndex { $0["content"]?.array?.contains { $0["type"] == "tool_use" } == true })
      let answer = try #require(messages[index + 1]["content"]?.array)
      #expect(answer.prefix(2).map { $0["tool_use_id"]?.string } == ["a", "b"])
      #expect(answer.prefix(2).allSatisfy { $0["type"] == "tool_result" })
      #expect(answer.dropFirst(2).allSatisfy { $0["type"] == "text" })
      #expect(answer[1]["is_error"] == true)
      #expect(!body(history).contains("stray"))
    }
  }

  @Test("ROUTE-10 Four cache breakpoints, the long ones first: tools, system text, the last two user messages")
  func breakpoints() throws {
    var history: [ModelMessage] = []
    for step in 0..<30 {
      history += [.user(results: [], text: "q\(step)"), .assistant(text: "a\(step)", calls: [], raw: nil)]
    }
    history.append(.user(results: [], text: "end"))
    let text = body(history)
    #expect(text.components(separatedBy: "cache_control").count - 1 == 4)
    #expect(text.contains(#"{"type":"text","text":"q29","cache_control":{"type":"ephemeral"}}"#))
    #expect(text.hasSuffix(#"{"type":"text","text":"end","cache_control":{"type":"ephemeral"}}]}]}"#))
    // A conversation that goes on is kept for an hour: no long mark may come after a short one.
    var request = ModelRequest(system: "You.", messages: history)
    request.historyLifetime = .long
    let long = String(
      decoding: AnthropicRequest(model: "claude-sonnet-5-5", thinking: .omitted, request: request).body(
        maximumOutput: 100), as: UTF8.self)
    #expect(long.components(separatedBy: #""cache_control":{"type":"ephemeral","ttl":"1h"}"#).count - 1 == 3)
    // Without a system text the tools carry the long one.
    let bare = body([.user(results: [], text: "hi")], system: "")
    #expect(bare.contains(#""input_schema":{"type":"object"},"cache_control":{"type":"ephemeral","ttl":"1h"}}]"#))
    #expect(!bare.contains(#""system""#))
    // A message of results alone carries the mark on its last result.
    let results = body([
      .user(results: [], text: "q"),
      .assistant(text: "", calls: [ToolCallRequest(id: "a", name: "x", arguments: "{}")], raw: nil),
      .user(results: [ToolResult(id: "a", content: "r", isError: true)], text: " \n"),
    ])
    #expect(results.hasSuffix(#""content":"r","is_error":true,"cache_control":{"type":"ephemeral"}}]}]}"#))
  }

  @Test("ROUTE-10 Thinking is set as each model allows, and no sampling parameter is ever sent")
  func thinking() throws {
    let expected: [(String, JSONValue?)] = [
      ("claude-sonnet-5-5", ["type": "between_tools"]),
      ("claude-opus-5-5", ["type": "adaptive", "display": "summarized"]),
      ("claude-haiku-5-5", ["type": "adaptive", "display": "summarized"]), ("claude-haiku-4-5-20251001", nil),
      ("claude-unheard-of", nil),
    ]
    for (model, thinking) in expected {
      let json = try JSONValue(parsing: body([.user(results: [], text: "q")], model: model))
      #expect(json["thinking"] == thinking, "\(model)")
      for name in ["temperature", "top_p", "top_k", "tool_choice"] { #expect(json[name] == nil) }
    }
  }

  @Test("FOUND-04 A paused answer goes back as the last message, unchanged; empty answers are left out")
  func pausedAndEmpty() throws {
    let paused = body([
      .user(results: [], text: "q"),
      .assistant(
        text: "", calls: [],
        raw: RawContent(model: "claude-sonnet-5-5", json: #"[{"type":"server_tool_use","id":"s"}]"#)),
    ])
    #expect(paused.hasSuffix(#"{"role":"assistant","content":[{"type":"server_tool_use","id":"s"}]}]}"#))
    let empty = body([
      .user(results: [], text: "q"),
      .assistant(text: "", calls: [], raw: RawContent(model: "claude-sonnet-5-5", json: "[]")),
      .user(results: [], text: "again"),
    ])
    #expect(!empty.contains("assistant"))
  }
}
