/// A streamed answer before it is sent: pieces in order, each after its pause, and how it ends. A value, so that faults
/// are edits of it and tests read it.
struct ModelStream: Sendable, Equatable {
  struct Piece: Sendable, Equatable {
    var bytes: [UInt8]
    var pause: Duration
    /// Text of the answer in this piece, for faults that cut inside it; nil for framing, thinking and tool calls.
    var spoken: String?

    init(_ text: String, pause: Duration = .zero, spoken: String? = nil) {
      bytes = Array(text.utf8)
      self.pause = pause
      self.spoken = spoken
    }
  }

  enum Ending: Sendable, Equatable {
    /// In good order.
    case complete
    /// The connection is cut.
    case cut
    /// The stream stays open and nothing more comes.
    case silence
  }

  var pieces: [Piece]
  var ending: Ending = .complete

  var bytes: [UInt8] { pieces.flatMap(\.bytes) }

  /// Only the first `count` bytes of it.
  func prefix(bytes count: Int, ending: Ending) -> ModelStream {
    var left = max(0, count)
    var kept: [Piece] = []
    for var piece in pieces where left > 0 {
      piece.bytes = Array(piece.bytes.prefix(left))
      left -= piece.bytes.count
      kept.append(piece)
    }
    return ModelStream(pieces: kept, ending: ending)
  }

  /// The stream as a fault leaves it.
  func struck(by fault: ModelFault?) -> ModelStream {
    switch fault {
    case .cutStream(let count): return prefix(bytes: count, ending: .cut)
    case .silenceAfter(let count): return prefix(bytes: count, ending: .silence)
    case .cutMidWord: return prefix(bytes: offsetInsideSpoken(midCharacter: false), ending: .cut)
    case .cutMidCharacter: return prefix(bytes: offsetInsideSpoken(midCharacter: true), ending: .cut)
    case .endEarly: return ModelStream(pieces: Array(pieces.prefix(max(1, pieces.count * 2 / 3))))
    case .slow(let pause):
      var slow = self
      for index in slow.pieces.indices { slow.pieces[index].pause = pause }
      return slow
    default: return self
    }
  }

  /// Inside the second spoken word, or inside the first spoken character of several bytes; the middle where there is none.
  private func offsetInsideSpoken(midCharacter: Bool) -> Int {
    var offset = 0
    var words = 0
    for piece in pieces {
      if let spoken = piece.spoken {
        words += 1
        if midCharacter, let index = piece.bytes.firstIndex(where: { $0 >= 0xC0 }) { return offset + index + 1 }
        if !midCharacter, words >= 2, spoken.count >= 3, let start = piece.bytes.firstRange(of: spoken.utf8.prefix(3)) {
          return offset + start.lowerBound + 2
        }
      }
      offset += piece.bytes.count
    }
    return offset / 2
  }

  /// What a server sends for it. A cut is sent at once, as the body of a longer announced length.
  /// - Parameter sleep: waits between pieces; throws when the client has left.
  func body(sleep: @escaping @Sendable (Duration) async throws -> Void) -> SimulatedResponse.Body {
    if ending == .cut { return .cut(bytes) }
    let pieces = pieces
    let ending = ending
    return .stream(
      AsyncStream { continuation in
        let speaking = Task {
          for piece in pieces {
            if piece.pause > .zero {
              do { try await sleep(piece.pause) } catch { break }
            }
            if case .terminated = continuation.yield(piece.bytes) { break }
          }
          // A silent stream is left open: its reader waits until it gives up.
          if ending == .complete || Task.isCancelled { continuation.finish() }
        }
        continuation.onTermination = { _ in speaking.cancel() }
      })
  }
}

extension String {
  /// Words with the white space after them: what a model streams piece by piece.
  var spokenPieces: [String] {
    var pieces: [String] = []
    var current = ""
    var inSpace = false
    for character in self {
      if !character.isWhitespace && inSpace {
        pieces.append(current)
        current = ""
      }
      inSpace = character.isWhitespace
      current.append(character)
    }
    if !current.isEmpty { pieces.append(current) }
    return pieces
  }

  /// Its first `count` tokens.
  func prefix(tokens count: Int) -> String {
    guard TokenCounter.tokens(self) > count else { return self }
    let bytes = TokenCounter.pieces(self).prefix(max(0, count)).flatMap { $0 }
    // A character cut in two is left out whole.
    return String(decoding: bytes, as: UTF8.self).filter { $0 != "\u{FFFD}" }
  }
}
