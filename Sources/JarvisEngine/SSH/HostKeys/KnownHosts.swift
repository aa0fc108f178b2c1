import CSSH2
import Foundation

/// The text of a `known_hosts` file (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"): names plain, with wildcards or hashed, and
/// the marker `@revoked`. Certificate authorities are passed over: a host is only trusted by its own key.
struct KnownHosts {
  enum Verdict: Equatable {
    case pinned
    case unknown
    /// Other keys are pinned for the host.
    case changed([HostKey])
    case revoked
  }

  private struct Entry {
    var names: Substring
    var key: HostKey
    var isRevoked: Bool
  }

  private let lines: [Substring]

  init(_ text: String) { lines = text.split(separator: "\n", omittingEmptySubsequences: true) }

  /// - Parameter host: as `SSHNode.host` writes it.
  func verdict(on key: HostKey, of host: String) -> Verdict {
    let entries = lines.compactMap(Self.entry)
    if entries.contains(where: { $0.isRevoked && $0.key == key && Self.matches($0.names, host) }) { return .revoked }
    let known = keys(of: host)
    if known.isEmpty { return .unknown }
    return known.contains(key) ? .pinned : .changed(known)
  }

  /// The pinned keys of a host.
  func keys(of host: String) -> [HostKey] {
    lines.compactMap(Self.entry).filter { !$0.isRevoked && Self.matches($0.names, host) }.map(\.key)
  }

  /// The file's text with this key as the host's only one; lines that name other hosts, too, keep those.
  func pinning(_ key: HostKey, of host: String) -> String {
    var kept: [String] = []
    for line in lines {
      guard let entry = Self.entry(line), !entry.isRevoked, Self.matches(entry.names, host) else {
        kept.append(String(line))
        continue
      }
      let others = entry.names.split(separator: ",").filter { !Self.matches($0, host) }
      if !others.isEmpty { kept.append("\(others.joined(separator: ",")) \(entry.key.type) \(entry.key.base64)") }
    }
    kept.append("\(host) \(key.type) \(key.base64)")
    return kept.joined(separator: "\n") + "\n"
  }

  /// Nil for comments, markers of no use here, and lines that nobody can read.
  private static func entry(_ line: Substring) -> Entry? {
    var fields = line.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\r" })[...]
    guard let first = fields.first, !first.hasPrefix("#") else { return nil }
    let isRevoked = first == "@revoked"
    if first.hasPrefix("@") {
      guard isRevoked else { return nil }
      fields = fields.dropFirst()
    }
    guard fields.count >= 3 else { return nil }
    let names = fields[fields.startIndex]
    guard let blob = Data(base64Encoded: String(fields[fields.startIndex + 2])) else { return nil }
    let key = HostKey(blob: Array(blob))
    guard key.type == fields[fields.startIndex + 1] else { return nil }
    return Entry(names: names, key: key, isRevoked: isRevoked)
  }

  private static func matches(_ names: Substring, _ host: String) -> Bool {
    if names.hasPrefix("|1|") { return matchesHashed(names, host) }
    var found = false
    for pattern in names.split(separator: ",") {
      if pattern.hasPrefix("!") {
        if matchesPattern(Array(pattern.dropFirst().lowercased()), Array(host.lowercased())) { return false }
      } else if matchesPattern(Array(pattern.lowercased()), Array(host.lowercased())) {
        found = true
      }
    }
    return found
  }

  /// "|1|salt|HMAC-SHA1 of the name", both in base64.
  private static func matchesHashed(_ name: Substring, _ host: String) -> Bool {
    let parts = name.split(separator: "|")
    guard parts.count == 3, let salt = Data(base64Encoded: String(parts[1])),
      let expected = Data(base64Encoded: String(parts[2]))
    else { return false }
    let name = Array(host.lowercased().utf8)
    var digest = [UInt8](repeating: 0, count: 20)
    jarvis_ssh_hmac_sha1(Array(salt), salt.count, name, name.count, &digest)
    return digest == Array(expected)
  }

  /// `*` for any text, `?` for one character; in time proportional to both lengths.
  private static func matchesPattern(_ pattern: [Character], _ text: [Character]) -> Bool {
    var position = 0
    var index = 0
    var star: (pattern: Int, text: Int)?
    while index < text.count {
      if position < pattern.count, pattern[position] == "*" {
        star = (position, index)
        position += 1
      } else if position < pattern.count, pattern[position] == "?" || pattern[position] == text[index] {
        position += 1
        index += 1
      } else if let last = star {
        star = (last.pattern, last.text + 1)
        position = last.pattern + 1
        index = last.text + 1
      } else {
        return false
      }
    }
    return pattern[position...].allSatisfy { $0 == "*" }
  }
}
