import Foundation
import JarvisAPI
import JarvisTestSupport
import Testing

@testable import JarvisSimulator

@Suite(
  "llama.cpp's own server judges the simulated local one",
  .enabled(if: PythonPart.isAvailable, Comment(rawValue: PythonPart.missing)))
struct ModelsLlamaShapeTests {
  /// Runs `body` with the URL of llama.cpp's real server, and ends it.
  private func withLlamaServer<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let script = try PythonPart.start("llama_server.py")
    // A server that has ended by itself has closed its input already.
    defer { try? script.stop() }
    let line = try #require(try script.line(), "the server did not start")
    let url = try #require(try JSONValue(parsing: line)["url"]?.string)
    return try await body(url)
  }

  private func shapes(of url: String) async throws -> JSONValue {
    let output = try await PythonPart.run("chat_shapes.py", [url])
    try #require(output.status == 0, "\(output.errors)")
    return try JSONValue(parsing: output.text)
  }

  @Test("TEST-12 the simulated local server answers with the statuses, types and fields of the real one")
  func shapes() async throws {
    let real = try await withLlamaServer { try await shapes(of: $0) }
    let options = LocalModelOptions(model: "jarvis-test-noise", reasoning: .none, commentEvery: 2)
    let server = try await SimulatedServer.start(OpenAICompatibleService(options, pace: .immediate, seed: 1))
    let simulated: JSONValue
    do {
      simulated = try await shapes(of: server.url)
    } catch {
      await server.stop()
      throw error
    }
    await server.stop()

    for (name, exchange) in real.object ?? [:] {
      let other = simulated[name]
      #expect(other?["status"] == exchange["status"], "\(name)")
      #expect(other?["type"] == exchange["type"], "\(name)")
      #expect(other?["last"] == exchange["last"], "\(name)")
      for part in ["paths", "usage"] {
        let known = Set(exchange[part]?.array?.compactMap(\.string) ?? [])
        let sent = Set(other?[part]?.array?.compactMap(\.string) ?? [])
        #expect(
          sent.subtracting(known).isEmpty, "\(name): only the simulation sends \(sent.subtracting(known).sorted())")
        // The list of models and the health of the real one say more; everything else is whole.
        if name != "models" {
          #expect(
            known.subtracting(sent).isEmpty, "\(name): only the real one sends \(known.subtracting(sent).sorted())")
        }
      }
    }
    #expect(real.object?.count == simulated.object?.count)
  }
}
