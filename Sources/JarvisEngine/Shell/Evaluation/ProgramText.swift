/// Reads texts of other languages as far as their quotes.
enum ProgramText {
  /// What stands between quotes and backquotes, in order.
  static func literals(in text: String) -> [String] {
    var result: [String] = []
    var open: UInt8?
    var current: [UInt8] = []
    var bytes = Array(text.utf8)[...]
    while let byte = bytes.popFirst(), result.count < 32 {
      if let quote = open {
        if byte == Byte.backslash, let next = bytes.popFirst() {
          current.append(next)
        } else if byte == quote {
          result.append(String(decoding: current, as: UTF8.self))
          current = []
          open = nil
        } else {
          current.append(byte)
        }
      } else if byte == Byte.singleQuote || byte == Byte.doubleQuote || byte == Byte.backquote {
        open = byte
      }
    }
    return result
  }

  /// The call by which a language deletes a tree.
  static func treeRemoval(_ text: String) -> String? {
    ["rmtree", "rm_rf", "rmSync", "rmdirSync", "remove_tree", "RemoveAll", "removedirs", "rimraf", "FileUtils.rm"]
      .first { text.contains($0) }
  }

  /// Signs of a shell handed to somebody else.
  static func isReverseShell(_ text: String) -> Bool {
    let connects = ["socket", "fsockopen", "/inet/", "/dev/tcp", "TCPSocket", "net.connect", "IO::Socket", "Net::", "net.Socket"]
      .contains { text.contains($0) }
    let hands = [
      "dup2", "subprocess", "pty.spawn", "os.system", "/bin/sh", "/bin/bash", "exec", "spawn", "system(", "Process",
      "getline", "popen",
    ].contains { text.contains($0) }
    return connects && hands
  }

  /// Signs that a program fetches text and runs it.
  static func fetchesAndRuns(_ text: String) -> Bool {
    let fetches = ["urlopen", "requests.get", "urllib", "http.get", "https.get", "open-uri", "LWP", "file_get_contents(\"http", "fetch("]
      .contains { text.contains($0) }
    return fetches && ["exec", "eval", "system", "compile(", "Function("].contains { text.contains($0) }
  }
}
