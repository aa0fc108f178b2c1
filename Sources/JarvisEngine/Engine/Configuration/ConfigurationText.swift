import Foundation

/// A configuration as the YAML that `init` writes: only what was decided, with a comment where it helps.
public enum ConfigurationText {
  public static func yaml(_ configuration: Configuration) -> String {
    var lines = ["# Jarvis. Every key is also an environment variable: docs/configuration.md"]
    if let cluster = configuration.cluster {
      lines += ["cluster:", "  nodes:"]
      for entrance in cluster.entrances {
        lines.append("    - url: \(quoted(entrance.url))")
        if let node = entrance.node { lines.append("      node: \(quoted(node))") }
        if let fingerprint = entrance.fingerprint { lines.append("      fingerprint: \(quoted(fingerprint))") }
      }
      lines.append("  token: \(quoted(cluster.token))")
      if let authority = cluster.authority {
        lines.append("  authority: |")
        lines += authority.split(separator: "\n").map { "    " + $0 }
      }
    }
    if let claude = configuration.claude, let key = claude.apiKey {
      lines += ["claude:", "  api_key: \(quoted(key))"]
    }
    if let local = configuration.local {
      lines += ["local:", "  url: \(quoted(local.url))"]
      if let model = local.model { lines.append("  model: \(quoted(model))") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A YAML string in double quotes.
  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
  }
}
