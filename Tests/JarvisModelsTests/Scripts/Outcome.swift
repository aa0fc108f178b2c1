import JarvisAPI
import JarvisModels

/// Everything that a stream gave, and how it ended.
struct Outcome: Equatable {
  var deltas: [ModelDelta] = []
  var error: ProviderError?

  init(_ stream: AsyncThrowingStream<ModelDelta, any Error>) async {
    do {
      for try await delta in stream { deltas.append(delta) }
    } catch {
      self.error = error as? ProviderError
    }
  }

  var text: String { deltas.map { if case .text(let text) = $0 { text } else { "" } }.joined() }
  var thinking: String { deltas.map { if case .thinking(let text) = $0 { text } else { "" } }.joined() }
  var calls: [ToolCallRequest] { deltas.compactMap { if case .toolCall(let call) = $0 { call } else { nil } } }
  var finish: ModelFinish? { deltas.compactMap { if case .finished(let finish) = $0 { finish } else { nil } }.last }
  /// What stays the same however the stream was cut into pieces.
  var essence: [String] {
    [text, thinking, "\(calls)", "\(String(describing: finish))", "\(String(describing: error))"]
  }
}

extension ModelFinish {
  var text: String { if case .assistant(let text, _, _) = message { text } else { "" } }
  var calls: [ToolCallRequest] { if case .assistant(_, let calls, _) = message { calls } else { [] } }
  var raw: RawContent? { if case .assistant(_, _, let raw) = message { raw } else { nil } }
}
