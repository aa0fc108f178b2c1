import JarvisAPI
import JarvisCluster

/// Packages of a node that could be upgraded.
struct NodeUpdatesTool: ReadTool {
  let context: ToolContext
  let name = "node_updates"
  let summary = "Packages of a node that could be upgraded, with old and new version. Installs nothing."
  let inputSchema = ToolParameter.schema([.node])
  let typedName = "updates"
  let typedArguments = ["node"]

  /// Packages told, at most.
  static let maximumPackages = 300

  struct Package: Sendable, Hashable {
    var name: String
    var old: String
    var new: String
  }

  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport {
    let node = try TargetFinder(picture: try await context.picture()).node(arguments["node"]?.string ?? "")
    let (packages, source) = try await packages(of: node.name)
    let kernel = packages.contains { $0.name.hasPrefix("proxmox-kernel") || $0.name.hasPrefix("pve-kernel") }
    var table = TextTable(["package", "installed", "available"])
    for package in packages.prefix(Self.maximumPackages) { table.add([package.name, package.old, package.new]) }
    return ToolReport(
      content: [
        "node": .string(node.name), "source": .string(source), "count": .int(packages.count), "kernel": .bool(kernel),
        "packages": .array(
          packages.prefix(Self.maximumPackages).map {
            ["name": .string($0.name), "old": .string($0.old), "new": .string($0.new)]
          }),
      ],
      summary: packages.isEmpty
        ? "up to date" : CountWords.of(packages.count, "update") + (kernel ? ", a kernel among them" : ""),
      text: packages.isEmpty ? "\(node.name) is up to date" : table.text)
  }

  /// From the API, which wants a right that may also change things; else over SSH.
  private func packages(of node: String) async throws(UserFacingError) -> ([Package], source: String) {
    do throws(ProxmoxError) {
      let rows = try await context.cluster.read(.updates(on: node))
      return (
        rows.map { Package(name: $0.id, old: $0.fields["OldVersion"].words, new: $0.fields["Version"].words) }
          .sorted { $0.name < $1.name }, "api"
      )
    } catch {
      guard case .forbidden = error.kind, context.shell != nil else {
        var told = error.userFacing
        if case .forbidden = error.kind {
          told.reason = "no right: Sys.Modify /nodes/\(node) – which may also change the node – and SSH is not set up"
          told.advice = "set up SSH: reading over it needs no such right"
        }
        throw told
      }
      let text = try await context.output(of: "apt list --upgradable", on: node)
      return (Self.listed(text), "ssh")
    }
  }

  /// Lines of `apt list --upgradable`: "dpkg/stable 1.21.23 amd64 [upgradable from: 1.21.22]".
  static func listed(_ text: String) -> [Package] {
    text.split(separator: "\n").compactMap { line -> Package? in
      let parts = line.split(separator: " ")
      guard parts.count >= 3, let slash = parts[0].firstIndex(of: "/"),
        let from = line.firstRange(of: "[upgradable from: ")
      else { return nil }
      return Package(
        name: String(parts[0][..<slash]), old: String(line[from.upperBound...].prefix { $0 != "]" }),
        new: String(parts[1]))
    }.sorted { $0.name < $1.name }
  }
}

extension JSONValue? {
  /// A text, or a number as text; empty where there is neither.
  var words: String {
    switch self {
    case .string(let text): text
    case .int(let number): String(number)
    case .double(let number): String(number)
    default: ""
    }
  }
}
