import Foundation
import JarvisAPI

@testable import JarvisSimulator

/// Requests as a client would send them, and answers read without a server.
enum Wire {
  static func anthropic(
    _ body: JSONValue, path: String = "/v1/messages", headers: [(name: String, value: String)]? = nil
  ) -> SimulatedRequest {
    SimulatedRequest(
      method: "POST", path: path, rawPath: path, query: [],
      headers: headers ?? [("x-api-key", "sk-test"), ("anthropic-version", "2026-10-21")], body: Array(body.text.utf8))
  }

  static func chat(_ body: JSONValue, path: String = "/v1/chat/completions") -> SimulatedRequest {
    SimulatedRequest(method: "POST", path: path, rawPath: path, query: [], headers: [], body: Array(body.text.utf8))
  }

  static func get(_ path: String, headers: [(name: String, value: String)] = []) -> SimulatedRequest {
    SimulatedRequest(method: "GET", path: path, rawPath: path, query: [], headers: headers, body: [])
  }

  static func bytes(_ response: SimulatedResponse) async -> [UInt8] {
    switch response.body {
    case .bytes(let bytes), .cut(let bytes): return bytes
    case .stream(let stream):
      var all: [UInt8] = []
      for await piece in stream { all += piece }
      return all
    case .none, .hangUp, .silence: return []
    }
  }

  static func text(_ response: SimulatedResponse) async -> String {
    String(decoding: await bytes(response), as: UTF8.self)
  }

  static func json(_ response: SimulatedResponse) async throws -> JSONValue {
    try JSONValue(parsing: await text(response))
  }

  /// The `data:` objects of a stream with the names of their events; `[DONE]` and comments are left out.
  static func events(_ response: SimulatedResponse) async throws -> [(name: String, data: JSONValue)] {
    try await text(response).components(separatedBy: "\n\n").compactMap { block in
      let lines = block.split(separator: "\n")
      guard let data = lines.first(where: { $0.hasPrefix("data: ") })?.dropFirst(6), data != "[DONE]" else {
        return nil
      }
      let name = lines.first { $0.hasPrefix("event: ") }?.dropFirst(7) ?? ""
      return (String(name), try JSONValue(parsing: String(data)))
    }
  }

  /// A message put together from its stream as a client does it.
  static func message(_ events: [(name: String, data: JSONValue)]) -> (content: [JSONValue], stop: String?) {
    var blocks: [[String: JSONValue]] = []
    var arguments: [Int: String] = [:]
    var stop: String?
    for (name, data) in events {
      let index = data["index"]?.int ?? 0
      switch name {
      case "content_block_start": blocks.append(data["content_block"]?.object ?? [:])
      case "content_block_delta":
        for (kind, field) in [("text", "text"), ("thinking", "thinking"), ("signature", "signature")] {
          if let more = data["delta"]?[kind]?.string {
            blocks[index][field] = .string((blocks[index][field]?.string ?? "") + more)
          }
        }
        if let more = data["delta"]?["partial_json"]?.string { arguments[index, default: ""] += more }
      case "content_block_stop":
        if let text = arguments[index] {
          // Broken arguments stay what the block began with.
          blocks[index]["input"] = (try? JSONValue(parsing: text.isEmpty ? "{}" : text)) ?? [:]
        }
      case "message_delta": stop = data["delta"]?["stop_reason"]?.string
      default: break
      }
    }
    return (blocks.map { .object($0) }, stop)
  }

  static let toolSchemas: JSONValue = .array(
    PretendCluster.tools.map { tool in
      [
        "name": .string(tool.name), "description": "A tool of the test.",
        "input_schema": [
          "type": "object",
          "properties": .object(Dictionary(uniqueKeysWithValues: tool.properties.map { ($0, ["type": "string"]) })),
          "required": .array(tool.required.sorted().map { .string($0) }),
        ],
      ]
    })

  static func ask(_ text: String, model: String = "claude-sonnet-5-5", stream: Bool = true, tools: Bool = true)
    -> JSONValue
  {
    var fields: [String: JSONValue] = [
      "model": .string(model), "max_tokens": 4_000, "stream": .bool(stream), "system": "You are Jarvis.",
      "messages": [["role": "user", "content": .string(text)]],
    ]
    if tools { fields["tools"] = toolSchemas }
    return .object(fields)
  }

  static func merged(_ body: JSONValue, _ fields: [String: JSONValue]) -> JSONValue {
    .object((body.object ?? [:]).merging(fields) { $1 })
  }
}

extension AnthropicService {
  /// A service that answers at once.
  static func quick(now: @escaping @Sendable () -> Date = { Date(timeIntervalSince1970: 1_795_000_000) })
    -> AnthropicService
  {
    AnthropicService(pace: .immediate, now: now, seed: 1)
  }
}

extension OpenAICompatibleService {
  static func quick(_ options: LocalModelOptions = LocalModelOptions()) -> OpenAICompatibleService {
    OpenAICompatibleService(options, pace: .immediate, now: { Date(timeIntervalSince1970: 1_795_000_000) }, seed: 1)
  }
}
