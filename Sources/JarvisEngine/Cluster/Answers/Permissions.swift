/// What the token may do: `GET /access/permissions`, path → privilege → whether it reaches below the path.
public struct Permissions: Sendable, Equatable {
  private var paths: [String: [String: Bool]]

  init(_ body: AnswerBody) throws(AnswerFault) {
    paths = [:]
    for (path, privileges) in try body.object().members.prefix(Self.maximumPaths) {
      guard path.hasPrefix("/") else { continue }
      var granted: [String: Bool] = [:]
      for (privilege, propagates) in privileges.members { granted[privilege] = propagates.flag ?? false }
      paths[path] = granted
    }
  }

  /// More paths than this are not read: each guest, storage and pool has one.
  static let maximumPaths = 50_000

  /// True where the privilege holds on `path` itself, or on the nearest path above it and reaches down.
  public func allows(_ privilege: String, on path: String) -> Bool {
    if let own = paths[path] { return own[privilege] != nil }
    var rest = Substring(path)
    while rest != "/" {
      let parent = rest.lastIndex(of: "/").map { rest[..<$0] } ?? ""
      rest = parent.isEmpty ? "/" : parent
      if let granted = paths[String(rest)] { return granted[privilege] == true }
    }
    return false
  }

  /// True where the privilege holds somewhere below `path`, though perhaps not on all of it.
  public func allowsSomewhere(_ privilege: String, below path: String) -> Bool {
    let prefix = path == "/" ? "/" : path + "/"
    return paths.contains { $0.key.hasPrefix(prefix) && $0.value[privilege] != nil }
  }

  /// True where the token may do nothing at all: it exists, but nobody granted it anything.
  public var isEmpty: Bool { paths.values.allSatisfy(\.isEmpty) }
}
