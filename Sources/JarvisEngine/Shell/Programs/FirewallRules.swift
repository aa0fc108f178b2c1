import JarvisAPI

/// Firewalls: looking is GREEN, locking everybody out is BLACK.
enum FirewallRules {
  private static let firewallFlags = FlagSet(
    "-L? -S? -n -v -x -t: -w --line-numbers --numeric --verbose --list? --list-rules? --table: --exact")

  static func firewall(_ call: Call, _ judge: inout Judge) -> Finding {
    let words = call.args.map(\.text)
    switch call.name {
    case "iptables", "ip6tables", "ebtables", "arptables":
      let changing: Set<Character> = ["A", "D", "I", "R", "F", "X", "P", "N", "E", "Z"]
      let isChange = words.contains { word in
        word.hasPrefix("--")
          ? [
            "--append", "--delete", "--insert", "--replace", "--flush", "--policy", "--new-chain", "--delete-chain",
            "--zero", "--rename-chain",
          ].contains { $0.hasPrefix(word) } : word.first == "-" && word.dropFirst().contains { changing.contains($0) }
      }
      if !isChange, !call.hasUnknown,
        words.contains(where: { $0.hasPrefix("-") && ($0.contains("L") || $0.contains("S")) || $0.hasPrefix("--list") }
        ),
        judge.check(
          call,
          flags: FirewallRules.firewallFlags,
          operands: .upTo(3)) == nil
      {
        return .green("\(call.name) -L")
      }
      if words.contains(where: { $0 == "-F" || $0 == "--flush" }) || words.contains("-P") && words.contains("DROP")
        || words.contains("--policy") && words.contains("DROP")
        || (words.contains("DROP") || words.contains("REJECT"))
          && (words.contains("22") || words.contains("8006") || words.contains("ssh")
            || !words.contains { $0 == "-s" || $0 == "--source" || $0 == "--dport" || $0 == "-d" })
      {
        return .black(
          "firewall.lock-out", "locks everybody out of this host, Jarvis included, or opens it to all",
          "add one rule for one address")
      }
      return .red("firewall", "changes the firewall: it may cut this very connection", "-L shows it")
    case "nft":
      if words.drop(while: { ["-a", "-j", "-n", "-nn", "-s", "-t", "-y", "--json", "--stateless"].contains($0) }).first
        == "list",
        !call.hasUnknown, !words.contains(where: { $0.contains(";") })
      {
        return .green("nft list")
      }
      if words.contains("flush") || words.contains("delete") && words.contains("table")
        || words.contains("drop") && words.contains("policy")
      {
        return .black("firewall.lock-out", "empties the firewall or locks everybody out", "nft list ruleset shows it")
      }
      return .red("firewall", "changes the firewall", "nft list ruleset shows it")
    case "ufw":
      if words.first == "status" || words == ["version"] { return .green("ufw status") }
      if ["enable", "reset", "disable"].contains(where: words.contains)
        || words.contains("deny")
          && words.contains(where: { ["22", "22/tcp", "ssh", "8006", "incoming"].contains($0) })
      {
        return .black(
          "firewall.lock-out", "locks everybody out of this host, or opens it to all", "ufw status shows it")
      }
      return .red("firewall", "changes the firewall", "ufw status shows it")
    case "firewall-cmd":
      return words.allSatisfy({
        $0.hasPrefix("--list") || $0.hasPrefix("--get") || $0 == "--state" || $0.hasPrefix("--zone")
      }) && !words.isEmpty && !call.hasUnknown
        ? .green("firewall-cmd --list") : .red("firewall", "changes the firewall")
    case "pve-firewall":
      if let first = words.first, ["status", "compile", "localnet", "simulate"].contains(first) {
        return .green("pve-firewall \(first)")
      }
      return .black("firewall.lock-out", "turns the node's firewall off or on", "pve-firewall status reads")
    default:
      return .black(
        "firewall.lock-out", "replaces the whole firewall", "the firewall of the web interface keeps a way in")
    }
  }
}
