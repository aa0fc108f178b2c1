import Foundation
import JarvisAPI
import JarvisCluster
import JarvisCost
import JarvisHTTP

/// Turns raw settings into a `Configuration`, checking every value.
struct ConfigurationReader {
  let tree: SettingsTree

  func configuration() throws -> Configuration {
    Configuration(
      cluster: try cluster(), claude: try claude(), local: try local(), ssh: try ssh(), budget: try budget(),
      screen: try screen(), log: try log(), timeZone: try timeZone())
  }

  func text(_ key: String) -> String? { tree.values[key]?.text }

  func wrong(_ key: String, _ problem: String, _ advice: String = "") -> ConfigurationError {
    let value = tree.values[key]
    return ConfigurationError(
      source: value?.source ?? "configuration", line: value?.line, problem: "'\(key)' \(problem)", advice: advice)
  }

  func number(_ key: String, _ range: ClosedRange<Double>) throws -> Double? {
    guard let text = text(key) else { return nil }
    guard let value = Double(text), range.contains(value) else {
      throw wrong(key, "must be a number from \(plain(range.lowerBound)) to \(plain(range.upperBound)), not '\(text)'")
    }
    return value
  }

  private func plain(_ value: Double) -> String { value == value.rounded() ? String(Int(value)) : String(value) }

  func boolean(_ key: String) throws -> Bool? {
    guard let text = text(key) else { return nil }
    switch text.lowercased() {
    case "true", "yes", "on", "1": return true
    case "false", "no", "off", "0": return false
    default: throw wrong(key, "must be true or false, not '\(text)'")
    }
  }

  private func url(_ key: String) throws -> String? {
    guard let text = text(key) else { return nil }
    guard Self.isAddress(text, schemes: ["http", "https"]) else {
      throw wrong(key, "must be an address like http://127.0.0.1:9931, not '\(text)'")
    }
    return text.hasSuffix("/") ? String(text.dropLast()) : text
  }

  static func isAddress(_ text: String, schemes: [String]) -> Bool {
    guard let parts = URLComponents(string: text), let scheme = parts.scheme, let host = parts.host else {
      return false
    }
    return schemes.contains(scheme) && !host.isEmpty && parts.user == nil && parts.query == nil
  }

  private func cluster() throws -> ClusterConfiguration? {
    let entries = tree.lists["cluster.nodes"] ?? []
    guard !entries.isEmpty || text("cluster.token") != nil else { return nil }
    guard !entries.isEmpty else {
      throw wrong(
        "cluster.token", "is set, but 'cluster.nodes' names no address", "run `jarvis-tui init`, or set JARVIS_PVE_URL")
    }
    guard let token = text("cluster.token") else {
      throw ConfigurationError(
        source: entries[0].source, line: entries[0].line,
        problem: "'cluster.nodes' is set, but 'cluster.token' is not",
        advice: "run `jarvis-tui init`, or set JARVIS_PVE_TOKEN or JARVIS_PVE_TOKEN_FILE")
    }
    do {
      _ = try APIToken(parsing: token)
    } catch {
      throw wrong(
        "cluster.token", "is not an API token: \(error)",
        "copy it whole from Datacenter → Permissions → API Tokens; the secret is shown only once there")
    }
    let common = text("cluster.fingerprint")
    let entrances = try entries.map { entrance in
      let url = entrance.fields["url"] ?? ""
      guard Self.isAddress(url, schemes: ["https"]) else {
        throw ConfigurationError(
          source: entrance.source, line: entrance.line,
          problem: "'\(url)' is not an address like https://pve:8006",
          advice: "Proxmox serves its API over https on port 8006")
      }
      let fingerprint = entrance.fields["fingerprint"] ?? common
      if let fingerprint, CertificateFingerprint(fingerprint) == nil {
        throw ConfigurationError(
          source: entrance.source, line: entrance.line,
          problem: "'\(fingerprint)' is not a SHA-256 fingerprint",
          advice: "32 pairs of hexadecimal digits with colons, as Proxmox shows it under Certificates")
      }
      return ClusterConfiguration.Entrance(url: url, fingerprint: fingerprint, node: entrance.fields["node"])
    }
    if let pem = text("cluster.authority"), !pem.contains("-----BEGIN CERTIFICATE-----") {
      throw wrong("cluster.authority", "is not a PEM certificate")
    }
    return ClusterConfiguration(
      entrances: entrances, token: token, authority: text("cluster.authority"),
      pollInterval: try number("cluster.poll", 2...300) ?? 12)
  }

  private func claude() throws -> ClaudeConfiguration? {
    guard let key = text("claude.api_key") else { return nil }
    var claude = ClaudeConfiguration(apiKey: key)
    if let url = try url("claude.url") { claude.url = url }
    if let fast = text("claude.fast") { claude.fast = fast }
    if let strong = text("claude.strong") { claude.strong = strong }
    return claude
  }

  private func local() throws -> LocalModelConfiguration? {
    guard let url = try url("local.url") else { return nil }
    return LocalModelConfiguration(
      url: url, model: text("local.model"), apiKey: text("local.api_key"),
      window: try number("local.window", 512...10_000_000).map { Int($0) })
  }

  private func budget() throws -> BudgetLimits {
    func amount(_ key: String, without: MicroDollars?) throws -> MicroDollars? {
      guard let dollars = try number(key, 0...1_000_000) else { return without }
      return dollars == 0 ? nil : MicroDollars(Int64((dollars * 1_000_000).rounded()))
    }
    var limits = BudgetLimits(
      day: try amount("budget.daily", without: BudgetLimits.defaultDay),
      week: try amount("budget.weekly", without: nil), month: try amount("budget.monthly", without: nil))
    if let text = text("budget.at_limit") {
      guard let choice = BudgetLimits.AtLimit(rawValue: text) else {
        throw wrong(
          "budget.at_limit",
          "must be one of \(BudgetLimits.AtLimit.allCases.map(\.rawValue).joined(separator: ", ")), not '\(text)'")
      }
      limits.atLimit = choice
    }
    return limits
  }

  private func screen() throws -> ScreenConfiguration {
    ScreenConfiguration(
      theme: text("screen.theme") ?? "jarvis", reducedMotion: try boolean("screen.reduced_motion") ?? false,
      ascii: try boolean("screen.ascii"), mouse: try boolean("screen.mouse") ?? true,
      bell: try boolean("screen.bell") ?? false)
  }

  private func log() throws -> LogConfiguration {
    guard let text = text("log.level") else { return .init() }
    guard let level = LogConfiguration.Level(rawValue: text) else {
      throw wrong(
        "log.level",
        "must be one of \(LogConfiguration.Level.allCases.map(\.rawValue).joined(separator: ", ")), not '\(text)'")
    }
    return LogConfiguration(level: level)
  }

  private func timeZone() throws -> TimeZone? {
    guard let text = text("timezone") else { return nil }
    guard let zone = TimeZone(identifier: text) else {
      throw wrong("timezone", "names no zone: '\(text)'", "use an IANA name such as Europe/Berlin")
    }
    return zone
  }
}
