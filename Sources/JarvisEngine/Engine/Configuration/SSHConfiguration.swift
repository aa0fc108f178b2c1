import Foundation
import JarvisAPI
import JarvisSSH

/// How the nodes are reached over SSH (`docs/ssh.md`).
public struct SSHConfiguration: Sendable, Equatable {
  /// Every node and jump host that is named, with an address.
  public var nodes: [SSHNode]
  /// The private key's file for nodes that name none.
  public var key: String?
  /// A secret: of an encrypted key.
  public var passphrase: String?
  /// Ask the agent at `SSH_AUTH_SOCK`.
  public var usesAgent: Bool
  /// The file of agreed host keys; nil is `known_hosts` in the data directory.
  public var knownHosts: String?
  public init(
    nodes: [SSHNode], key: String? = nil, passphrase: String? = nil, usesAgent: Bool = true, knownHosts: String? = nil
  ) {
    self.nodes = nodes
    self.key = key
    self.passphrase = passphrase
    self.usesAgent = usesAgent
    self.knownHosts = knownHosts
  }
}

extension ConfigurationReader {
  /// What is set under `ssh`. Where no node is listed, the nodes of `cluster.nodes` are reached at their API's addresses.
  func ssh() throws -> SSHConfiguration? {
    let entries = tree.lists["ssh.nodes"] ?? []
    guard !entries.isEmpty || tree.values.keys.contains(where: { $0.hasPrefix("ssh.") }) else { return nil }
    let user = text("ssh.user") ?? "root"
    let port = try number("ssh.port", 1...65_535).map { Int($0) } ?? 22
    let addresses = apiAddresses
    var nodes: [SSHNode]
    if entries.isEmpty {
      nodes = addresses.sorted { $0.key < $1.key }.map { SSHNode(name: $0, address: $1, port: port, user: user) }
      guard !nodes.isEmpty else {
        let key = tree.values.keys.filter { $0.hasPrefix("ssh.") }.min() ?? "ssh"
        throw wrong(
          key, "is set, but no node's address is known",
          "list them under 'ssh.nodes', or name the 'node' of each entry of 'cluster.nodes'")
      }
    } else {
      nodes = try entries.map { try node($0, user: user, port: port, addresses: addresses) }
    }
    for (index, node) in nodes.enumerated() {
      if nodes[..<index].contains(where: { $0.name == node.name }) {
        throw entryError(entries[index], "node '\(node.name)' is listed twice")
      }
      if let jump = node.jump, !nodes.contains(where: { $0.name == jump }) {
        throw entryError(
          entries[index], "jump host '\(jump)' of '\(node.name)' is not listed",
          Suggestion.phrase(Suggestion.nearest(to: jump, among: nodes.map(\.name))) ?? "list it under 'ssh.nodes', too")
      }
    }
    return SSHConfiguration(
      nodes: nodes, key: text("ssh.key"), passphrase: text("ssh.passphrase"),
      usesAgent: try boolean("ssh.agent") ?? true, knownHosts: text("ssh.known_hosts"))
  }

  /// Hosts of the API's entrances whose node is known.
  private var apiAddresses: [String: String] {
    var addresses: [String: String] = [:]
    for entry in tree.lists["cluster.nodes"] ?? [] {
      guard let node = entry.fields["node"], let host = entry.fields["url"].flatMap(URLComponents.init(string:))?.host
      else { continue }
      addresses[node] = host.trimmingCharacters(in: ["[", "]"])
    }
    return addresses
  }

  /// An entry of the list; in the environment `NAME=USER@HOST:PORT`, all but the name optional.
  private func node(
    _ entry: SettingsTree.Entry, user: String, port: Int, addresses: [String: String]
  ) throws -> SSHNode {
    var name = entry.fields["node"] ?? ""
    var place = entry.fields["address"]
    if place == nil, let equals = name.firstIndex(of: "=") {
      place = String(name[name.index(after: equals)...])
      name = String(name[..<equals])
    }
    guard !name.isEmpty else { throw entryError(entry, "a node without a name") }
    var (address, account, number) = (place ?? addresses[name] ?? name, entry.fields["user"] ?? user, port)
    if let at = address.firstIndex(of: "@") {
      account = entry.fields["user"] ?? String(address[..<at])
      address = String(address[address.index(after: at)...])
    }
    if address.hasPrefix("["), let end = address.firstIndex(of: "]") {
      let rest = address[address.index(after: end)...]
      number = try self.port(rest.hasPrefix(":") ? String(rest.dropFirst()) : nil, entry) ?? number
      address = String(address[address.index(after: address.startIndex)..<end])
    } else if address.count(where: { $0 == ":" }) == 1, let colon = address.firstIndex(of: ":") {
      number = try self.port(String(address[address.index(after: colon)...]), entry) ?? number
      address = String(address[..<colon])
    }
    number = try self.port(entry.fields["port"], entry) ?? number
    guard !address.isEmpty, !account.isEmpty, !address.contains(where: \.isWhitespace) else {
      throw entryError(entry, "'\(place ?? "")' is not an address like root@10.0.0.1:22")
    }
    return SSHNode(
      name: name, address: address, port: number, user: account, keyPath: entry.fields["key"],
      jump: entry.fields["jump"])
  }

  private func port(_ text: String?, _ entry: SettingsTree.Entry) throws -> Int? {
    guard let text else { return nil }
    guard let port = Int(text), (1...65_535).contains(port) else {
      throw entryError(entry, "'\(text)' is not a port from 1 to 65535")
    }
    return port
  }

  private func entryError(_ entry: SettingsTree.Entry, _ problem: String, _ advice: String = "") -> ConfigurationError {
    ConfigurationError(source: entry.source, line: entry.line, problem: "ssh.nodes: \(problem)", advice: advice)
  }
}
