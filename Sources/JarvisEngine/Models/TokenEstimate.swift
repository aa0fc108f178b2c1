import JarvisAPI

/// Token counts where no server tells: a third of the bytes, which errs on the high side for the languages people write to
/// Jarvis in (`llm.md`, 2).
public enum TokenEstimate {
  /// Added to an estimated prompt, in percent: tokenizers differ by about that much.
  static let marginPercent = 10
  /// Tokens of role names and separators around one message.
  static let perMessage = 6

  /// Tokens of a text that is `bytes` long.
  public static func tokens(bytes: Int) -> Int { (bytes + 2) / 3 }

  /// Tokens of a text.
  public static func tokens(_ text: String) -> Int { tokens(bytes: text.utf8.count) }

  /// Tokens of a whole request, margin included.
  public static func tokens(of request: ModelRequest) -> Int {
    var bytes = request.system.utf8.count
    for tool in request.tools {
      bytes += tool.name.utf8.count + tool.description.utf8.count + tool.inputSchema.text.utf8.count
    }
    for message in request.messages {
      switch message {
      case .user(let results, let text):
        bytes += text.utf8.count + results.reduce(0) { $0 + $1.content.utf8.count + $1.id.utf8.count }
      case .assistant(let text, let calls, let raw):
        bytes +=
          raw?.json.utf8.count
          ?? text.utf8.count + calls.reduce(0) { $0 + $1.name.utf8.count + $1.arguments.utf8.count + $1.id.utf8.count }
      }
    }
    let counted = tokens(bytes: bytes) + perMessage * (request.messages.count + request.tools.count + 1)
    return counted + counted * marginPercent / 100
  }
}
