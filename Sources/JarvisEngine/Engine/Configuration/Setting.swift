import JarvisAPI

/// Every setting that exists: its place in the file, its environment variable, and whether it is a secret.
///
/// The one table behind the file's reader, the environment, the suggestions in errors and `docs/configuration.md`.
public struct Setting: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable {
    case text, number, boolean
    /// Never shown; its variable also exists with `_FILE`.
    case secret
    /// A list of entries with fields of their own (`Setting.fields`); in the environment: the entries' first fields,
    /// separated by commas.
    case list
  }
  /// Dotted: "cluster.token".
  public let key: String
  public let variable: String
  public let kind: Kind
  public let help: String

  /// Path components of `key`.
  var path: [String] { key.split(separator: ".").map(String.init) }

  public static let all: [Setting] = [
    .init(
      key: "cluster.nodes", variable: "JARVIS_PVE_URL", kind: .list, help: "API entrances: url, fingerprint, node"),
    .init(key: "cluster.token", variable: "JARVIS_PVE_TOKEN", kind: .secret, help: "API token USER@REALM!ID=UUID"),
    .init(
      key: "cluster.authority", variable: "JARVIS_PVE_CA", kind: .text,
      help: "PEM of the cluster's certificate authority"),
    .init(
      key: "cluster.fingerprint", variable: "JARVIS_PVE_FINGERPRINT", kind: .text,
      help: "SHA-256 of the leaf for entrances that name none"),
    .init(key: "cluster.poll", variable: "JARVIS_PVE_POLL", kind: .number, help: "seconds between polls, 2 to 300"),
    .init(key: "claude.api_key", variable: "JARVIS_CLAUDE_API_KEY", kind: .secret, help: "Anthropic API key"),
    .init(key: "claude.url", variable: "JARVIS_CLAUDE_URL", kind: .text, help: "base address of the Messages API"),
    .init(key: "claude.fast", variable: "JARVIS_CLAUDE_FAST", kind: .text, help: "model for read-only questions"),
    .init(key: "claude.strong", variable: "JARVIS_CLAUDE_STRONG", kind: .text, help: "model for diagnosis and changes"),
    .init(
      key: "local.url", variable: "JARVIS_LOCAL_URL", kind: .text,
      help: "OpenAI-compatible server, e.g. http://127.0.0.1:9931"),
    .init(
      key: "local.model", variable: "JARVIS_LOCAL_MODEL", kind: .text, help: "model; without it the server's first"),
    .init(
      key: "local.api_key", variable: "JARVIS_LOCAL_API_KEY", kind: .secret, help: "key, where the server wants one"),
    .init(
      key: "local.window", variable: "JARVIS_LOCAL_WINDOW", kind: .number,
      help: "tokens; without it the server is asked"),
    .init(
      key: "ssh.nodes", variable: "JARVIS_SSH_NODES", kind: .list,
      help: "nodes reached by SSH: node, address, port, user, key, jump"),
    .init(key: "ssh.user", variable: "JARVIS_SSH_USER", kind: .text, help: "user on nodes that name none; root"),
    .init(key: "ssh.port", variable: "JARVIS_SSH_PORT", kind: .number, help: "port of nodes that name none; 22"),
    .init(key: "ssh.key", variable: "JARVIS_SSH_KEY", kind: .text, help: "private key's file for nodes that name none"),
    .init(
      key: "ssh.passphrase", variable: "JARVIS_SSH_PASSPHRASE", kind: .secret, help: "passphrase of an encrypted key"),
    .init(key: "ssh.agent", variable: "JARVIS_SSH_AGENT", kind: .boolean, help: "ask the ssh-agent (SSH_AUTH_SOCK)"),
    .init(
      key: "ssh.known_hosts", variable: "JARVIS_SSH_KNOWN_HOSTS", kind: .text,
      help: "file of agreed host keys; known_hosts in the data directory without it"),
    .init(
      key: "budget.daily", variable: "JARVIS_BUDGET_DAILY", kind: .number, help: "US dollars a day; 0 is no budget"),
    .init(
      key: "budget.weekly", variable: "JARVIS_BUDGET_WEEKLY", kind: .number,
      help: "US dollars a week, from Monday; 0 is no budget"),
    .init(
      key: "budget.monthly", variable: "JARVIS_BUDGET_MONTHLY", kind: .number,
      help: "US dollars a month; 0 is no budget"),
    .init(
      key: "budget.at_limit", variable: "JARVIS_BUDGET_AT_LIMIT", kind: .text,
      help: "at 100 %: qwen (the local model answers) or stop"),
    .init(key: "screen.theme", variable: "JARVIS_THEME", kind: .text, help: "shipped theme or path of a theme file"),
    .init(
      key: "screen.reduced_motion", variable: "JARVIS_REDUCED_MOTION", kind: .boolean, help: "no boot text, no pulse"),
    .init(key: "screen.ascii", variable: "JARVIS_ASCII", kind: .boolean, help: "draw with ASCII only"),
    .init(key: "screen.mouse", variable: "JARVIS_MOUSE", kind: .boolean, help: "take the mouse"),
    .init(key: "screen.bell", variable: "JARVIS_BELL", kind: .boolean, help: "ring the bell for each new approval"),
    .init(key: "log.level", variable: "JARVIS_LOG_LEVEL", kind: .text, help: "debug, info, notice, warning or error"),
    .init(key: "timezone", variable: "JARVIS_TIMEZONE", kind: .text, help: "IANA zone; without it the system's"),
  ]

  /// The fields of an entry of each list; the first one must be there.
  static let fields = [
    "cluster.nodes": ["url", "fingerprint", "node"],
    "ssh.nodes": ["node", "address", "port", "user", "key", "jump"],
  ]

  /// The names that may stand under `section` ("" is the top of the file).
  static func names(under section: String) -> [String] {
    if let fields = fields[section] { return fields }
    let prefix = section.isEmpty ? "" : section + "."
    var names: [String] = []
    for setting in all where setting.key.hasPrefix(prefix) {
      let name = String(setting.key.dropFirst(prefix.count).prefix { $0 != "." })
      if !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// The names that stand under `section` and are near to `name`, or to a word that people use for one of them.
  static func suggestions(for name: String, under section: String) -> [String] {
    let known = names(under: section)
    let others = otherWords[section] ?? [:]
    var meant: [String] = []
    for near in Suggestion.nearest(to: name, among: known + others.keys) {
      let real = others[near] ?? near
      if !meant.contains(real) { meant.append(real) }
    }
    return meant
  }

  /// What the same things are called elsewhere, by section.
  private static let otherWords: [String: [String: String]] = [
    "": [
      "proxmox": "cluster", "pve": "cluster", "anthropic": "claude", "llm": "local", "qwen": "local", "ollama": "local",
      "openai": "local", "ui": "screen", "display": "screen", "tz": "timezone", "costs": "budget", "logging": "log",
    ],
    "cluster": [
      "address": "nodes", "addresses": "nodes", "host": "nodes", "hosts": "nodes", "url": "nodes", "server": "nodes",
      "endpoint": "nodes", "password": "token", "secret": "token", "certificate": "authority", "pem": "authority",
      "interval": "poll",
    ],
    "cluster.nodes": ["address": "url", "host": "url", "server": "url", "name": "node", "sha256": "fingerprint"],
    "claude": ["key": "api_key", "token": "api_key", "address": "url", "model": "strong"],
    "local": [
      "address": "url", "host": "url", "server": "url", "key": "api_key", "token": "api_key", "context": "window",
    ],
    "ssh": [
      "username": "user", "identity": "key", "key_file": "key", "private_key": "key", "hosts": "nodes",
      "password": "passphrase",
    ],
    "ssh.nodes": ["name": "node", "host": "address", "url": "address", "username": "user", "proxy": "jump"],
    "budget": [
      "day": "daily", "limit": "daily", "week": "weekly", "month": "monthly", "fallback": "at_limit",
      "exhausted": "at_limit", "action": "at_limit",
    ],
  ]
}
