import Foundation
import JarvisAPI

/// What a shell command may cut off, judged twice: by its words alone, wherever they stand (quotes and escapes taken off
/// first, so that `q'm' stop "100"` says what it does), and by the programs that its classifier found, each on the node
/// that it acts on.
struct CommandReach {
  let command: String
  /// The node that gets the command.
  let node: String
  /// nil where nobody read it: then its words must do.
  let acts: [CommandReading.Act]?
  /// The node of a name or address that `ssh` is given; nil for a machine that is none of the cluster's.
  let resolve: @Sendable (String) -> String?
  private let words: [String]

  /// Characters of a command that are looked at; longer ones the classifier refuses.
  private static let maximumLength = 64 * 1024

  init(
    _ command: String, on node: String, acts: [CommandReading.Act]? = nil,
    resolve: @escaping @Sendable (String) -> String? = { _ in nil }
  ) {
    self.command = command
    self.node = node
    self.acts = acts
    self.resolve = resolve
    words = Self.words(in: command)
  }

  /// The numbers that may be guests', where a program that acts on guests stands beside them.
  var guests: Set<Int> {
    var found: Set<Int> = []
    if acts(words, Programs.guest) { found = Self.numbers(words) }
    for act in acts ?? [] where Programs.guest.contains(act.program) {
      found.formUnion(Self.numbers(act.words.compactMap(\.self).flatMap(Self.words)))
    }
    for case .guest(let vmid?) in (acts ?? []).map(\.place) { found.formUnion(Self.numbers([vmid])) }
    return found
  }

  /// The first of `assets` that it may cut.
  func cut(of assets: some Collection<Asset>) -> Asset? {
    let guests = guests
    let emptied = emptiedNodes
    return assets.first { asset in
      switch asset {
      case .guest(let vmid): guests.contains(vmid)
      // What stops a whole node is BLACK by the classifier already; what stops all of its guests is not.
      case .node(let name): emptied.contains(name)
      case .storage(let name):
        acts(words, Programs.storage) && words.contains { $0.split(separator: "/").contains { $0 == name } }
      case .bridge(let place, let name): hits(Programs.network, [name], on: place)
      case .service(let place, let name): hits(Programs.service, [name, name + ".service"], on: place)
      }
    }
  }

  /// What about it cannot be known before it runs, though it may be what must not be cut: RED at least.
  /// - Parameters:
  ///   - assets: what must not be cut.
  ///   - guestNames: guests that must not be cut, by their names.
  func doubt(of assets: some Collection<Asset>, homeIsUnknown: Bool, guestNames: [String] = []) -> String? {
    guard let acts else { return nil }
    for act in acts where act.program == "ssh" {
      guard let host = act.words.first ?? nil else {
        return "which machine its ssh goes to is only known when it runs"
      }
      let bare = host.split(separator: "@").last.map(String.init) ?? host
      if resolve(bare) == nil { return "its ssh goes to \(shown(bare)), which is no node of this cluster" }
    }
    let guests =
      assets.compactMap { if case .guest(let vmid) = $0 { vmid } else { nil } }.sorted().map(String.init) + guestNames
    if let act = acts.first(where: Self.hidesItsGuest), homeIsUnknown || !guests.isEmpty {
      return "which guest \(shown(act.program)) acts on is only known when it runs: it may be "
        + (guests.isEmpty
          ? "the one that Jarvis lives on, which nobody has confirmed"
          : guests.joined(separator: " or ") + ", which must not be cut")
    }
    let services = assets.contains { if case .service = $0 { true } else { false } }
    let bridges = assets.contains { if case .bridge = $0 { true } else { false } }
    let hidden = acts.first { act in
      (services && Programs.service.contains(act.program) || bridges && Programs.network.contains(act.program))
        && act.words.contains { $0 == nil }
    }
    return hidden.map { "what \(shown($0.program)) acts on is only known when it runs: it may be what must not be cut" }
  }

  // MARK: Acts

  /// A program that acts on a guest, with a word that nobody can read yet.
  private static func hidesItsGuest(_ act: CommandReading.Act) -> Bool {
    if case .guest(nil) = act.place { return true }
    return Programs.guest.contains(act.program) && act.words.contains { $0 == nil }
  }

  /// Nodes all of whose guests it may stop.
  private var emptiedNodes: Set<String> {
    var found: Set<String> = []
    for act in acts ?? [] {
      let words = act.words.compactMap(\.self)
      let place = place(of: act) ?? node
      if Programs.service.contains(act.program), GuestStopping.isAsked(of: act.program, words) { found.insert(place) }
      switch act.program {
      case "pvenode" where !Programs.allGuests.isDisjoint(with: words): found.insert(place)
      case "pvesh":
        for path in words {
          let parts = path.split(separator: "/").map(String.init)
          guard parts.count == 3, parts[0] == "nodes", Programs.allGuests.contains(parts[2]) else { continue }
          // The API's own name for the node that is asked.
          found.insert(parts[1] == "localhost" ? place : resolve(parts[1]) ?? parts[1])
        }
      default: break
      }
    }
    return found
  }

  /// The node that an act is on; nil where nobody knows, and inside a guest.
  private func place(of act: CommandReading.Act) -> String? {
    switch act.place {
    case .here: node
    case .host(let host): resolve(host)
    case .guest, .unknown: nil
    }
  }

  /// - Parameter place: a node's name; empty for any node.
  private func hits(_ programs: Set<String>, _ names: Set<String>, on place: String) -> Bool {
    let isSaid = self.acts(words, programs) && !names.isDisjoint(with: words)
    guard let acts else { return (place.isEmpty || place == node) && isSaid }
    return acts.contains { act in
      let isHere =
        act.program.isEmpty
        ? isSaid
        : programs.contains(act.program) && !names.isDisjoint(with: act.words.compactMap(\.self).flatMap(Self.words))
      guard isHere else { return false }
      switch act.place {
      case .guest: return false
      // Where it runs is not known: it may be there.
      case .unknown: return true
      case .here: return place.isEmpty || node == place
      case .host(let host):
        guard !place.isEmpty else { return true }
        // "pve.lan" may be pve.
        return resolve(host).map { $0 == place } ?? (host.split(separator: ".").first.map(String.init) == place)
      }
    }
  }

  // MARK: Words

  private func acts(_ words: [String], _ wanted: Set<String>) -> Bool {
    words.contains { wanted.contains($0.split(separator: "/").last.map(String.init) ?? $0) }
  }

  private static func numbers(_ words: [String]) -> Set<Int> {
    Set(words.flatMap { $0.split(separator: "/").compactMap { Int($0) } })
  }

  private static func words(in command: String) -> [String] {
    let plain = command.prefix(maximumLength).filter { !"\"'\\`".contains($0) }
    return plain.split { $0.isWhitespace || ";|&()<>{}=,:".contains($0) }.map(String.init)
  }

  private func shown(_ text: String) -> String {
    Sanitiser.clean(String(text.prefix(60)), keepingNewlines: false)
  }
}

/// Programs by what they act on.
private enum Programs {
  static let guest: Set<String> = [
    "qm", "pct", "pvesh", "ha-manager", "kvm", "lxc-stop", "vzdump", "lxc-attach", "qmrestore",
  ]
  static let service: Set<String> = ["systemctl", "service", "invoke-rc.d", "kill", "killall", "pkill"]
  static let network: Set<String> = ["ip", "ifdown", "ifup", "ifreload", "brctl", "ovs-vsctl", "nmcli"]
  static let storage: Set<String> = [
    "zpool", "zfs", "pvesm", "lvremove", "vgremove", "lvchange", "vgchange", "umount", "rbd", "mount",
  ]
  /// Sub-commands, and the API's own words, that take all guests of a node at once.
  static let allGuests: Set<String> = ["stopall", "migrateall", "suspendall"]
}
