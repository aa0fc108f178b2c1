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
    let calls: [StaticString] = [
      "rmtree", "rm_rf", "rmSync", "rmdirSync", "remove_tree", "RemoveAll", "removedirs", "rimraf", "FileUtils.rm",
    ]
    return calls.first { text.holds($0) }?.description
  }

  private static let connecting: [StaticString] = [
    "socket", "fsockopen", "/inet/", "/dev/tcp", "TCPSocket", "net.connect", "IO::Socket", "Net::", "net.Socket",
  ]
  private static let handing: [StaticString] = [
    "dup2", "subprocess", "pty.spawn", "os.system", "/bin/sh", "/bin/bash", "exec", "spawn", "system(", "Process",
    "getline", "popen",
  ]
  private static let fetching: [StaticString] = [
    "urlopen", "requests.get", "urllib", "http.get", "https.get", "open-uri", "LWP", "file_get_contents(\"http",
    "fetch(",
  ]
  private static let running: [StaticString] = ["exec", "eval", "system", "compile(", "Function("]

  /// Signs of a shell handed to somebody else.
  static func isReverseShell(_ text: String) -> Bool {
    connecting.contains { text.holds($0) } && handing.contains { text.holds($0) }
  }

  /// Signs that a program fetches text and runs it.
  static func fetchesAndRuns(_ text: String) -> Bool {
    fetching.contains { text.holds($0) } && running.contains { text.holds($0) }
  }
}
