import JarvisAPI
import JarvisCluster

/// The guests with their load.
struct ListGuestsTool: ReadTool {
  let context: ToolContext
  let name = "list_guests"
  let summary =
    "Virtual machines and containers with node, status, CPU, memory and uptime; all, or by node, status, type."
  let inputSchema = ToolParameter.schema([
    .text("node", "only guests on this node"),
    .choice("status", ["running", "stopped", "paused", "suspended", "unknown"], "only guests in this state"),
    .choice("type", ["qemu", "lxc"], "only virtual machines (qemu) or containers (lxc)"),
  ])
  let typedName = "guests"
  let typedArguments = ["status", "type", "node"]

  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport {
    let picture = try await context.picture()
    var guests = picture.guests.sorted { $0.vmid < $1.vmid }
    if let query = arguments["node"]?.string {
      let node = try TargetFinder(picture: picture).node(query)
      guests = guests.filter { $0.node == node.name }
    }
    // A template is no guest that stands still: it never runs.
    if let status = arguments["status"]?.string {
      guests = guests.filter { !$0.template && $0.status.rawValue == status }
    }
    if let type = arguments["type"]?.string { guests = guests.filter { $0.kind.rawValue == type } }
    var table = TextTable(["vmid", "name", "type", "node", "status", "cpu", "memory", "uptime"])
    for guest in guests { table.add(guest.cells) }
    return ToolReport(
      content: ["guests": .array(guests.map { .object($0.toolFields) }), "at": context.format.time(picture.at)],
      summary: Self.count(guests),
      text: guests.isEmpty ? "no such guests" : table.text)
  }

  /// "15 guests, 1 template".
  private static func count(_ guests: [Guest]) -> String {
    let templates = guests.count { $0.template }
    let count = CountWords.of(guests.count - templates, "guest")
    return templates == 0 ? count : "\(count), \(CountWords.of(templates, "template"))"
  }
}

/// One guest, asked now.
struct GuestStatusTool: ReadTool {
  let context: ToolContext
  let name = "guest_status"
  let summary = "One guest, asked now: status, CPU, memory, uptime, lock, HA state."
  let inputSchema = ToolParameter.schema([.guest])
  let typedName = "guest"
  let typedArguments = ["guest"]

  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport {
    let guest = try TargetFinder(picture: try await context.picture()).guest(arguments["guest"]?.string ?? "")
    let details: GuestDetails
    do throws(ProxmoxError) {
      details = try await context.cluster.guestStatus(guest.vmid)
    } catch {
      throw error.userFacing
    }
    var fields = details.guest.toolFields
    fields["lock"] = ToolFormat.json(details.guest.lock)
    fields["ha"] = details.managedByHA ? .string(details.guest.haState ?? "managed") : .null
    fields["tags"] = .array(details.guest.tags.map { .string($0) })
    let notes = [
      details.guest.lock.map { "locked: \($0)" },
      details.managedByHA ? "managed by HA (\(details.guest.haState ?? "state unknown"))" : nil,
      details.guest.template ? "template" : nil,
    ].compactMap(\.self)
    return ToolReport(
      content: .object(fields), summary: details.stateWords,
      text: ([details.guest.labelWithNode + ": " + details.stateWords] + notes).joined(separator: "\n"))
  }
}

/// A guest's configuration.
struct GuestConfigTool: ReadTool {
  let context: ToolContext
  let name = "guest_config"
  let summary = "A guest's configuration as Proxmox VE keeps it; secrets are taken out, notes come from outside."
  let inputSchema = ToolParameter.schema([.guest])
  let typedName = "config"
  let typedArguments = ["guest"]

  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport {
    let guest = try TargetFinder(picture: try await context.picture()).guest(arguments["guest"]?.string ?? "")
    var config: [String: JSONValue]
    do throws(ProxmoxError) {
      config = try await context.cluster.guestConfig(guest.vmid)
    } catch {
      throw error.userFacing
    }
    let lines = config.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.string ?? $0.value.text)" }
    // The notes are free text that anybody with a right on the guest may have written.
    let notes = config["description"]
    if let notes {
      config["description"] = ["source": .string("notes of guest \(guest.vmid)"), "untrusted_text": notes]
    }
    return ToolReport(
      content: ["vmid": .int(guest.vmid), "name": .string(guest.name), "config": .object(config)],
      summary: CountWords.of(config.count, "setting"), text: lines.joined(separator: "\n"), untrusted: notes != nil)
  }
}

extension Guest {
  /// A template is marked, so that nobody takes it for a guest that is stopped.
  var toolFields: [String: JSONValue] {
    template ? figures.merging(["template": true]) { first, _ in first } : figures
  }

  private var figures: [String: JSONValue] {
    [
      "vmid": .int(vmid), "name": .string(name), "type": .string(kind.rawValue), "node": .string(node),
      "status": .string(status.rawValue), "cpu_percent": ToolFormat.json(cpu, ToolFormat.percent),
      "memory_used_gib": ToolFormat.json(memory) { ToolFormat.gib($0.used) },
      "memory_total_gib": ToolFormat.json(memory) { ToolFormat.gib($0.total) },
      "uptime_seconds": ToolFormat.json(uptime) { .int(ToolFormat.whole($0)) },
    ]
  }

  fileprivate var cells: [String] {
    [
      "\(vmid)", name, kind.rawValue, node, template ? "template" : status.rawValue,
      ToolFormat.text(cpu, ToolFormat.percentText), ToolFormat.text(memory, ToolFormat.text),
      ToolFormat.text(uptime, ToolFormat.duration),
    ]
  }
}

extension GuestDetails {
  /// "running, up 3 d 4 h", "paused", "stopped".
  var stateWords: String {
    let word = guest.status == .running ? qmpStatus ?? guest.status.rawValue : guest.status.rawValue
    guard guest.status == .running, let uptime = guest.uptime.value else { return word }
    return "\(word), up \(ToolFormat.duration(uptime))"
  }
}
