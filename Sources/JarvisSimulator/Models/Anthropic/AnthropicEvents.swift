import JarvisAPI

/// A reply as server-sent events, in the order and with the fields of the real API.
enum AnthropicEvents {
  /// Characters of a tool's arguments in one `input_json_delta`.
  private static let argumentPiece = 9

  static func stream(_ reply: AnthropicReply, pace: ModelPace, fault: ModelFault?, request: String) -> ModelStream {
    var pieces: [ModelStream.Piece] = []
    var start = reply.head
    start["usage"] = .object(reply.startUsage(output: 1))
    pieces.append(event("message_start", ["message": .object(start)], pause: pace.first))
    if fault == .errorAfterStart {
      if let block = reply.blocks.first { pieces += Array(events(of: block, at: 0, pace).prefix(3)) }
      let error = AnthropicError(529, "overloaded_error", "Overloaded")
      pieces.append(.init("event: error\ndata: \(error.body(request: request).text)\n\n", pause: pace.piece))
      return ModelStream(pieces: pieces)
    }
    for (index, block) in reply.blocks.enumerated() {
      let events = events(of: block, at: index, pace)
      pieces.append(events[0])
      if index == 0 { pieces.append(event("ping", [:])) }
      pieces += events.dropFirst()
    }
    pieces.append(
      event(
        "message_delta",
        [
          "delta": [
            "stop_reason": .string(reply.stopReason), "stop_sequence": reply.stopSequence.map { .string($0) } ?? .null,
            "stop_details": reply.stopDetails, "container": .null,
          ],
          "usage": reply.deltaUsage,
        ], pause: pace.piece))
    pieces.append(event("message_stop", [:]))
    return ModelStream(pieces: pieces).struck(by: fault)
  }

  private static func events(of block: AnthropicReply.Block, at index: Int, _ pace: ModelPace) -> [ModelStream.Piece] {
    func delta(_ fields: JSONValue, spoken: String? = nil) -> ModelStream.Piece {
      event("content_block_delta", ["index": .int(index), "delta": fields], pause: pace.piece, spoken: spoken)
    }
    let start: JSONValue
    var deltas: [ModelStream.Piece] = []
    switch block {
    case .thinking(let text, let signature, _):
      start = ["type": "thinking", "thinking": "", "signature": ""]
      deltas = text.spokenPieces.map { delta(["type": "thinking_delta", "thinking": .string($0)]) }
      deltas.append(delta(["type": "signature_delta", "signature": .string(signature)]))
    case .text(let text):
      start = ["type": "text", "text": "", "citations": .null]
      deltas = text.spokenPieces.map { delta(["type": "text_delta", "text": .string($0)], spoken: $0) }
    case .toolUse(let id, let name, let arguments):
      start = ["type": "tool_use", "id": .string(id), "name": .string(name), "input": [:]]
      // The first piece is empty; empty arguments have no other.
      let parts = arguments == "{}" ? [""] : [""] + split(arguments)
      deltas = parts.map { delta(["type": "input_json_delta", "partial_json": .string($0)]) }
    }
    return [event("content_block_start", ["index": .int(index), "content_block": start], pause: pace.piece)] + deltas
      + [event("content_block_stop", ["index": .int(index)])]
  }

  private static func split(_ text: String) -> [String] {
    var parts: [String] = []
    var rest = text[...]
    while !rest.isEmpty {
      parts.append(String(rest.prefix(argumentPiece)))
      rest = rest.dropFirst(argumentPiece)
    }
    return parts
  }

  private static func event(
    _ name: String, _ fields: [String: JSONValue], pause: Duration = .zero, spoken: String? = nil
  ) -> ModelStream.Piece {
    let data = JSONValue.object(fields.merging(["type": .string(name)]) { $1 })
    return ModelStream.Piece("event: \(name)\ndata: \(data.text)\n\n", pause: pause, spoken: spoken)
  }
}
