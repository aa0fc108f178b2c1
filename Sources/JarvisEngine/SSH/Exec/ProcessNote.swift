/// How the number of a remote process becomes known: the shell that runs the command first writes it to its standard
/// error, in a line of its own that is taken out again.
///
/// SSH has a request to signal a process, but libssh2 before 1.11 cannot send it. sshd makes each command the leader of
/// a process group, so that number is the group's, too.
struct ProcessNote {
  /// What start-up files of the shell may write before the note. Bytes.
  static let searchLimit = 16 << 10

  private let mark: [UInt8]
  private var held: [UInt8] = []
  private var isSearching = true
  /// The process group, once the note has been read.
  private(set) var processGroup: Int32?

  /// - Parameter nonce: a word that the command's own output does not contain by chance; letters and digits.
  init(nonce: String) { mark = Array("jarvis-\(nonce) ".utf8) }

  /// The command as it is sent. On the first line, so that the shell's own messages count lines as in `command`.
  func announcing(_ command: String) -> String {
    "echo \"\(String(decoding: mark, as: UTF8.self))$$\" >&2; \(command)"
  }

  /// Takes what arrived on standard error; returns what of it is the command's.
  mutating func strip(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    held += bytes
    guard isSearching else { return release() }
    guard let start = held.firstIndex(of: mark) else {
      return held.count > Self.searchLimit ? stop() : []
    }
    guard let end = held[start...].firstIndex(of: UInt8(ascii: "\n")) else { return [] }
    processGroup = Int32(String(decoding: held[(start + mark.count)..<end], as: UTF8.self))
    held.removeSubrange(start...end)
    return stop()
  }

  /// At the stream's end: what was held back in the search.
  mutating func stop() -> [UInt8] {
    isSearching = false
    return release()
  }

  private mutating func release() -> [UInt8] {
    defer { held = [] }
    return held
  }

  /// What a second shell on the node runs to end a process group: TERM, up to a second to comply, KILL.
  static func ending(_ group: Int32) -> String {
    """
    kill -s TERM -- -\(group) 2>/dev/null || exit 0; n=0; \
    while [ $n -lt 20 ]; do kill -s 0 -- -\(group) 2>/dev/null || exit 0; sleep 0.05; n=$((n+1)); done; \
    kill -s KILL -- -\(group) 2>/dev/null; exit 0
    """
  }
}

extension [UInt8] {
  fileprivate func firstIndex(of word: [UInt8]) -> Int? {
    guard count >= word.count else { return nil }
    return (0...(count - word.count)).first { self[$0] == word[0] && self[$0..<($0 + word.count)].elementsEqual(word) }
  }
}
