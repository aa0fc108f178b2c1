import Foundation
import JarvisAPI
import JarvisTestSupport
import Testing

@testable import JarvisSimulator

@Suite(
  "The official SDK judges the simulated Messages API",
  .enabled(if: PythonPart.isAvailable, Comment(rawValue: PythonPart.missing)))
struct ModelsSDKTests {
  @Test("TEST-12 every event and object validates with the SDK's types, without fields it does not know")
  func types() async throws {
    let service = AnthropicService.quick()
    let headers: [(name: String, value: String)] = [("x-api-key", "k"), ("anthropic-version", "2026-10-21")]
    var cases: [JSONValue] = []
    func add(_ kind: String, _ response: SimulatedResponse) async {
      cases.append(["kind": .string(kind), "text": .string(await Wire.text(response))])
    }
    for model in ClaudeModel.catalogue.map(\.id) {
      for text in ["hello", "is everything ok?", "restart pihole", "what is ZFS ARC?"] {
        await add("stream", await service.respond(to: Wire.anthropic(Wire.ask(text, model: model))))
        await add("message", await service.respond(to: Wire.anthropic(Wire.ask(text, model: model, stream: false))))
      }
    }
    let told = Wire.merged(
      Wire.ask("is everything ok?"), ["thinking": ["type": "adaptive", "display": "summarized"]])
    await add("stream", await service.respond(to: Wire.anthropic(told)))
    let faults: [ModelFault] = [
      .refusal(category: "cyber"), .pauseTurn, .maximumTokens, .windowExceeded, .emptyAnswer, .endlessThinking, .loop,
      .brokenToolArguments, .errorAfterStart,
    ]
    for fault in faults {
      await service.setFault(fault)
      await add("stream", await service.respond(to: Wire.anthropic(Wire.ask("is everything ok?"))))
    }
    for fault: ModelFault in [
      .unauthorised, .forbidden, .rateLimited(retryAfter: 1), .overloaded, .serverError, .billing,
    ] {
      await service.setFault(fault)
      await add("error", await service.respond(to: Wire.anthropic(Wire.ask("hi"))))
    }
    await service.setFault(nil)
    await add("models", await service.respond(to: Wire.get("/v1/models", headers: headers)))
    await add("model", await service.respond(to: Wire.get("/v1/models/claude-opus-5-5", headers: headers)))
    await add("count", await service.respond(to: Wire.anthropic(Wire.ask("hi"), path: "/v1/messages/count_tokens")))

    let output = try await PythonPart.run(
      "anthropic_stream.py", input: cases.map(\.text).joined(separator: "\n") + "\n")
    let lines = output.text.split(separator: "\n")
    #expect(lines.count == cases.count, "\(output.errors)")
    for (line, item) in zip(lines, cases) {
      let result = try JSONValue(parsing: String(line))
      #expect(result["ok"]?.bool == true, "\(line)\n\(item["text"]?.string?.prefix(600) ?? "")")
    }
    #expect(output.status == 0)
  }

  @Test("TEST-12 the SDK's client goes through a conversation with tools over HTTP")
  func client() async throws {
    let server = try await SimulatedServer.start(AnthropicService(key: "sk-right", pace: .immediate, seed: 1))
    let output: PythonPart.Output
    do {
      output = try await PythonPart.run("anthropic_client.py", [server.url, "sk-right"])
    } catch {
      await server.stop()
      throw error
    }
    await server.stop()
    #expect(output.status == 0, "\(output.errors)")
    let result = try JSONValue(parsing: output.text)
    #expect(result["models"]?.array?.contains("claude-haiku-5-5") == true)
    #expect(result["streamed"]?["called"] == ["list_guests", "guest_status"])
    #expect(result["streamed"]?["answer"]?.string?.contains("gandalf (container 117)") == true)
    #expect(result["whole"]?["answer"]?.string?.hasPrefix("Yes.") == true)
    #expect(result["unknown_model"]?["status"]?.int == 404)
    #expect(result["sampling"]?["message"]?.string == "temperature: Extra inputs are not permitted")
    #expect(result["sampling"]?["request"]?.string?.hasPrefix("req_") == true)
  }
}
