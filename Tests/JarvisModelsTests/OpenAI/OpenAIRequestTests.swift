import JarvisAPI
import Testing

@testable import JarvisModels

@Suite struct OpenAIRequestTests {
  private let tool = ToolSchema(name: "cluster_status", description: "State", inputSchema: ["type": "object"])

  private func body(
    _ messages: [ModelMessage], tools: [ToolSchema] = [], choice: ModelRequest.ToolChoice = .auto,
    server: LocalServer = .llamaCpp
  ) -> String {
    let request = ModelRequest(system: "You.", tools: tools, messages: messages, toolChoice: choice)
    return String(
      decoding: OpenAIRequest(model: "qwen", server: server, request: request).body(maximumOutput: 512), as: UTF8.self)
  }

  @Test("ROUTE-10 The whole body of a first turn, thinking switched off, usage asked for")
  func firstTurn() {
    #expect(
      body([.user(results: [], text: "hi")])
        == #"{"model":"qwen","messages":[{"role":"system","content":"You."},{"role":"user","content":"hi"}],"#
        + #""chat_template_kwargs":{"enable_thinking":false},"max_tokens":512,"stream":true,"#
        + #""stream_options":{"include_usage":true}}"#)
    #expect(body([.user(results: [], text: "hi")], server: .ollama).contains(#""reasoning_effort":"none""#))
  }

  @Test("ROUTE-10 Calls and results in the shape of functions")
  func tools() throws {
    let history: [ModelMessage] = [
      .user(results: [], text: "q"),
      .assistant(
        text: "",
        calls: [
          ToolCallRequest(id: "a", name: "cluster_status", arguments: "{"),
          ToolCallRequest(id: "b", name: "x", arguments: "{}"),
        ],
        raw: RawContent(model: "claude", json: "[]")),
      .user(results: [ToolResult(id: "b", content: "B")], text: "and?"),
    ]
    let json = try JSONValue(parsing: body(history, tools: [tool], choice: .none))
    #expect(json["tool_choice"] == "none")
    #expect(
      json["tools"]
        == [
          [
            "type": "function",
            "function": ["name": "cluster_status", "description": "State", "parameters": ["type": "object"]],
          ]
        ])
    let messages = try #require(json["messages"]?.array)
    #expect(messages.map { $0["role"]?.string } == ["system", "user", "assistant", "tool", "tool", "user"])
    #expect(messages[2]["tool_calls"]?.array?.first?["function"]?["arguments"] == #"{"INVALID_JSON":"{"}"#)
    #expect(messages[3]["tool_call_id"] == "a" && messages[3]["content"]?.string == History.missingResult)
    #expect(messages[4]["content"] == "B")
  }

  @Test("ROUTE-09 Without tools the local model gets talk only, roles alternating")
  func talk() throws {
    let history: [ModelMessage] = [
      .user(results: [], text: "restart pihole"),
      .assistant(
        text: "I look first.", calls: [ToolCallRequest(id: "a", name: "guest_status", arguments: "{}")], raw: nil),
      .user(results: [ToolResult(id: "a", content: "secret facts")], text: ""),
      .assistant(text: "Done.", calls: [], raw: nil),
      .user(results: [], text: "thanks"),
    ]
    let text = body(history)
    #expect(!text.contains("guest_status") && !text.contains("secret facts") && !text.contains("tool"))
    let messages = try #require(try JSONValue(parsing: text)["messages"]?.array)
    #expect(messages.map { $0["role"]?.string } == ["system", "user", "assistant", "user"])
    #expect(messages[2]["content"] == "I look first.\n\nDone.")
  }
}
