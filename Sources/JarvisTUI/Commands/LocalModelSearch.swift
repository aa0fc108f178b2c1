import Foundation
import JarvisAPI
import JarvisEngine
import JarvisHTTP
import JarvisModels

/// Looks for an OpenAI-compatible server on this host, on the ports that the usual ones listen on.
struct LocalModelSearch: Sendable {
  let transport: any HTTPTransport

  /// llama.cpp (new and old), Ollama, vLLM, LM Studio.
  static let ports = [9931, 8080, 11_434, 8000, 1234]

  func run() async -> LocalModelConfiguration? {
    for port in Self.ports {
      let url = "http://127.0.0.1:\(port)"
      let provider = OpenAICompatibleProvider(base: url, transport: transport, now: { Date() })
      let health = await provider.checkHealth()
      if case .ready = health.state { return LocalModelConfiguration(url: url) }
    }
    return nil
  }
}
