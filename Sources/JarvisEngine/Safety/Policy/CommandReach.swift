import Foundation
import JarvisAPI

/// What a shell command above GREEN may cut off, judged by its words alone: where one of them names what is protected,
/// beside a program that acts on such things, it counts as cut. Quotes and escapes are taken off first, so that
/// `q'm' stop "100"` says what it does.
enum CommandReach {
  private static let guestPrograms: Set<String> = ["qm", "pct", "pvesh", "ha-manager", "kvm", "lxc-stop", "vzdump"]
  private static let servicePrograms: Set<String> = ["systemctl", "service", "invoke-rc.d", "kill", "killall", "pkill"]
  private static let networkPrograms: Set<String> = ["ip", "ifdown", "ifup", "ifreload", "brctl", "ovs-vsctl", "nmcli"]
  private static let storagePrograms: Set<String> = [
    "zpool", "zfs", "pvesm", "lvremove", "vgremove", "lvchange", "vgchange", "umount", "rbd", "mount",
  ]
  /// Characters of a command that are looked at; longer ones the classifier refuses.
  private static let maximumLength = 64 * 1024

  /// The first of `assets` that `command`, run on `node`, may cut.
  static func cut(by command: String, on node: String, of assets: some Collection<Asset>) -> Asset? {
    let words = words(in: command)
    let programs = Set(words.map { $0.split(separator: "/").last.map(String.init) ?? $0 })
    func acts(_ wanted: Set<String>) -> Bool { !programs.isDisjoint(with: wanted) }
    return assets.first { asset in
      switch asset {
      case .guest(let vmid): guests(in: words).contains(vmid)
      // What stops a whole node is BLACK by the classifier already.
      case .node: false
      case .storage(let name): acts(storagePrograms) && words.contains { $0.split(separator: "/").contains { $0 == name } }
      case .bridge(let place, let name): place == node && acts(networkPrograms) && words.contains(name)
      case .service(let place, let name):
        (place == node || place.isEmpty) && acts(servicePrograms)
          && words.contains { $0 == name || $0 == name + ".service" }
      }
    }
  }

  /// The numbers that may be guests', where a program that acts on guests stands beside them.
  static func guests(namedIn command: String) -> Set<Int> { guests(in: words(in: command)) }

  private static func guests(in words: [String]) -> Set<Int> {
    let programs = words.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    guard !guestPrograms.isDisjoint(with: programs) else { return [] }
    return Set(words.flatMap { $0.split(separator: "/").compactMap { Int($0) } })
  }

  private static func words(in command: String) -> [String] {
    let plain = command.prefix(maximumLength).filter { !"\"'\\`".contains($0) }
    return plain.split { $0.isWhitespace || ";|&()<>{}=,:".contains($0) }.map(String.init)
  }
}
