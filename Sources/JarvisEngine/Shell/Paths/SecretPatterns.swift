/// What a pattern may reach, part by part.
enum SecretPatterns {
  /// Beyond the places of `SecretPaths`: `*` is one part.
  private static let more: [String] = [
    "/etc/pve/nodes/*/pve-ssl.key", "/etc/pve/nodes/*/priv", "/etc/pve/local/priv", "/etc/pve/priv.d",
    "/etc/ssh/ssh_host_*_key", "/home/*/.ssh", "/home/*/.gnupg", "/home/*/.aws", "/home/*/.kube", "/home/*/.docker",
    "/home/*/.config", "/home/*/.env", "/home/*/.netrc", "/home/*/.bash_history", "/root/.env", "/root/.netrc",
    "/root/.bash_history", "/proc/*/environ", "/proc/*/mem", "/proc/*/maps", "/proc/*/root", "/proc/*/cwd",
    "/proc/*/exe", "/proc/*/fd", "/proc/*/task/*/environ", "/proc/*/task/*/root",
    "/var/lib/lxc/*/rootfs/etc/shadow", "/var/lib/lxc/*/rootfs/root", "/rpool/data/*/etc/shadow",
    "/rpool/data/*/root",
  ]
  private static let folders: [[UInt8]] = [".ssh", ".gnupg", ".aws", ".kube", ".docker", ".config"].map {
    Array($0.utf8)
  }
  private static let files: Set<String> = ["/proc/kcore", "/dev/mem", "/dev/kmem", "/dev/port"]

  private struct Place {
    var path: String
    var parts: [[UInt8]]
    var isFile: Bool
  }
  private static let places: [Place] = (SecretPaths.places + more).map {
    Place(path: $0, parts: parts($0), isFile: files.contains($0))
  }

  private static func parts(_ path: String) -> [[UInt8]] { path.utf8.split(separator: Byte.slash).map(Array.init) }

  /// The secret that the pattern `path` (absolute) may stand for.
  static func reached(by path: String) -> String? {
    let parts = parts(String(decoding: Glob.withoutBrackets(Array(path.utf8)), as: UTF8.self))
    for place in places where reaches(parts, place) { return place.path }
    for part in parts where part.first == Byte.dot && part.count > 1 && !part.allSatisfy({ $0 == Byte.dot }) {
      for folder in folders where Glob.intersects(part, folder) { return String(decoding: folder, as: UTF8.self) }
    }
    guard let last = parts.last, last.contains(where: isWild) else { return nil }
    return name(last)
  }

  /// The folder `path` (absolute) holds a secret somewhere below; without `hidden`, behind no name that begins with a dot.
  static func below(_ path: String, hidden: Bool = true) -> String? {
    let parts = parts(String(decoding: Glob.withoutBrackets(Array(path.utf8)), as: UTF8.self))
    return places.first { place in
      zip(parts, place.parts).allSatisfy { Glob.intersects($0, $1) }
        && (hidden || !place.parts.dropFirst(parts.count).contains { $0.first == Byte.dot })
    }?.path
  }

  private static func isWild(_ byte: UInt8) -> Bool { byte == Byte.star || byte == Byte.question || byte == 0 }

  private static func reaches(_ parts: [[UInt8]], _ place: Place) -> Bool {
    for (index, part) in parts.enumerated() {
      if index == place.parts.count { return !place.isFile }
      // What is unknown may go on through folders.
      if index == parts.count - 1, let hole = part.firstIndex(of: 0) {
        return place.parts[index].starts(with: part[..<hole])
          || Glob.intersects(part, place.parts[index])
      }
      if !Glob.intersects(part, place.parts[index]) { return false }
      if index == 1, place.parts[0] == process, place.parts[1] == [Byte.star], !isProcess(part) { return false }
    }
    return parts.count >= place.parts.count
  }

  private static let process = Array("proc".utf8)

  /// `1`, `self`, or a pattern that may stand for one.
  private static func isProcess(_ part: [UInt8]) -> Bool {
    part.contains(where: isWild) || part.allSatisfy(Byte.isDigit) || part.starts(with: "self".utf8)
      || part.starts(with: "thread-self".utf8)
  }

  private static let names = SecretPaths.names.map { ($0, Array($0.utf8)) }

  /// The name or the ending of a secret that the last part may stand for.
  private static func name(_ part: [UInt8]) -> String? {
    let literals = part.filter { !isWild($0) }.count
    let dot = part.lastIndex(of: Byte.dot)
    for (name, bytes) in names {
      if !bytes.contains(Byte.star) {
        if literals >= 2, dot == nil || part.first != Byte.star, Glob.intersects(part, bytes) { return name }
      } else if let dot, bytes.starts(with: [Byte.star, Byte.dot]), part[(dot + 1)...].contains(where: { !isWild($0) }),
        Glob.intersects(Array(part[(dot + 1)...]), Array(bytes.dropFirst(2)))
      {
        return name
      }
    }
    return nil
  }
}
