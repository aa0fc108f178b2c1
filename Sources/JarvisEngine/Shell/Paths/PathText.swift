/// Paths as text: nothing is looked up.
enum PathText {
  /// Where a command run over SSH as root begins.
  static let home = "/root"

  /// The absolute path without `.`, `..`, doubled and trailing slashes; patterns stay.
  static func absolute(_ path: String, in directory: String) -> String {
    var path = path
    return path.withUTF8 { bytes in
      var parts: [Slice<UnsafeBufferPointer<UInt8>>] = []
      func add(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
        for part in bytes.split(separator: Byte.slash) {
          if part.count == 1, part.first == Byte.dot { continue }
          if part.count == 2, part.first == Byte.dot, part.last == Byte.dot {
            if !parts.isEmpty { parts.removeLast() }
          } else {
            parts.append(part)
          }
        }
      }
      func text() -> String {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 8)
        for part in parts {
          result.append(Byte.slash)
          result += part
        }
        return result.isEmpty ? "/" : String(decoding: result, as: UTF8.self)
      }
      guard bytes.first != Byte.slash else {
        add(bytes[...])
        return text()
      }
      var start = directory
      var rest = bytes[...]
      if bytes.first == Byte.tilde {
        let user = bytes.dropFirst().prefix { $0 != Byte.slash }
        rest = bytes[(1 + user.count)...]
        let name = String(decoding: user, as: UTF8.self)
        start = name.isEmpty || name == "root" ? home : name == "+" ? directory : "/home/" + name
      }
      return start.withUTF8 { head in
        add(head[...])
        add(rest)
        return text()
      }
    }
  }

  /// `~`, `~/x`, `~root/x`: the others depend on the table of users, or on the stack of folders.
  static func isKnownHome(_ path: String) -> Bool {
    let user = path.dropFirst().prefix { $0 != "/" }
    return user.isEmpty || user == "root"
  }

  /// What follows the last `..`, from the root: behind a link such as `/var/run`, `..` leads elsewhere than the text says.
  static func behindParents(_ path: String) -> String? {
    guard path.utf8.contains(Byte.dot) else { return nil }
    let parts = path.split(separator: "/")
    guard let last = parts.lastIndex(of: ".."), last > 0 else { return nil }
    return "/" + parts[(last + 1)...].filter { $0 != "." }.joined(separator: "/")
  }

  static func lastPart(_ path: some StringProtocol) -> String {
    guard let slash = path.lastIndex(of: "/") else { return String(path) }
    return String(path[path.index(after: slash)...])
  }

  static func parent(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
  }

  /// `path` is `folder` or lies in it.
  static func isInside(_ path: String, _ folder: String) -> Bool {
    if folder == "/" { return true }
    let (path, folder) = (path.utf8, folder.utf8)
    guard path.count >= folder.count, path.starts(with: folder) else { return false }
    return path.count == folder.count || path[path.index(path.startIndex, offsetBy: folder.count)] == Byte.slash
  }
}
