/// What takes down all guests of a node though it names none: the service whose end shuts them down, the slice they run
/// in, and their processes by name.
enum GuestStopping {
  private static let units = ["pve-guests", "qemu.slice", "lxc.slice", "machine.slice"]
  private static let processes = ["kvm", "qemu-system-x86_64", "lxc-start"]
  /// Verbs of `systemctl` and `service` that end nothing.
  private static let harmless: Set<String> = [
    "start", "status", "enable", "unmask", "reset-failed", "daemon-reload", "show", "cat", "is-active", "is-enabled",
  ]

  static func isAsked(of program: String, _ words: [String]) -> Bool {
    let operands = words.filter { $0.first != "-" }
    switch program {
    case "killall": return operands.contains { word in processes.contains { word.contains($0) } || isLoose(word) }
    // A pattern: a part of the name will do.
    case "pkill": return operands.contains { word in isLoose(word) || processes.contains { $0.contains(word) } }
    case "kill": return false
    default:
      guard words.contains("--now") || operands.contains(where: { !harmless.contains($0) && unit(of: $0) == nil })
      else {
        return false
      }
      return operands.contains { unit(of: $0) != nil }
    }
  }

  private static func isLoose(_ word: String) -> Bool { ["kvm", "qemu", "lxc"].contains { word.contains($0) } }

  /// The unit that a word names, whole or by a pattern.
  private static func unit(of word: String) -> String? {
    let plain = word.hasSuffix(".service") ? String(word.dropLast(8)) : word
    guard let mark = plain.firstIndex(where: { "*?[".contains($0) }) else { return units.first { $0 == plain } }
    return units.first { $0.hasPrefix(plain[..<mark]) }
  }
}
