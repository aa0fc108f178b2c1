import Foundation
import JarvisAPI
import JarvisTestSupport
import Testing

@testable import JarvisModels

@Suite struct AnthropicTypesTests {
  @Test(
    "ROUTE-10 Every body that the adapter sends is legal by the official SDK's types",
    .enabled(if: PythonPart.isAvailable, Comment(rawValue: PythonPart.missing)))
  func legal() throws {
    let call = ToolCallRequest(id: "toolu_01", name: "list_guests", arguments: #"{"node": "agent"}"#)
    let broken = ToolCallRequest(id: "toolu_02", name: "list_guests", arguments: "{\"no")
    let tools = [ToolSchema(name: "list_guests", description: "d", inputSchema: ["type": "object"])]
    let histories: [[ModelMessage]] = [
      [.user(results: [], text: "hi")],
      [
        .user(results: [], text: "hi"), .assistant(text: "a", calls: [call, broken], raw: nil),
        .user(results: [], text: "stop"),
      ],
      [
        .user(results: [], text: "hi"),
        .assistant(
          text: "", calls: [call], raw: RawContent(model: "claude-opus-5-5", json: MessagesScript.toolsContent)),
        .user(results: [ToolResult(id: "toolu_01", content: "", isError: true)], text: "and?"),
      ],
    ]
    var bodies: [String] = []
    for model in ["claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-4-5"] {
      for history in histories {
        for choice in [ModelRequest.ToolChoice.auto, .none] {
          let request = ModelRequest(system: "You.", tools: tools, messages: history, toolChoice: choice)
          let body = AnthropicRequest(model: model, thinking: ClaudeModel.named(model).thinking, request: request)
          bodies.append(String(decoding: body.body(maximumOutput: 100), as: UTF8.self))
        }
      }
    }
    // The judge itself must refuse what is wrong.
    let wrong = [
      #"{"model":"m","max_tokens":1,"stream":true,"messages":[],"temperature":0.5}"#, #"{"model":"m","stream":true}"#,
    ]
    let script = try PythonPart.start("check_messages_request.py")
    for (index, body) in (bodies + wrong).enumerated() {
      try script.write(body)
      let line = try #require(try script.line())
      let problem = try JSONValue(parsing: line)["problem"]?.string
      #expect((problem == nil) == (index < bodies.count), "\(problem ?? "accepted") \(body)")
    }
    try script.stop()
  }
}
