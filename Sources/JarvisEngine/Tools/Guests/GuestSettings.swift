import JarvisAPI

/// The settings that Jarvis may change, and what each may be. What is not here stays a matter of the Proxmox interface:
/// disks, devices, scripts, and whatever can hold a secret. Pure.
enum GuestSettings {
  private enum Form { case whole(ClosedRange<Int>), flag, tags, text, name, startup }

  private static let both: [String: Form] = [
    "cores": .whole(1...512), "memory": .whole(16...4_194_304), "onboot": .flag, "tags": .tags, "description": .text,
    "protection": .flag, "startup": .startup, "cpuunits": .whole(1...262_144),
  ]
  private static let own: [Guest.Kind: [String: Form]] = [
    .qemu: ["name": .name, "balloon": .whole(0...4_194_304), "sockets": .whole(1...16)],
    .lxc: ["hostname": .name, "swap": .whole(0...4_194_304)],
  ]

  /// Settings of a running guest that take effect only at its next start.
  static let afterRestart: Set<String> = ["cores", "memory", "sockets", "balloon"]

  static func names(_ kind: Guest.Kind) -> [String] { (Array(both.keys) + Array((own[kind] ?? [:]).keys)).sorted() }

  /// The value as a form carries it; nil where it is none that this setting can have.
  static func value(_ value: JSONValue, for name: String, _ kind: Guest.Kind) -> String? {
    guard let form = both[name] ?? own[kind]?[name] else { return nil }
    switch form {
    case .whole(let range): return value.int.flatMap { range.contains($0) ? String($0) : nil } ?? number(value, range)
    case .flag:
      switch value {
      case .bool(let flag): return flag ? "1" : "0"
      case .int(0), .string("0"), .string("false"): return "0"
      case .int(1), .string("1"), .string("true"): return "1"
      default: return nil
      }
    case .tags:
      return value.string.flatMap { text in text.utf8.allSatisfy(isTag) && text.utf8.count <= 512 ? text : nil }
    case .text: return value.string.flatMap { $0.utf8.count <= 4_096 ? $0 : nil }
    case .name: return value.string.flatMap { DNSName.isValid($0) ? $0 : nil }
    case .startup: return value.string.flatMap { $0.utf8.allSatisfy(isStartup) && $0.utf8.count <= 64 ? $0 : nil }
    }
  }

  private static func number(_ value: JSONValue, _ range: ClosedRange<Int>) -> String? {
    value.string.flatMap { Int($0) }.flatMap { range.contains($0) ? String($0) : nil }
  }

  private static func isTag(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || ";-_.+, ".utf8.contains(byte)
  }

  /// "order=2,up=30".
  private static func isStartup(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (97...122).contains(byte) || byte == 61 || byte == 44
  }
}
