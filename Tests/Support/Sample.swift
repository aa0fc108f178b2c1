import Foundation
import JarvisAPI

/// A small world for tests: the four nodes of the design's picture, their guests, a conversation, money and events.
/// Every builder takes what a test wants to differ.
public enum Sample {
  /// Monday, 23 November 2026, 21:07:42 UTC.
  public static let now = Date(timeIntervalSince1970: 1_795_468_062)
  public static let conversation = ConversationID(rawValue: "c1")
  static let gib: Int64 = 1 << 30

  // MARK: Cluster

  public static func node(
    _ name: String, cpu: Double, cores: Int, memory: (Double, Double), status: Node.Status = .online,
    at: Date = now, offlineSince: Date? = nil
  ) -> Node {
    let usage = Usage(used: Int64(memory.0 * Double(gib)), total: Int64(memory.1 * Double(gib)))
    return Node(
      name: name, status: status, cpu: .known(cpu), cores: .known(cores), memory: .known(usage),
      disk: .known(Usage(used: 30 * gib, total: 100 * gib)), uptime: .known(41 * 86_400), address: "192.168.1.2",
      seenAt: at, offlineSince: offlineSince)
  }

  public static func guest(
    _ vmid: Int, _ name: String, on node: String, cpu: Double = 0.1, kind: Guest.Kind = .lxc,
    status: Guest.Status = .running, traffic: (Int64, Int64) = (0, 0), at: Date = now
  ) -> Guest {
    Guest(
      vmid: vmid, name: name, kind: kind, node: node, status: status, cpu: .known(status == .running ? cpu : 0),
      cores: .known(2), memory: .known(Usage(used: 2 * gib, total: 4 * gib)),
      uptime: .known(status == .running ? 90_000 : 0), networkIn: .known(traffic.0), networkOut: .known(traffic.1),
      tags: ["lan"], seenAt: at)
  }

  public static func storage(_ name: String, _ fraction: Double, at: Date = now) -> Storage {
    Storage(
      name: name, node: "pve", shared: true, plugin: "zfspool",
      usage: .known(Usage(used: Int64(fraction * 1_000) * gib, total: 1_000 * gib)), content: ["images", "rootdir"],
      seenAt: at)
  }

  /// The picture at a poll. `step` counts polls: loads and counters move with it, always the same way.
  public static func cluster(step: Int = 0, at: Date = now, pihole: Guest.Status = .running) -> ClusterSnapshot {
    let wave = Double((step * 7) % 20) / 100
    let traffic = (Int64(step) * 88 * 12 << 20, Int64(step) * 12 * 12 << 20)
    return ClusterSnapshot(
      name: "homelab", at: at, link: .connected(node: "pve"), quorate: .known(true), version: "9.2.11",
      nodes: [
        node("pve", cpu: 0.32 + wave, cores: 24, memory: (30, 64), at: at),
        node("agent", cpu: 0.01 + wave / 2, cores: 8, memory: (11, 16), at: at),
        node("home", cpu: 0.03, cores: 6, memory: (6.1, 10), at: at),
        node(
          "backup", cpu: 0, cores: 4, memory: (0, 8), status: .offline, at: at,
          offlineSince: now.addingTimeInterval(-200)),
      ],
      guests: [
        guest(100, "docker-host", on: "pve", cpu: 0.38, kind: .qemu, traffic: traffic, at: at),
        guest(101, "truenas", on: "pve", cpu: 0.12, kind: .qemu, at: at),
        guest(102, "pihole", on: "agent", cpu: 0.02, status: pihole, at: at),
        guest(103, "homeassistant", on: "home", cpu: 0.19, at: at),
        guest(130, "jellyfin", on: "pve", cpu: 0.06, at: at),
      ],
      storages: [storage("tank", 0.91, at: at), storage("pbs", 0.63, at: at), storage("local", 0.44, at: at)],
      tasks: [
        ClusterTask(
          upid: "UPID:pve:0001:0001:65000000:vzdump:100:root@pam:", node: "pve", type: "vzdump", target: "100",
          user: "root@pam", startedAt: now.addingTimeInterval(-1_900), endedAt: now.addingTimeInterval(-1_540),
          outcome: .ok),
        ClusterTask(
          upid: "UPID:agent:0002:0002:65000000:vzstart:102:root@pam:", node: "agent", type: "vzstart", target: "102",
          user: "root@pam!jarvis", startedAt: now.addingTimeInterval(-90), endedAt: now.addingTimeInterval(-88),
          outcome: .failed("startup for container '102' failed")),
      ], pollInterval: 12, simulated: false)
  }

  // MARK: Conversation

  public static func badge(_ route: Route, model: String?, reason: String, micros: Int64) -> Badge {
    Badge(
      decision: RouteDecision(
        route: route, model: model, reason: reason, confidence: 0.9,
        evidence: RouteEvidence(
          step: .intent, work: route == .claude ? .read : .talk,
          features: [route == .claude ? "90 % that tools are needed" : "10 % that tools are needed", "follows talk"])),
      price: .known(MicroDollars(micros)), usage: TokenUsage(input: 1_200, output: 70),
      elsewhere: RouteEstimate(fast: MicroDollars(700), strong: MicroDollars(2_100), local: .zero))
  }

  public static func message(
    _ id: String, _ role: ChatMessage.Role, _ text: String, secondsAgo: TimeInterval,
    state: ChatMessage.State = .complete, badge: Badge? = nil, tools: [ToolActivity] = []
  ) -> ChatMessage {
    ChatMessage(
      id: MessageID(rawValue: id), conversation: conversation, role: role, text: text,
      at: now.addingTimeInterval(-secondsAgo), state: state, badge: badge, tools: tools)
  }

  public static func tool(
    _ id: String, _ tool: String, _ summary: String, _ state: ToolActivity.State, secondsAgo: TimeInterval = 100,
    took: TimeInterval? = 0.2, tier: SafetyTier = .green
  ) -> ToolActivity {
    let start = now.addingTimeInterval(-secondsAgo)
    return ToolActivity(
      id: id, tool: tool, summary: summary, tier: tier, startedAt: start, endedAt: took.map { start + $0 }, state: state
    )
  }

  public static var messages: [ChatMessage] {
    [
      message("m1", .user, "why is pve slow since noon?", secondsAgo: 220),
      message(
        "m2", .assistant,
        "A ZFS scrub of `tank` has run since 12:02, reading 310 MiB/s; it will end at about 23:40. Nothing is wrong: "
          + "guests with disks on `tank` (100, 101, 130) answer slower until then.", secondsAgo: 210,
        badge: badge(.claude, model: "claude-haiku-4-5-20251001", reason: "needs live data", micros: 700),
        tools: [
          tool("t1", "node_status", "pve", .done("load 7.1")),
          tool("t2", "task_log", "scrub of tank", .done("1,204 lines"), took: 1.1),
        ]),
      message("m3", .user, "thanks. what is a scrub, in one sentence?", secondsAgo: 80),
      message(
        "m4", .assistant, "Reads every block, checks it against its checksum and repairs what it can.", secondsAgo: 78,
        badge: badge(.qwen, model: "qwen2.5-7b-instruct", reason: "talk", micros: 0)),
    ]
  }

  // MARK: Approvals

  public static func approval(
    _ id: Int, tier: SafetyTier = .yellow, tool: String = "start_guest", target: String = "pihole (102) on agent",
    consent: Approval.Consent = .yes, state: Approval.State = .pending, hash: String = "ab12", created: Date = now
  ) -> Approval {
    Approval(
      id: ApprovalID(rawValue: id), tool: tool, arguments: .object(["guest": "102"]), callHash: hash, tier: tier,
      rule: "starting a guest is bounded and reversible", caller: .model, why: "you asked: start pihole again",
      target: target, targetState: "stopped since 20:58, no lock, no task",
      plan: ["POST /nodes/agent/lxc/102/status/start"],
      impact: ["DNS for 23 clients is back after about 8 s"], undo: "shutdown_guest 102", consent: consent,
      createdAt: created, expiresAt: created + 300, state: state, conversation: conversation)
  }

  // MARK: All of it

  public static func event(_ secondsAgo: TimeInterval, _ text: String, _ severity: ClusterEvent.Severity)
    -> ClusterEvent
  {
    ClusterEvent(at: now.addingTimeInterval(-secondsAgo), severity: severity, subject: "guest:102", text: text)
  }

  public static var typedCommands: [TypedCommandInfo] {
    [
      TypedCommandInfo(name: "status", usage: "", summary: "the cluster at a glance", tier: .green),
      TypedCommandInfo(name: "guests", usage: "", summary: "all guests", tier: .green),
      TypedCommandInfo(name: "guest", usage: "GUEST", summary: "one guest", tier: .green),
      TypedCommandInfo(name: "node", usage: "NODE", summary: "one node", tier: .green),
      TypedCommandInfo(name: "start", usage: "GUEST", summary: "start a guest", tier: .yellow),
      TypedCommandInfo(name: "stop", usage: "GUEST", summary: "cut a guest's power", tier: .red),
    ]
  }

  public static var cost: CostReport {
    var report = CostReport(
      at: now, today: MicroDollars(420_000), week: MicroDollars(2_100_000), month: MicroDollars(7_930_000),
      callsToday: 61,
      savedThisMonth: MicroDollars(19_400_000), counterfactualThisMonth: MicroDollars(27_330_000),
      dailyBudget: MicroDollars(10_000_000), conversations: [conversation: MicroDollars(30_700)])
    report.forecastMonth = MicroDollars(10_400_000)
    (report.misroutes, report.routedMessages) = (6, 214)
    return report
  }

  public static func snapshot(
    cluster: ClusterSnapshot = cluster(step: 24), messages: [ChatMessage] = messages, approvals: [Approval] = [],
    holdsKey: Bool = true, readOnly: Bool = false
  ) -> Snapshot {
    Snapshot(
      cluster: cluster,
      conversations: [
        ConversationInfo(
          id: conversation, title: "disk on pve", createdAt: now - 300, updatedAt: now - 78, messages: messages.count),
        ConversationInfo(
          id: ConversationID(rawValue: "c2"), title: "dns trouble", createdAt: now - 90_000, updatedAt: now - 80_000,
          messages: 4),
      ],
      current: conversation, messages: messages, approvals: approvals,
      events: [
        event(11_000, "freeze lifted", .good), event(1_540, "vzdump 100 OK 6 m", .good),
        event(540, "pihole stopped", .warning), event(240, "node backup offline", .critical),
      ],
      cost: cost,
      providers: [
        ProviderHealth(route: .claude, model: "claude-haiku-4-5", state: .ready, window: 200_000),
        ProviderHealth(route: .qwen, model: "qwen2.5-7b-instruct", state: .ready, window: 4_096),
      ],
      holdsApprovalKey: holdsKey, readOnly: readOnly, typedCommands: typedCommands)
  }
}
