import JarvisAPI
import JarvisCluster

/// What a guest tells from inside: addresses, file systems, its system.
struct GuestAgentTool: ReadTool {
  let context: ToolContext
  let name = "guest_agent_info"
  let summary =
    "What a running guest tells from inside: addresses, file systems, operating system. VMs need the guest agent."
  let inputSchema = ToolParameter.schema([.guest])
  let typedName = "inside"
  let typedArguments = ["guest"]

  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport {
    let picture = try await context.picture()
    let guest = try TargetFinder(picture: picture).guest(arguments["guest"]?.string ?? "")
    guard guest.status == .running else {
      throw UserFacingError(
        .negative, attempted: "ask \(guest.labelWithNode) from inside", reason: "it is \(guest.status.rawValue)",
        advice: "only a running guest can answer")
    }
    let facts = guest.kind == .lxc ? try await container(guest) : try await machine(guest)
    return facts.report(guest)
  }

  private func container(_ guest: Guest) async throws(UserFacingError) -> InsideFacts {
    var facts = InsideFacts()
    facts.interfaces = try await context.read(.interfaces(of: GuestPlace(guest))).map {
      InsideFacts.Interface(name: $0.name, hardware: $0.hardwareAddress, addresses: $0.addresses)
    }
    if let disk = guest.disk.value {
      facts.fileSystems = [.init(place: "/", type: "", used: disk.used, total: disk.total)]
    }
    return facts
  }

  private func machine(_ guest: Guest) async throws(UserFacingError) -> InsideFacts {
    var facts = InsideFacts()
    var first: ProxmoxError?
    for question in AgentQuestion.allCases {
      do throws(ProxmoxError) {
        facts.take(try await context.cluster.read(.agent(question, of: GuestPlace(guest))), question)
      } catch {
        first = first ?? error
        facts.notes.append("\(question.rawValue): \(error.reason)")
        // Without an agent no other question has an answer.
        if error.reason.contains("agent") || error.reason.contains("not running") { break }
      }
    }
    guard let first, facts.isEmpty else { return facts }
    var told = first.userFacing
    if first.reason.contains("agent") {
      told.advice = "install qemu-guest-agent in the guest and switch it on in its options"
    }
    throw told
  }
}

/// What was learned from inside a guest.
struct InsideFacts: Sendable {
  struct Interface: Sendable {
    var name: String
    var hardware: String?
    var addresses: [String]
  }

  struct FileSystem: Sendable {
    var place: String
    var type: String
    var used: Int64?
    var total: Int64?
  }

  var system: String?
  var hostName: String?
  var interfaces: [Interface] = []
  var fileSystems: [FileSystem] = []
  /// What could not be learned, and why.
  var notes: [String] = []

  var isEmpty: Bool { system == nil && hostName == nil && interfaces.isEmpty && fileSystems.isEmpty }

  mutating func take(_ answer: [String: JSONValue], _ question: AgentQuestion) {
    let result = answer["result"]
    // An agent that does not know a question answers with success and an error inside.
    if let error = result?["error"] {
      notes.append("\(question.rawValue): \(error["desc"].words)")
      return
    }
    switch question {
    case .system: system = result?["pretty-name"]?.string ?? result?["name"]?.string ?? result?["id"]?.string
    case .hostName: hostName = result?["host-name"]?.string
    case .interfaces:
      interfaces = (result?.array ?? []).map { row in
        Interface(
          name: row["name"].words, hardware: row["hardware-address"]?.string,
          addresses: (row["ip-addresses"]?.array ?? []).map {
            "\($0["ip-address"].words)\($0["prefix"] == nil ? "" : "/\($0["prefix"].words)")"
          })
      }
    case .fileSystems:
      fileSystems = (result?.array ?? []).map { row in
        FileSystem(
          place: row["mountpoint"].words, type: row["type"].words, used: row["used-bytes"]?.whole,
          total: row["total-bytes"]?.whole)
      }
    }
  }

  func report(_ guest: Guest) -> ToolReport {
    let shown = interfaces.filter { $0.name != "lo" }
    let addresses = shown.flatMap(\.addresses).filter { !$0.hasPrefix("fe80") }
    var lines: [String] = []
    if let system { lines.append("system: \(system)\(hostName.map { " (\($0))" } ?? "")") }
    lines += shown.map { "\($0.name) \($0.hardware ?? ""): \($0.addresses.joined(separator: ", "))" }
    lines += fileSystems.map { disk in
      guard let used = disk.used, let total = disk.total else { return "\(disk.place): usage unknown" }
      return "\(disk.place): \(ToolFormat.text(Usage(used: used, total: total)))"
    }
    return ToolReport(
      content: [
        "vmid": .int(guest.vmid), "name": .string(guest.name), "os": ToolFormat.json(system),
        "hostname": ToolFormat.json(hostName), "notes": .array(notes.map { .string($0) }),
        "interfaces": .array(
          shown.map {
            [
              "name": .string($0.name), "mac": ToolFormat.json($0.hardware),
              "addresses": .array($0.addresses.map { .string($0) }),
            ]
          }),
        "filesystems": .array(
          fileSystems.map { disk in
            [
              "mount": .string(disk.place), "type": .string(disk.type),
              "used_gib": disk.used.map { ToolFormat.gib($0) } ?? .null,
              "total_gib": disk.total.map { ToolFormat.gib($0) } ?? .null,
              "percent": disk.used.flatMap { used in
                disk.total.flatMap { $0 > 0 ? ToolFormat.percent(Double(used) / Double($0)) : nil }
              } ?? .null,
            ]
          }),
      ], summary: addresses.isEmpty ? "no address told" : addresses.joined(separator: ", "),
      text: (lines + notes).joined(separator: "\n"))
  }
}
