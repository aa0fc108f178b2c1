import Foundation
import JarvisAPI

/// The simulated API's signature of a thinking block: it binds the block to its model and to everything before it –
/// `system`, `tools`, earlier messages and blocks. A client that changes any of it is found out, as it would be by the
/// real one. `cache_control` is no content and may move.
struct ThinkingSignature: Sendable, Equatable {
  /// Mixed into every signature, so that a made-up one does not pass. It guards nothing but a demonstration.
  private static let salt = "jarvis-simulator"

  var model: String
  var prefix: String
  var seal: String

  init(model: String, prefix: String, thinking: String) {
    self.model = model
    self.prefix = prefix
    seal = Self.hash([Self.salt, model, prefix, thinking].joined(separator: "\n"))
  }

  /// As the block carries it.
  var text: String { Data("sim1|\(model)|\(prefix)|\(seal)".utf8).base64EncodedString() }

  /// nil where the text is no signature of this API.
  init?(text: String) {
    guard let data = Data(base64Encoded: text) else { return nil }
    let parts = String(decoding: data, as: UTF8.self).split(separator: "|", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0] == "sim1" else { return nil }
    model = String(parts[1])
    prefix = String(parts[2])
    seal = String(parts[3])
  }

  static func hash(_ text: String) -> String {
    Fingerprint.digest(Array(text.utf8)).prefix(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// A running hash over what comes before a block.
  struct Prefix: Sendable, Equatable {
    private(set) var value: String

    init(system: [JSONValue], tools: [JSONValue]) {
      value = ThinkingSignature.hash(
        JSONValue.array([.array(system.map(Self.content)), .array(tools.map(Self.content))]).text)
    }

    mutating func add(role: String, block: JSONValue) {
      value = ThinkingSignature.hash(value + role + Self.content(block).text)
    }

    /// A block without its cache mark, at every depth where one may stand.
    static func content(_ block: JSONValue) -> JSONValue {
      guard case .object(var fields) = block else { return block }
      fields["cache_control"] = nil
      if let nested = fields["content"]?.array { fields["content"] = .array(nested.map(content)) }
      return .object(fields)
    }
  }

  /// Checks every returned thinking block and gives the prefix under which the next one will be signed.
  static func check(_ request: AnthropicRequest, _ model: ClaudeModel, mayDrop: Bool) throws(AnthropicError) -> Prefix {
    var prefix = Prefix(system: request.system, tools: request.tools)
    for message in request.messages {
      for (index, block) in message.blocks.enumerated() {
        if message.role == "assistant", block["type"]?.string == "thinking" {
          try check(
            block, under: prefix, model, path: "messages.\(message.index).content.\(index)", request, mayDrop: mayDrop)
        }
        prefix.add(role: message.role, block: block)
      }
    }
    return prefix
  }

  private static func check(
    _ block: JSONValue, under prefix: Prefix, _ model: ClaudeModel, path: String, _ request: AnthropicRequest,
    mayDrop: Bool
  ) throws(AnthropicError) {
    guard let text = block["signature"]?.string else { throw .invalid("\(path).thinking.signature: Field required") }
    guard let thinking = block["thinking"]?.string else { throw .invalid("\(path).thinking.thinking: Field required") }
    guard let signature = ThinkingSignature(text: text) else {
      throw .invalid("\(path): Invalid `signature` in `thinking` block")
    }
    // Another model cannot read the block and leaves it aside without a word.
    guard signature.model == model.id else { return }
    guard signature == ThinkingSignature(model: signature.model, prefix: signature.prefix, thinking: thinking) else {
      throw .invalid(
        "\(path): `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified. These blocks must remain as they were in the original response."
      )
    }
    guard model.preservesThinking, signature.prefix != prefix.value else { return }
    if request.dropsMismatchedThinking && mayDrop { return }
    throw .invalid(
      "\(path): Invalid `signature` in `thinking` block. The block is bound to a different conversation. Remove the block, or set `thinking.block_binding.prefix_mismatch_behavior` to \"drop_block\"."
        + (mayDrop
          ? ""
          : " That setting requires the `thinking-binding-controls-2026-08-01` value in the `anthropic-beta` header."))
  }
}
