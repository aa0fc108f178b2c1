import JarvisAPI

/// Who calls, and what they may do.
struct Caller: Sendable {
  let token: SimulatedToken

  /// "root@pam!demo": what UPIDs and logs bear.
  var name: String { token.name }

  /// Privileges on a path, with whether they reach below it. A deeper rule replaces what came from above.
  func privileges(on path: String) -> [String: Bool] {
    var result: [String: Bool] = [:]
    for level in Self.levels(of: path) {
      let here = token.rights.filter { $0.path == level && ($0.propagate || level == path) }
      guard !here.isEmpty else { continue }
      result = [:]
      for rule in here {
        for privilege in rule.role.privileges {
          result[privilege] = (result[privilege] ?? false) || rule.propagate
        }
      }
    }
    return result
  }

  func has(_ privilege: String, on path: String) -> Bool {
    privileges(on: path)[privilege] != nil
  }

  func hasAny(_ privileges: [String], on path: String) -> Bool {
    let mine = self.privileges(on: path)
    return privileges.contains { mine[$0] != nil }
  }

  /// "/", "/vms", "/vms/100".
  private static func levels(of path: String) -> [String] {
    var levels = ["/"]
    var sofar = ""
    for part in path.split(separator: "/") {
      sofar += "/" + part
      levels.append(sofar)
    }
    return levels
  }

  /// Reads an `Authorization` header.
  /// - Throws: 401 with Proxmox's own reason.
  static func authenticate(_ header: String?, tokens: [SimulatedToken]) throws(APIFailure) -> Caller {
    let word = "PVEAPIToken"
    guard let header, header.hasPrefix(word), let separator = header.dropFirst(word.count).first,
      separator == "=" || separator == " "
    else { throw .unauthenticated("No ticket") }
    let given = header.dropFirst(word.count + 1)
    guard
      let token = tokens.first(where: { token in
        guard let secret = token.secret else { return false }
        return given == "\(token.name)=\(secret)"
      }), !token.expired
    else { throw .unauthenticated("Authentication failed!") }
    return Caller(token: token)
  }
}

/// What a call needs: any or all of some privileges on a path.
struct Need: Sendable {
  /// May contain `{vmid}`, `{node}`, `{storage}`.
  let path: String
  let privileges: [String]
  let any: Bool

  static func all(_ path: String, _ privileges: String...) -> Need {
    .init(path: path, privileges: privileges, any: false)
  }
  static func any(_ path: String, _ privileges: String...) -> Need {
    .init(path: path, privileges: privileges, any: true)
  }

  /// - Throws: 403, naming path and privilege.
  func check(_ caller: Caller, _ parameters: Parameters) throws(APIFailure) {
    var place = path
    for name in ["vmid", "node", "storage"] {
      if let value = parameters[name] { place = place.replacing("{\(name)}", with: value) }
    }
    // A path that Proxmox cannot read as one is nobody's, and its message shows no path.
    let readable = place.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || "0123456789.-_/@:!".unicodeScalars.contains($0))
    }
    if !readable { place = "" }
    let mine = readable ? caller.privileges(on: place) : [:]
    if any {
      guard privileges.contains(where: { mine[$0] != nil }) else {
        throw .forbidden("\(place), \(privileges.joined(separator: "|"))")
      }
    } else {
      for privilege in privileges where mine[privilege] == nil { throw .forbidden("\(place), \(privilege)") }
    }
  }
}
