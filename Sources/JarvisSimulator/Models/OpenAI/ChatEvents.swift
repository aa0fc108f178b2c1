import JarvisAPI

/// An answer as llama.cpp's server streams it: chunks, comment lines, usage with timings, `[DONE]`.
enum ChatEvents {
  private static let argumentPiece = 9

  static func stream(
    _ answer: ChatAnswer, includeUsage: Bool, commentEvery: Int?, pace: ModelPace, fault: ModelFault?
  ) -> ModelStream {
    var pieces: [ModelStream.Piece] = []
    func chunk(_ delta: JSONValue, finish: JSONValue = .null, spoken: String? = nil, pause: Duration? = nil) {
      let choices: JSONValue = [["finish_reason": finish, "index": 0, "delta": delta]]
      pieces.append(.init("data: \(frame(answer, choices).text)\n\n", pause: pause ?? pace.piece, spoken: spoken))
      if let commentEvery, commentEvery > 0, pieces.count.isMultiple(of: commentEvery) {
        pieces.append(.init(": ping\n\n"))
      }
    }

    chunk(["role": "assistant", "content": .null], pause: pace.first)
    if fault == .errorAfterStart {
      pieces.append(.init("data: \(LocalServerError(500, "server_error", "Compute error.").body.text)\n\n"))
      return ModelStream(pieces: pieces)
    }
    if let field = answer.thoughtField {
      for piece in answer.thought.spokenPieces { chunk(.object([field: .string(piece)])) }
    }
    for piece in tagSplit(answer.content) { chunk(["content": .string(piece)], spoken: piece) }
    for index in answer.calls.indices {
      chunk(["tool_calls": [answer.callJSON(index, arguments: "")]])
      var rest = answer.calls[index].arguments[...]
      while !rest.isEmpty {
        let part = String(rest.prefix(argumentPiece))
        rest = rest.dropFirst(argumentPiece)
        chunk(["tool_calls": [["index": .int(index), "function": ["arguments": .string(part)]]]])
      }
    }
    chunk([:], finish: .string(answer.finish))
    if includeUsage {
      var last = frame(answer, [])
      if case .object(var fields) = last {
        fields["usage"] = answer.usage
        fields["timings"] = answer.timings
        last = .object(fields)
      }
      pieces.append(.init("data: \(last.text)\n\n"))
    }
    pieces.append(.init("data: [DONE]\n\n"))
    return ModelStream(pieces: pieces).struck(by: fault)
  }

  private static func frame(_ answer: ChatAnswer, _ choices: JSONValue) -> JSONValue {
    [
      "choices": choices, "created": .int(answer.created), "id": .string(answer.id), "model": .string(answer.model),
      "object": "chat.completion.chunk", "system_fingerprint": "b0-simulated",
    ]
  }

  /// Words; a `<think>` tag comes in two pieces, as tokens cut it.
  private static func tagSplit(_ text: String) -> [String] {
    text.spokenPieces.flatMap { piece -> [String] in
      guard let tag = piece.firstRange(of: "think>") else { return [piece] }
      return [String(piece[..<tag.lowerBound]), String(piece[tag.lowerBound...])].filter { !$0.isEmpty }
    }
  }
}
