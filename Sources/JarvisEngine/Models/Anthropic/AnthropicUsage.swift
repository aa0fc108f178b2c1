import JarvisAPI

/// The Messages API's usage: cumulative, so a later figure replaces an earlier one and is never added to it.
struct AnthropicUsage: Sendable, Hashable {
  private(set) var tokens = TokenUsage()

  /// `message_start`: the only place that splits cache writes by their time to live.
  mutating func start(_ json: RawJSON?) {
    guard let json else { return }
    tokens.cacheWrite1h = count(json["cache_creation"], "ephemeral_1h_input_tokens") ?? 0
    tokens.cacheWrite5m = count(json["cache_creation"], "ephemeral_5m_input_tokens") ?? 0
    update(json)
  }

  /// `message_delta`: whatever is there replaces what is known. A total of cache writes beyond the known split is taken
  /// as five-minute writes, the API's default.
  mutating func update(_ json: RawJSON?) {
    if let value = count(json, "input_tokens") { tokens.input = value }
    if let value = count(json, "cache_read_input_tokens") { tokens.cacheRead = value }
    if let value = count(json, "output_tokens") { tokens.output = value }
    if let total = count(json, "cache_creation_input_tokens") {
      tokens.cacheWrite1h = min(tokens.cacheWrite1h, total)
      tokens.cacheWrite5m = total - tokens.cacheWrite1h
    }
  }

  private func count(_ json: RawJSON?, _ key: String) -> Int? {
    json?[key]?.int.map { max(0, $0) }
  }
}
