import Foundation
import JarvisAPI
import Testing

@testable import JarvisSimulator

@Suite("The simulated local server")
struct ModelsLocalWireTests {
  private func body(_ text: String, _ more: [String: JSONValue] = [:]) -> JSONValue {
    Wire.merged(
      [
        "model": "some-model", "stream": true,
        "messages": [["role": "system", "content": "Be brief."], ["role": "user", "content": .string(text)]],
      ],
      more)
  }

  private func deltas(_ events: [(name: String, data: JSONValue)], _ field: String) -> String {
    events.compactMap { $0.data["choices"]?.array?.first?["delta"]?[field]?.string }.joined()
  }

  @Test("ROUTE-08 streams chunks as llama.cpp does: role, content, finish, usage with timings, DONE, comments between")
  func stream() async throws {
    let service = OpenAICompatibleService.quick()
    let request = Wire.chat(body("what is a scrub?", ["stream_options": ["include_usage": true]]))
    let text = await Wire.text(await service.respond(to: request))
    #expect(text.hasSuffix("data: [DONE]\n\n"))
    #expect(text.contains("\n\n: ping\n\n"))
    let events = try await Wire.events(await service.respond(to: request))
    let first = events[0].data
    #expect(first["object"]?.string == "chat.completion.chunk")
    #expect(first["model"]?.string == "some-model")
    #expect(first["choices"]?.array?.first?["delta"]?["role"]?.string == "assistant")
    #expect(deltas(events, "content").contains("A scrub reads every block"))
    let last = events[events.count - 1].data
    #expect(last["choices"]?.array?.isEmpty == true)
    #expect((last["usage"]?["completion_tokens"]?.int ?? 0) > 10)
    #expect((last["timings"]?["predicted_per_second"]?.number ?? 0) > 0)
    #expect((last["timings"]?["cache_n"]?.int ?? 0) > 0)
    #expect(events[events.count - 2].data["choices"]?.array?.first?["finish_reason"]?.string == "stop")
    let plain = try await Wire.events(await service.respond(to: Wire.chat(body("what is a scrub?"))))
    #expect(!plain.contains { $0.data["usage"] != nil })
  }

  @Test(
    "ROUTE-10 thoughts go where the server puts them, and off means off unless it ignores that",
    arguments: [
      LocalModelOptions.Reasoning.none, .reasoningContent, .reasoning, .thinkTags, .thinkTagsWithoutOpening,
    ])
  func reasoning(_ mode: LocalModelOptions.Reasoning) async throws {
    func ask(_ options: LocalModelOptions, _ more: [String: JSONValue] = [:]) async throws -> (String, String) {
      let events = try await Wire.events(
        await OpenAICompatibleService.quick(options).respond(to: Wire.chat(body("hello", more))))
      return (deltas(events, "content"), deltas(events, "reasoning_content") + deltas(events, "reasoning"))
    }
    let options = LocalModelOptions(reasoning: mode)
    let (content, apart) = try await ask(options)
    #expect(content.hasPrefix("<think>\n") == (mode == .thinkTags))
    #expect(content.contains("</think>") == (mode == .thinkTags || mode == .thinkTagsWithoutOpening))
    #expect(apart.isEmpty == (mode != .reasoningContent && mode != .reasoning))
    for off: [String: JSONValue] in [
      ["chat_template_kwargs": ["enable_thinking": false]], ["reasoning_effort": "none"],
    ] {
      let (quiet, nothing) = try await ask(options, off)
      #expect(!quiet.contains("think>"))
      #expect(nothing.isEmpty)
      if mode != .none {
        let stubborn = try await ask(LocalModelOptions(reasoning: mode, ignoresThinkingSwitch: true), off)
        #expect(stubborn.0.contains("think>") || !stubborn.1.isEmpty)
      }
    }
  }

  @Test("TEST-12 a window of 4,096 tokens overflows with llama.cpp's own error and counts")
  func overflow() async throws {
    let service = OpenAICompatibleService.quick()
    let response = await service.respond(to: Wire.chat(body(String(repeating: "words ", count: 3_000))))
    #expect(response.status == 400)
    let error = try await Wire.json(response)["error"]
    #expect(error?["type"]?.string == "exceed_context_size_error")
    #expect(error?["n_ctx"]?.int == 4_096)
    let tokens = error?["n_prompt_tokens"]?.int ?? 0
    #expect(tokens > 4_096)
    #expect(
      error?["message"]?.string
        == "request (\(tokens) tokens) exceeds the available context size (4096 tokens), try increasing it")
  }

  @Test("TEST-12 template, tokens, and the prompt's count agree")
  func counting() async throws {
    let service = OpenAICompatibleService.quick()
    let prompt = try await Wire.json(await service.respond(to: Wire.chat(body("hello"), path: "/apply-template")))[
      "prompt"]
    #expect(
      prompt?.string
        == "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nhello<|im_end|>\n<|im_start|>assistant\n")
    let tokens = try await Wire.json(
      await service.respond(to: Wire.chat(["content": prompt ?? .null], path: "/tokenize")))
    let counted = try await Wire.json(
      await service.respond(to: Wire.chat(body("hello"), path: "/v1/chat/completions/input_tokens")))
    let answer = try await Wire.json(await service.respond(to: Wire.chat(body("hello", ["stream": false]))))
    #expect(tokens["tokens"]?.array?.count == counted["input_tokens"]?.int)
    #expect(answer["usage"]?["prompt_tokens"] == counted["input_tokens"])
    for text in ["", "a", "äöü – “x”", String(repeating: "abc", count: 33)] {
      #expect(TokenCounter.pieces(text).count == TokenCounter.tokens(text))
      #expect(TokenCounter.pieces(text).flatMap { $0 } == Array(text.utf8))
    }
    let pieces = try await Wire.json(
      await service.respond(to: Wire.chat(["content": "abcä", "with_pieces": true], path: "/tokenize")))
    #expect(pieces["tokens"]?.array?.first?["piece"]?.array?.count == 4)
  }

  @Test("TEST-12 limits cut the answer and say so")
  func limits() async throws {
    let service = OpenAICompatibleService.quick(LocalModelOptions(reasoning: .none))
    let short = try await Wire.json(
      await service.respond(to: Wire.chat(body("what is ceph?", ["stream": false, "max_tokens": 5]))))
    let choice = short["choices"]?.array?.first
    #expect(choice?["finish_reason"]?.string == "length")
    #expect((short["usage"]?["completion_tokens"]?.int ?? 99) <= 5)
  }

  @Test("ROUTE-10 tools work over this wire too")
  func tools() async throws {
    let service = OpenAICompatibleService.quick()
    var cluster = PretendCluster.standard
    let tools: JSONValue = .array(
      (Wire.toolSchemas.array ?? []).map { tool in
        ["type": "function", "function": ["name": tool["name"] ?? .null, "parameters": tool["input_schema"] ?? .null]]
      })
    var messages: [JSONValue] = [["role": "user", "content": "restart pihole"]]
    var answer = ""
    for _ in 0..<5 {
      let reply = try await Wire.json(
        await service.respond(to: Wire.chat(["messages": .array(messages), "tools": tools])))
      let message = reply["choices"]?.array?.first?["message"] ?? .null
      messages.append(message)
      guard let calls = message["tool_calls"]?.array else {
        answer = message["content"]?.string ?? ""
        break
      }
      for call in calls {
        let arguments = try JSONValue(parsing: call["function"]?["arguments"]?.string ?? "{}").object ?? [:]
        let result = cluster.run(
          MindCall(id: call["id"]?.string ?? "", tool: call["function"]?["name"]?.string ?? "", arguments: arguments))
        messages.append(["role": "tool", "tool_call_id": call["id"] ?? .null, "content": .string(result.content)])
      }
    }
    #expect(cluster.acted == ["reboot_guest pihole"])
    #expect(answer.contains("verified"))
  }

  @Test("TEST-12 describes itself, checks its key, and refuses what it does not know")
  func reads() async throws {
    let service = OpenAICompatibleService.quick(LocalModelOptions(model: "qwen3-8b", key: "secret"))
    #expect(await service.respond(to: Wire.get("/health")).status == 200)
    #expect(await service.respond(to: Wire.get("/v1/models")).status == 401)
    let headers: [(name: String, value: String)] = [("Authorization", "Bearer secret")]
    let models = try await Wire.json(await service.respond(to: Wire.get("/v1/models", headers: headers)))
    #expect(models["data"]?.array?.first?["meta"]?["n_ctx"]?.int == 4_096)
    #expect(models["data"]?.array?.first?["id"]?.string == "qwen3-8b")
    let properties = try await Wire.json(await service.respond(to: Wire.get("/props", headers: headers)))
    #expect(properties["default_generation_settings"]?["n_ctx"]?.int == 4_096)
    #expect(await service.respond(to: Wire.get("/nope", headers: headers)).status == 404)
    let open = OpenAICompatibleService.quick()
    #expect(await open.respond(to: Wire.chat([:])).status == 400)
    var broken = Wire.chat([:])
    broken.body = Array("{\"messages\":".utf8)
    #expect(await open.respond(to: broken).status == 400)
  }

  @Test("ROUTE-08 pieces come with their pauses, through the clock that is given")
  func pace() async throws {
    let pauses = Pauses()
    let service = OpenAICompatibleService(
      pace: ModelPace(first: .seconds(3), piece: .milliseconds(20)), sleep: { await pauses.note($0) }, seed: 1)
    _ = await Wire.bytes(await service.respond(to: Wire.chat(body("what is a scrub?"))))
    let noted = await pauses.all
    #expect(noted.first == .seconds(3))
    #expect(noted.count > 20)
    #expect(noted.dropFirst().allSatisfy { $0 == .milliseconds(20) })
  }

  private actor Pauses {
    private(set) var all: [Duration] = []
    func note(_ pause: Duration) { all.append(pause) }
  }
}
