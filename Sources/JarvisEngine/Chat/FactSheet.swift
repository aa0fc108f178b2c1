import JarvisAPI
import JarvisRouting
import JarvisSafety
import JarvisTools

/// The facts that a question needs, fetched by code when no model with tools can (`models.md`, gates).
///
/// Only GREEN tools, through the same gate as everybody; nobody guesses.
public struct FactSheet: Sendable {
  /// Tools asked for one question.
  static let maximumCalls = 4

  struct Request: Sendable, Hashable {
    var tool: String
    var arguments: JSONValue
  }

  /// The tools that code would ask about `text`: what the operator's rules for tools are tried on.
  public static func tools(for text: String, inventory: Inventory) -> [String] {
    requests(for: text, inventory: inventory).map(\.tool)
  }

  /// What to look up for `text`: the guests, nodes and storages it names, and the cluster as a whole.
  static func requests(for text: String, inventory: Inventory) -> [Request] {
    var requests: [Request] = []
    for guest in inventory.guests(named: text) {
      requests.append(.init(tool: "guest_status", arguments: ["guest": .string(guest)]))
    }
    for node in inventory.nodes(named: text) {
      requests.append(.init(tool: "node_status", arguments: ["node": .string(node)]))
    }
    let storageWords = ["storage", "disk", "full", "space", "speicher", "platte", "voll", "disque", "disco"]
    let folded = text.lowercased()
    if !inventory.storages(named: text).isEmpty || storageWords.contains(where: folded.contains) {
      requests.append(.init(tool: "list_storage", arguments: [:]))
    }
    if ["task", "fail", "backup", "aufgabe"].contains(where: folded.contains) {
      requests.append(.init(tool: "list_tasks", arguments: ["limit": 10]))
    }
    if requests.isEmpty { requests.append(.init(tool: "cluster_status", arguments: [:])) }
    return Array(requests.prefix(maximumCalls))
  }
}

/// The typed command that would do what a message asks for, offered when no model may act.
enum TypedOffer {
  private static let verbs: [(command: String, stems: [String])] = [
    ("reboot", ["restart", "reboot", "bounce", "kick", "neustart", "neu", "redemarr", "reinici"]),
    ("shutdown", ["shutdown", "shut", "turn off", "power off", "herunter", "fahr", "eteins", "apag", "arret"]),
    ("stop", ["stop", "kill", "halt", "stopp", "deten"]),
    ("start", ["start", "boot", "turn on", "power on", "starte", "demarr", "inici", "encien", "arranc"]),
  ]

  /// "/reboot pihole"; nil where the message names no guest or no action.
  static func command(for text: String, inventory: Inventory) -> String? {
    guard let guest = inventory.guests(named: text).first else { return nil }
    let words = " " + text.lowercased().split { !$0.isLetter }.joined(separator: " ")
    guard let verb = verbs.first(where: { $0.stems.contains { words.contains(" " + $0) } }) else { return nil }
    return "/\(verb.command) \(guest.contains(" ") ? "\"\(guest)\"" : guest)"
  }
}
