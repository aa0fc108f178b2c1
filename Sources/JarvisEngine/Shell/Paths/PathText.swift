/// Paths as text: nothing is looked up.
enum PathText {
  /// Where a command run over SSH as root begins.
  static let home = "/root"

  /// The absolute path without `.`, `..`, doubled and trailing slashes; patterns stay.
  static func absolute(_ path: String, in directory: String) -> String {
    var whole = path
    if path.hasPrefix("~") {
      let user = path.dropFirst().prefix { $0 != "/" }
      let rest = path.dropFirst(1 + user.count)
      whole = (user.isEmpty || user == "root" ? home : user == "+" ? directory : "/home/" + user) + rest
    } else if !path.hasPrefix("/") {
      whole = directory + "/" + path
    }
    var parts: [Substring] = []
    for part in whole.split(separator: "/") {
      if part == "." { continue }
      if part == ".." {
        if !parts.isEmpty { parts.removeLast() }
        continue
      }
      parts.append(part)
    }
    return "/" + parts.joined(separator: "/")
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
    return path == folder || path.hasPrefix(folder + "/")
  }
}
