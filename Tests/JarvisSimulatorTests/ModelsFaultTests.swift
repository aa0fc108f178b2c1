import Foundation
import JarvisAPI
import Testing

@testable import JarvisSimulator

@Suite("Faults of the simulated models")
struct ModelsFaultTests {
  static let question = "is everything ok?"

  @Test("TEST-12 refusals at the door have the status and headers of each API, and last as long as asked")
  func door() async throws {
    let rows: [(ModelFault, Int, Int)] = [
      (.unauthorised, 401, 401), (.forbidden, 403, 403), (.rateLimited(retryAfter: 7), 429, 429),
      (.serverError, 500, 500),
      (.overloaded, 529, 503), (.loading, 503, 503), (.spendLimit, 400, 402), (.billing, 402, 402),
    ]
    let claude = AnthropicService.quick()
    let local = OpenAICompatibleService.quick()
    for (fault, anthropic, openAI) in rows {
      await claude.setFault(fault, times: 2)
      await local.setFault(fault, times: 2)
      for _ in 0..<2 {
        let first = await claude.respond(to: Wire.anthropic(Wire.ask(Self.question)))
        let second = await local.respond(to: Wire.chat(["messages": [["role": "user", "content": "hi"]]]))
        #expect(first.status == anthropic)
        #expect(second.status == openAI)
        #expect(try await Wire.json(first)["error"]?["message"]?.string?.isEmpty == false)
        #expect(try await Wire.json(second)["error"]?["code"]?.int == openAI)
        if case .rateLimited = fault {
          for response in [first, second] {
            #expect(response.headers.contains { $0.name == "retry-after" && $0.value == "7" })
          }
        }
      }
      #expect(await claude.respond(to: Wire.anthropic(Wire.ask(Self.question))).status == 200)
      #expect(await local.respond(to: Wire.chat(["messages": [["role": "user", "content": "hi"]]])).status == 200)
    }
    await local.setFault(.loading)
    let health = await local.respond(to: Wire.get("/health"))
    #expect(health.status == 503)
    #expect(await Wire.text(health).contains("Loading model"))
  }

  private func both(_ fault: ModelFault, _ text: String = "what is ZFS ARC?") async -> [SimulatedResponse] {
    let claude = AnthropicService.quick()
    let local = OpenAICompatibleService.quick()
    await claude.setFault(fault)
    await local.setFault(fault)
    return [
      await claude.respond(to: Wire.anthropic(Wire.ask(text))),
      await local.respond(to: Wire.chat(["stream": true, "messages": [["role": "user", "content": .string(text)]]])),
    ]
  }

  @Test("TEST-12 a cut stream is the beginning of the whole one, cut where it was asked for")
  func cuts() async throws {
    for (index, whole) in await both(.slow(.zero)).enumerated() {
      let full = await Wire.bytes(whole)
      let cut = await both(.cutStream(bytes: 200))[index]
      guard case .cut(let bytes) = cut.body else {
        Issue.record("not cut")
        continue
      }
      #expect(bytes == Array(full.prefix(200)))
      let midWord = await both(.cutMidWord)[index]
      guard case .cut(let part) = midWord.body else {
        Issue.record("not cut")
        continue
      }
      #expect(full.starts(with: part))
      let character = await both(.cutMidCharacter)[index]
      guard case .cut(let broken) = character.body else {
        Issue.record("not cut")
        continue
      }
      #expect(String(validating: broken, as: UTF8.self) == nil)
    }
  }

  @Test("TEST-12 silence, hang-up, early end, garbage and errors after 200")
  func transfers() async throws {
    for response in await both(.hangUp) { if case .hangUp = response.body {} else { Issue.record("no hang-up") } }
    for response in await both(.silence) { if case .silence = response.body {} else { Issue.record("not silent") } }
    for response in await both(.endEarly) {
      let text = await Wire.text(response)
      #expect(!text.contains("message_stop") && !text.contains("[DONE]"))
      #expect(!text.isEmpty)
    }
    for response in await both(.garbage) {
      #expect(response.status == 200)
      #expect(String(validating: await Wire.bytes(response), as: UTF8.self) == nil)
    }
    let errors = await both(.errorAfterStart)
    #expect(errors.allSatisfy { $0.status == 200 })
    #expect(
      await Wire.text(errors[0]).contains(
        "event: error\ndata: {\"error\":{\"message\":\"Overloaded\",\"type\":\"overloaded_error\"}"))
    #expect(await Wire.text(errors[1]).contains("\"type\":\"server_error\""))
  }

  @Test("TEST-12 a stream that falls silent gives its beginning and then nothing, until its reader leaves")
  func silentAfter() async throws {
    for response in await both(.silenceAfter(bytes: 300)) {
      guard case .stream(let stream) = response.body else {
        Issue.record("not streamed")
        continue
      }
      let reader = Task {
        var count = 0
        for await piece in stream {
          count += piece.count
          if count == 300 { withUnsafeCurrentTask { $0?.cancel() } }
        }
        return count
      }
      #expect(await reader.value == 300)
    }
  }

  @Test("TEST-12 odd answers: broken arguments, nothing, refusal, limits, loops, thinking without end")
  func odd() async throws {
    let claude = AnthropicService.quick()
    func answer(_ fault: ModelFault, _ text: String = ModelsFaultTests.question) async throws -> (
      content: [JSONValue], stop: String?, raw: String
    ) {
      await claude.setFault(fault)
      let response = await claude.respond(to: Wire.anthropic(Wire.ask(text)))
      let raw = await Wire.text(response)
      let again = await claude.respond(to: Wire.anthropic(Wire.ask(text)))
      let message = Wire.message(try await Wire.events(again))
      return (message.content, message.stop, raw)
    }
    let broken = try await answer(.brokenToolArguments)
    #expect(broken.stop == "tool_use")
    #expect(broken.raw.contains("partial_json\":\"{\\\"guest"))
    #expect(try await answer(.emptyAnswer).content.isEmpty)
    let refused = try await answer(.refusal(category: "cyber"))
    #expect(refused.stop == "refusal")
    #expect(refused.raw.contains("\"category\":\"cyber\""))
    #expect(try await answer(.maximumTokens, "hello").stop == "max_tokens")
    #expect(try await answer(.windowExceeded, "hello").stop == "model_context_window_exceeded")
    let loop = try await answer(.loop)
    #expect(loop.content.contains { $0["name"]?.string == "cluster_status" })
    let endless = try await answer(.endlessThinking)
    #expect(endless.stop == "max_tokens")
    #expect((endless.content.first?["thinking"]?.string?.count ?? 0) > 1_000)
  }

  @Test("TEST-12 the loop goes on whatever the tools answer")
  func loop() async throws {
    let claude = AnthropicService.quick()
    await claude.setFault(.loop)
    var messages: [JSONValue] = [["role": "user", "content": .string(Self.question)]]
    for _ in 0..<5 {
      let response = await claude.respond(to: Wire.anthropic(Wire.merged(Wire.ask(""), ["messages": .array(messages)])))
      let message = Wire.message(try await Wire.events(response))
      #expect(message.stop == "tool_use")
      let id = message.content.last?["id"] ?? .null
      messages.append(["role": "assistant", "content": .array(message.content)])
      messages.append(["role": "user", "content": [["type": "tool_result", "tool_use_id": id, "content": "{}"]]])
    }
  }
}
