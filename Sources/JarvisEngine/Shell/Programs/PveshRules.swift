import JarvisAPI

/// `pvesh`: the API on the command line. Reading is GREEN but for what reveals secrets.
enum PvesHandler {
  static func pvesh(_ call: Call, _ judge: inout Judge) -> Finding {
    guard let verb = call.args.first?.certain else {
      return .red("pvesh", "what pvesh does is only known when it runs")
    }
    let path = call.args.dropFirst().first { !$0.text.hasPrefix("-") }?.text ?? ""
    switch verb {
    case "help", "usage", "ls":
      return call.hasUnknown ? .red("pvesh", "which path is read is only known when it runs") : .green("pvesh \(verb)")
    case "get":
      if let arg = call.args.dropFirst().first(where: { !$0.text.hasPrefix("-") }),
        arg.canSplit || arg.text.first == Arg.hole
      {
        return .red("expansion.option", "which path is read is only known when it runs", "write the path out")
      }
      for part in [
        "cloudinit/dump", "vncproxy", "vncwebsocket", "/tfa", "file-read", "agent/exec", "spiceproxy", "termproxy",
        "agent/file", "file-restore", "acme/plugins", "query-url-metadata", "query-oci", "/scan", "aplinfo/", "/report",
      ] where path.contains(part) {
        return .red("secret.api", "\(path) reveals secrets", "read the configuration instead")
      }
      if path.contains("\0"), path.hasSuffix("\0") {
        return .red("expansion.option", "which path is read is only known when it runs")
      }
      return .green("pvesh get")
    case "create", "set", "delete":
      return change(verb, path.replacingHoles(with: "…"))
    default: return .red("pvesh.unlisted", "pvesh \(verb) is not in the rule table")
    }
  }

  private static func change(_ verb: String, _ path: String) -> Finding {
    let parts = path.split(separator: "/").map(String.init)
    if path.hasPrefix("/access") || path.hasPrefix("access") {
      return .black("pvesh.access", "changes users, tokens or rights", "pvesh get /access/users reads")
    }
    if parts.last == "status", parts.first == "nodes", parts.count == 3, verb == "create" {
      return .black("node.power", "reboots or shuts down a node", "shut guests down one by one, or migrate them first")
    }
    if verb == "delete" {
      if parts.contains("snapshot") { return .red("pvesh.snapshot", "deletes a snapshot") }
      return .black("pvesh.delete", "deletes \(path) for good", "pvesh get reads it")
    }
    if parts.contains("disks") || path.contains("wipedisk") || path.contains("/ceph/") || path.contains("initgpt") {
      return .black("pvesh.disks", "erases or changes disks")
    }
    if path.hasPrefix("/cluster/config") || path.contains("/firewall") {
      return .black("pvesh.cluster", "changes who belongs to the cluster, or who may reach it")
    }
    if verb == "create", parts.count == 6, parts[4] == "status", parts[5] == "start" {
      return .yellow("pvesh start", "starts a guest")
    }
    if verb == "create", parts.count == 5, parts[4] == "snapshot" {
      return .yellow("pvesh snapshot", "takes a snapshot")
    }
    if verb == "create", parts.count == 3, parts[2] == "wakeonlan" { return .yellow("pvesh wakeonlan", "wakes a node") }
    return .red("pvesh.\(verb)", "changes \(path)", "pvesh get reads it")
  }
}
