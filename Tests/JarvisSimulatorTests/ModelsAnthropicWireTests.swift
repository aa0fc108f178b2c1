import Foundation
import JarvisAPI
import JarvisLock
import Testing

@testable import JarvisSimulator

@Suite("The simulated Messages API")
struct ModelsAnthropicWireTests {
  @Test("TEST-12 streams events in the API's order, with cumulative usage and the split of cache writes")
  func order() async throws {
    let response = await AnthropicService.quick().respond(to: Wire.anthropic(Wire.ask("hello")))
    #expect(response.status == 200)
    #expect(response.headers.contains { $0.name == "request-id" && $0.value.hasPrefix("req_01") })
    let events = try await Wire.events(response)
    var names = events.map(\.name)
    #expect(names.prefix(3) == ["message_start", "content_block_start", "ping"])
    #expect(names.suffix(2) == ["message_delta", "message_stop"])
    names.removeAll { $0 == "content_block_delta" }
    #expect(
      names == [
        "message_start", "content_block_start", "ping", "content_block_stop", "content_block_start",
        "content_block_stop",
        "message_delta", "message_stop",
      ])
    for (name, data) in events { #expect(data["type"]?.string == name) }
    #expect(events[0].data["message"]?["usage"]?["cache_creation"]?["ephemeral_5m_input_tokens"]?.int == 0)
    let last = events[events.count - 2].data
    #expect(last["usage"]?["cache_creation"] == nil)
    #expect((last["usage"]?["output_tokens"]?.int ?? 0) > 5)
    #expect(last["delta"]?["stop_reason"]?.string == "end_turn")
  }

  @Test("TEST-12 thinking is empty by default on the newest models, told where asked for, and signed")
  func thinking() async throws {
    let service = AnthropicService.quick()
    func thought(_ model: String, _ thinking: JSONValue?) async throws -> JSONValue? {
      let body = Wire.merged(Wire.ask("is everything ok?", model: model), thinking.map { ["thinking": $0] } ?? [:])
      let message = Wire.message(try await Wire.events(await service.respond(to: Wire.anthropic(body))))
      return message.content.first { $0["type"]?.string == "thinking" }
    }
    for model in ["claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-5-5"] {
      let silent = try await thought(model, nil)
      #expect(silent?["thinking"]?.string == "")
      #expect((silent?["signature"]?.string?.count ?? 0) > 20)
      let told = try await thought(model, ["type": "adaptive", "display": "summarized"])
      #expect(told?["thinking"]?.string?.contains("cluster_status") == true)
    }
    let between = try await thought("claude-sonnet-5-5", ["type": "between_tools"])
    #expect(between?["thinking"]?.string?.hasPrefix("Let me look at") == true)
    #expect(try await thought("claude-haiku-5-5", ["type": "disabled"]) == nil)
  }

  @Test("FOUND-04 a whole conversation with tools holds over the wire, byte-equal history accepted")
  func conversation() async throws {
    let service = AnthropicService.quick()
    var cluster = PretendCluster.standard
    var messages: [JSONValue] = [["role": "user", "content": "restart pihole, please"]]
    var answer = ""
    var partials = 0
    for _ in 0..<6 {
      let body = Wire.merged(Wire.ask(""), ["messages": .array(messages)])
      let response = await service.respond(to: Wire.anthropic(body))
      #expect(response.status == 200)
      let events = try await Wire.events(response)
      let message = Wire.message(events)
      messages.append(["role": "assistant", "content": .array(message.content)])
      guard message.stop == "tool_use" else {
        answer = message.content.compactMap { $0["text"]?.string }.joined()
        break
      }
      partials = max(partials, events.filter { $0.data["delta"]?["partial_json"] != nil }.count)
      let results = message.content.filter { $0["type"]?.string == "tool_use" }.map { block -> JSONValue in
        let call = MindCall(
          id: block["id"]?.string ?? "", tool: block["name"]?.string ?? "", arguments: block["input"]?.object ?? [:])
        let result = cluster.run(call)
        return [
          "type": "tool_result", "tool_use_id": .string(call.id), "content": .string(result.content),
          "is_error": .bool(result.isError),
        ]
      }
      messages.append(["role": "user", "content": .array(results)])
    }
    #expect(cluster.acted == ["reboot_guest pihole"])
    #expect(answer.contains("Done and verified"))
    #expect(partials >= 3)
  }

  @Test("TEST-12 a changed prefix breaks the thinking that was bound to it")
  func preservedThinking() async throws {
    let service = AnthropicService.quick()
    let first = Wire.ask("hello there")
    let reply = Wire.message(try await Wire.events(await service.respond(to: Wire.anthropic(first)))).content
    func send(_ edit: (inout [String: JSONValue]) -> Void, beta: Bool = false) async throws -> (Int, String) {
      var fields = first.object ?? [:]
      fields["messages"] = [
        ["role": "user", "content": "hello there"], ["role": "assistant", "content": .array(reply)],
        ["role": "user", "content": "thanks"],
      ]
      edit(&fields)
      var headers = [("x-api-key", "k"), ("anthropic-version", "2026-10-21")]
      if beta { headers.append(("anthropic-beta", "thinking-binding-controls-2026-08-01")) }
      let request = Wire.anthropic(.object(fields), headers: headers.map { (name: $0.0, value: $0.1) })
      let response = await service.respond(to: request)
      return (response.status, await Wire.text(response))
    }
    #expect(try await send { _ in }.0 == 200)
    // What says the same in other JSON is the same: shorthand and cache marks.
    #expect(
      try await send {
        $0["system"] = [
          ["type": "text", "text": "You are Jarvis.", "cache_control": ["type": "ephemeral", "ttl": "1h"]]
        ]
      }.0 == 200)
    for edit: (inout [String: JSONValue]) -> Void in [
      { $0["system"] = "You are Jarvis. It is noon." }, { $0["tools"] = [] },
      { $0["messages"] = .array([["role": "user", "content": "hello"]] + ($0["messages"]?.array ?? []).dropFirst()) },
    ] {
      let (status, text) = try await send(edit)
      #expect(status == 400)
      #expect(
        text.contains(
          "messages.1.content.0: Invalid `signature` in `thinking` block. The block is bound to a different conversation."
        ))
      let dropping: (inout [String: JSONValue]) -> Void = {
        edit(&$0)
        $0["thinking"] = ["type": "adaptive", "block_binding": ["prefix_mismatch_behavior": "drop_block"]]
      }
      #expect(try await send(dropping).0 == 400)
      #expect(try await send(dropping, beta: true).0 == 200)
      // Without any thinking the changed history is a new one.
      #expect(
        try await send {
          edit(&$0)
          $0["messages"] = .array(
            ($0["messages"]?.array ?? []).map { message in
              guard message["role"]?.string == "assistant" else { return message }
              return [
                "role": "assistant",
                "content": .array((message["content"]?.array ?? []).filter { $0["type"]?.string != "thinking" }),
              ]
            })
        }.0 == 200)
    }
    // Another model leaves the block aside.
    #expect(
      try await send {
        $0["system"] = "changed"
        $0["model"] = "claude-haiku-5-5"
      }.0 == 200)
    // A touched block is found out.
    let touched = try await send {
      var blocks = reply
      blocks[0] = .object((reply[0].object ?? [:]).merging(["thinking": "something else"]) { $1 })
      $0["messages"] = [
        ["role": "user", "content": "hello there"], ["role": "assistant", "content": .array(blocks)],
        ["role": "user", "content": "thanks"],
      ]
    }
    #expect(touched.0 == 400)
    #expect(touched.1.contains("cannot be modified"))
  }

  struct Refusal: Sendable {
    var edit: [String: JSONValue]
    var status: Int
    var part: String
    init(_ edit: [String: JSONValue], _ status: Int, _ part: String) {
      self.edit = edit
      self.status = status
      self.part = part
    }
  }

  static let call: JSONValue = ["type": "tool_use", "id": "toolu_1", "name": "list_nodes", "input": [:]]
  static let refusals: [Refusal] = [
    Refusal(["temperature": 1], 400, "temperature: Extra inputs are not permitted"),
    Refusal(["top_p": 0.5], 400, "top_p: Extra inputs are not permitted"),
    Refusal(["top_k": 5], 400, "top_k: Extra inputs are not permitted"),
    Refusal(["model": "claude-none"], 404, "model: claude-none"),
    Refusal(["max_tokens": .null], 400, "max_tokens: Field required"),
    Refusal(["max_tokens": 500_000], 400, "which is the maximum allowed number of output tokens"),
    Refusal(["messages": []], 400, "at least one message is required"),
    Refusal(["tool_choice": ["type": "any"]], 400, "tool_choice"),
    Refusal(["tool_choice": ["type": "tool", "name": "list_nodes"]], 400, "tool_choice"),
    Refusal(["thinking": ["type": "disabled"]], 400, "between_tools"),
    Refusal(
      ["thinking": ["type": "enabled", "budget_tokens": 2_000]], 400, "\\\"thinking.type.enabled\\\" is not supported"),
    Refusal(
      ["messages": [["role": "user", "content": "a"], ["role": "assistant", "content": "b"]]], 400,
      "does not support assistant message prefill"),
    Refusal(
      [
        "messages": [
          ["role": "user", "content": "a"], ["role": "assistant", "content": [call]], ["role": "user", "content": "b"],
        ]
      ],
      400,
      "messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: toolu_1. Each `tool_use` block must have a corresponding `tool_result` block in the next message."
    ),
    Refusal(
      [
        "messages": [
          ["role": "user", "content": "a"], ["role": "assistant", "content": [call]],
          [
            "role": "user",
            "content": [
              ["type": "text", "text": "first"], ["type": "tool_result", "tool_use_id": "toolu_1", "content": "x"],
            ],
          ],
        ]
      ], 400, "found without `tool_result` blocks immediately after"),
    Refusal(
      [
        "messages": [["role": "user", "content": [["type": "tool_result", "tool_use_id": "toolu_9", "content": "x"]]]]
      ], 400,
      "unexpected `tool_use_id` found in `tool_result` blocks: toolu_9"),
    Refusal(["messages": [["role": "user", "content": [["type": "text", "text": ""]]]]], 400, "must be non-empty"),
  ]

  @Test("TEST-12 refuses what the real API refuses, in its words", arguments: refusals)
  func refuses(_ refusal: Refusal) async throws {
    let body = Wire.merged(Wire.ask("hi"), refusal.edit)
    let response = await AnthropicService.quick().respond(to: Wire.anthropic(body))
    let text = await Wire.text(response)
    #expect(response.status == refusal.status, "\(text)")
    #expect(text.contains(refusal.part), "\(text)")
    #expect(try JSONValue(parsing: text)["request_id"]?.string?.hasPrefix("req_") == true)
  }

  @Test("TEST-12 asks for version and key, takes either header, lets sampling through in the old version")
  func headers() async throws {
    let service = AnthropicService(key: "right", pace: .immediate, bodyLimit: 2_000, seed: 1)
    func status(_ headers: [(name: String, value: String)], _ body: JSONValue = Wire.ask("hi", tools: false)) async
      -> Int
    {
      await service.respond(to: Wire.anthropic(body, headers: headers)).status
    }
    let version = (name: "anthropic-version", value: "2026-10-21")
    #expect(await status([("x-api-key", "right")]) == 400)
    #expect(await status([version]) == 401)
    #expect(await status([version, ("x-api-key", "wrong")]) == 401)
    #expect(await status([version, ("x-api-key", "right")]) == 200)
    #expect(await status([version, ("Authorization", "Bearer right")]) == 200)
    #expect(await status([("anthropic-version", "2027-01-01"), ("x-api-key", "right")]) == 400)
    let warm = Wire.merged(Wire.ask("hi", tools: false), ["temperature": 1])
    #expect(await status([("anthropic-version", "2023-06-01"), ("x-api-key", "right")], warm) == 200)
    #expect(await status([version, ("x-api-key", "right")], Wire.ask(String(repeating: "x", count: 3_000))) == 413)
  }

  @Test("TEST-12 limits end an answer with their reason")
  func limits() async throws {
    let service = AnthropicService.quick()
    func stop(_ edit: [String: JSONValue]) async throws -> (String?, String) {
      let body = Wire.merged(Wire.ask("what is ZFS ARC?", model: "claude-haiku-5-5"), edit)
      let message = Wire.message(try await Wire.events(await service.respond(to: Wire.anthropic(body))))
      return (message.stop, message.content.compactMap { $0["text"]?.string }.joined())
    }
    let whole = try await stop([:])
    #expect(whole.0 == "end_turn")
    let short = try await stop(["max_tokens": 30])
    #expect(short.0 == "max_tokens")
    #expect(whole.1.hasPrefix(short.1))
    #expect(short.1.count < whole.1.count)
    let stopped = try await stop(["stop_sequences": [" memory"]])
    #expect(stopped.0 == "stop_sequence")
    #expect(!stopped.1.contains(" memory"))
    #expect(try await stop(["max_tokens": 0]).0 == "max_tokens")
    let long = Wire.merged(
      Wire.ask("hi", model: "claude-haiku-4-5"),
      ["messages": [["role": "user", "content": .string(String(repeating: "word ", count: 180_000))]]])
    let refused = await service.respond(to: Wire.anthropic(long))
    #expect(refused.status == 400)
    #expect(await Wire.text(refused).contains("prompt is too long"))
  }

  @Test("TEST-12 prompt caching writes, reads, renews and forgets on a controlled clock")
  func caching() async throws {
    let clock = Guarded(Date(timeIntervalSince1970: 1_795_000_000))
    let service = AnthropicService.quick(now: { clock.withLock { $0 } })
    func usage(_ system: String, ttl: String, _ question: String = "hello") async throws -> JSONValue? {
      let body = Wire.merged(
        Wire.ask(question),
        [
          "system": [
            ["type": "text", "text": .string(system), "cache_control": ["type": "ephemeral", "ttl": .string(ttl)]]
          ]
        ])
      return try await Wire.events(await service.respond(to: Wire.anthropic(body)))[0].data["message"]?["usage"]
    }
    func pass(_ seconds: TimeInterval) { clock.withLock { $0.addTimeInterval(seconds) } }
    let system = String(repeating: "You are Jarvis and careful. ", count: 200)

    let first = try await usage(system, ttl: "1h")
    let written = first?["cache_creation"]?["ephemeral_1h_input_tokens"]?.int ?? 0
    #expect(written > 512)
    #expect(first?["cache_read_input_tokens"]?.int == 0)
    pass(3_500)
    let second = try await usage(system, ttl: "1h", "another question")
    #expect(second?["cache_read_input_tokens"]?.int == written)
    #expect(second?["cache_creation_input_tokens"]?.int == 0)
    pass(3_500)
    #expect(try await usage(system, ttl: "1h")?["cache_read_input_tokens"]?.int == written)
    pass(3_601)
    #expect(try await usage(system, ttl: "1h")?["cache_read_input_tokens"]?.int == 0)
    let short = try await usage(system + "!", ttl: "5m")
    #expect((short?["cache_creation"]?["ephemeral_5m_input_tokens"]?.int ?? 0) > 512)
    pass(301)
    #expect(try await usage(system + "!", ttl: "5m")?["cache_read_input_tokens"]?.int == 0)
  }

  @Test("TEST-12 short prompts are not cached, and marks have their rules")
  func cacheRules() async throws {
    var cache = PromptCache()
    let now = Date(timeIntervalSince1970: 0)
    let small = [PromptCache.Block(hash: "a", tokens: 511, mark: .fiveMinutes)]
    for _ in 0..<2 { #expect(try cache.use(small, minimum: 512, at: now) == InputUsage(input: 511)) }
    let marked = (0..<5).map { PromptCache.Block(hash: "\($0)", tokens: 600, mark: .fiveMinutes) }
    #expect(throws: AnthropicError.self) { try cache.use(marked, minimum: 512, at: now) }
    let mixed = [
      PromptCache.Block(hash: "x", tokens: 600, mark: .fiveMinutes),
      PromptCache.Block(hash: "y", tokens: 600, mark: .oneHour),
    ]
    #expect(throws: AnthropicError.self) { try cache.use(mixed, minimum: 512, at: now) }
    // A mark looks back over twenty blocks, no further.
    let start = PromptCache.Block(hash: "s", tokens: 600, mark: .oneHour)
    _ = try cache.use([start], minimum: 512, at: now)
    func grown(by count: Int) -> [PromptCache.Block] {
      [PromptCache.Block(hash: "s", tokens: 600)]
        + (0..<count).map {
          PromptCache.Block(hash: "g\(count)-\($0)", tokens: 10, mark: $0 == count - 1 ? .fiveMinutes : nil)
        }
    }
    #expect(try cache.use(grown(by: 19), minimum: 512, at: now).read == 600)
    #expect(try cache.use(grown(by: 20), minimum: 512, at: now).read == 0)
  }

  @Test("TEST-12 a paused reply may be sent back as it is")
  func pause() async throws {
    let service = AnthropicService.quick()
    await service.setFault(.pauseTurn, times: 1)
    let paused = Wire.message(try await Wire.events(await service.respond(to: Wire.anthropic(Wire.ask("hello")))))
    #expect(paused.stop == "pause_turn")
    let back = Wire.merged(
      Wire.ask("hello"),
      ["messages": [["role": "user", "content": "hello"], ["role": "assistant", "content": .array(paused.content)]]])
    let after = Wire.message(try await Wire.events(await service.respond(to: Wire.anthropic(back))))
    #expect(after.stop == "end_turn")
  }

  @Test("TEST-12 counts tokens and describes models")
  func reads() async throws {
    let service = AnthropicService.quick()
    let headers: [(name: String, value: String)] = [("x-api-key", "k"), ("anthropic-version", "2026-10-21")]
    var body = Wire.ask("hello").object ?? [:]
    body["max_tokens"] = nil
    body["stream"] = nil
    let counted = try await Wire.json(
      await service.respond(to: Wire.anthropic(.object(body), path: "/v1/messages/count_tokens")))
    let started = try await Wire.events(await service.respond(to: Wire.anthropic(Wire.ask("hello"))))[0].data
    #expect(counted["input_tokens"] == started["message"]?["usage"]?["input_tokens"])
    let models = try await Wire.json(await service.respond(to: Wire.get("/v1/models", headers: headers)))
    #expect(models["data"]?.array?.contains { $0["id"]?.string == "claude-haiku-5-5" } == true)
    let one = try await Wire.json(await service.respond(to: Wire.get("/v1/models/claude-opus-5-5", headers: headers)))
    #expect(one["max_input_tokens"]?.int == 1_000_000)
    #expect(await service.respond(to: Wire.get("/v1/models/none", headers: headers)).status == 404)
    #expect(await service.respond(to: Wire.get("/v1/other", headers: headers)).status == 404)
    #expect(await service.received.count == 6)
  }
}
