import Foundation
import JarvisAPI
import JarvisCost
import JarvisEngine
import JarvisLock
import JarvisSimulator
import JarvisTestSupport
import Testing

/// A whole engine on the simulated cluster and models, over real sockets, with one screen attached that holds the key.
final class Workshop: Sendable {
  let cluster: Simulation
  let claude: AnthropicService
  let qwen: OpenAICompatibleService
  let engine: Engine
  let screen: JarvisAPI.Attachment
  let seen: Seen
  private let servers: [SimulatedServer]
  private let listening: Task<Void, Never>
  let directory: TemporaryDirectory

  /// What the attached screen was told, for waiting on a condition instead of for a time.
  actor Seen {
    private(set) var messages: [MessageID: ChatMessage] = [:]
    private(set) var deltas: [MessageID: String] = [:]
    private(set) var approvals: [ApprovalID: Approval] = [:]
    private(set) var notices: [String: Notice] = [:]
    private(set) var endedNotices: Set<String> = []
    private(set) var cost = CostReport()
    private(set) var running: Set<ConversationID> = []
    private(set) var order: [MessageID] = []
    private(set) var pictures = 0

    func take(_ event: Event) {
      switch event {
      case .chat(.message(let message)):
        if messages[message.id] == nil { order.append(message.id) }
        messages[message.id] = message
      case .chat(.delta(let id, _, let text)): deltas[id, default: ""] += text
      case .chat(.running(let id, let on)): if on { running.insert(id) } else { running.remove(id) }
      case .monitoring(.approval(let approval)): approvals[approval.id] = approval
      case .monitoring(.cluster): pictures += 1
      case .system(.notice(let notice)): notices[notice.id] = notice
      case .system(.noticeEnded(let id)): endedNotices.insert(id)
      case .system(.cost(let report)): cost = report
      default: break
      }
    }

    var lastAnswer: ChatMessage? { order.compactMap { messages[$0] }.last { $0.role == .assistant } }
    var pending: Approval? { approvals.values.filter { $0.state == .pending }.max { $0.id < $1.id } }
  }

  struct Plan: Sendable {
    var claude = true
    var qwen = true
    var cluster = true
    var readOnly = false
    var wantsKey = true
    var budget: MicroDollars? = MicroDollars(10_000_000)
    var atLimit = BudgetLimits.AtLimit.qwen
    var claudeKey = "test-key"
    var limits = ModelPace.immediate
    /// Added to the real time: what tests of memory move.
    var shift = Shift()
    var clock: any Clock<Duration> = ContinuousClock()
  }

  /// A wall clock that a test sets forward.
  final class Shift: Sendable {
    private let seconds = Guarded<TimeInterval>(0)
    var now: Date { Date() + seconds.withLock { $0 } }
    func forward(_ by: TimeInterval) { seconds.withLock { $0 += by } }
  }

  init(_ plan: Plan = Plan(), directory: TemporaryDirectory? = nil) async throws {
    // Nothing happens unasked here, and tasks are quick: what a test sees is what it did.
    var lab = SimulatedCluster.Configuration.homelab()
    lab.life = .quiet
    lab.taskTime = 0.2
    cluster = try await Simulation.start(.init(cluster: lab, seed: 7, ownAddresses: true))
    claude = AnthropicService(key: "test-key", pace: plan.limits)
    qwen = OpenAICompatibleService(pace: plan.limits)
    let claudeServer = try await SimulatedServer.start(claude, on: cluster.loop)
    let qwenServer = try await SimulatedServer.start(qwen, on: cluster.loop)
    servers = [claudeServer, qwenServer]
    let configuration = Configuration(
      cluster: plan.cluster
        ? ClusterConfiguration(
          entrances: cluster.entrances.map { .init(url: $0.url, node: $0.node) }, token: cluster.token,
          authority: cluster.authorityPEM, pollInterval: 2) : nil,
      claude: plan.claude ? ClaudeConfiguration(apiKey: plan.claudeKey, url: claudeServer.url) : nil,
      local: plan.qwen ? LocalModelConfiguration(url: qwenServer.url) : nil,
      budget: BudgetLimits(day: plan.budget, atLimit: plan.atLimit))
    let home = try directory ?? TemporaryDirectory()
    self.directory = home
    engine = try await Engine.start(
      EngineOptions(
        configuration: configuration, dataDirectory: home.path + "/data", readOnly: plan.readOnly, simulated: true,
        zone: TimeZone(identifier: "UTC") ?? .current, now: { [shift = plan.shift] in shift.now }, clock: plan.clock)
    ) { _ in }
    screen = try await engine.attach(wantsApprovalKey: plan.wantsKey)
    let (seen, events) = (Seen(), screen.events)
    self.seen = seen
    listening = Task { for await event in events { await seen.take(event) } }
    if plan.cluster { _ = try await engine.status() }
  }

  func stop() async {
    await engine.stop(reason: "test")
    await listening.value
    for server in servers { await server.stop() }
    await cluster.stop()
  }

  /// Waits until `condition` holds, looking again every few milliseconds: part of what is waited for (the simulated
  /// cluster, the store) tells nobody when it changes. Bounded by 60 s.
  func wait<Value: Sendable>(
    _ what: String, _ condition: @Sendable (Seen) async -> Value?
  ) async throws -> Value {
    let end = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < end {
      if let value = await condition(seen) { return value }
      try await ContinuousClock().sleep(for: .milliseconds(5))
    }
    Issue.record("waited 60 s for \(what); last answer: \(String(describing: await seen.lastAnswer))")
    throw CancellationError()
  }

  /// Sends a message and returns its answer once it has ended.
  func ask(_ text: String) async throws -> ChatMessage {
    let before = await seen.order.count
    _ = try await engine.perform(.send(text: text, conversation: screen.snapshot.current), from: screen.id)
    return try await ended(after: before)
  }

  /// Begins a new conversation and asks there.
  func askAfresh(_ text: String) async throws -> ChatMessage {
    guard case .conversation(let info, _) = try await engine.perform(.newConversation, from: screen.id) else {
      throw CancellationError()
    }
    let before = await seen.order.count
    _ = try await engine.perform(.send(text: text, conversation: info.id), from: screen.id)
    return try await ended(after: before)
  }

  func memory(about: String = "") async throws -> [MemoryItem] {
    guard case .memory(.items(let page)) = try await engine.perform(.memory(.items(about: about)), from: screen.id)
    else { return [] }
    return page.items
  }

  func type(_ line: String) async throws -> ChatMessage {
    let before = await seen.order.count
    _ = try await engine.perform(.typed(line: line, conversation: screen.snapshot.current), from: screen.id)
    return try await ended(after: before)
  }

  func begin(_ text: String) async throws -> Int {
    let before = await seen.order.count
    _ = try await engine.perform(.send(text: text, conversation: screen.snapshot.current), from: screen.id)
    return before
  }

  func ended(after before: Int) async throws -> ChatMessage {
    try await wait("an answer") { seen in
      guard await seen.order.count >= before + 2, await seen.running.isEmpty, let answer = await seen.lastAnswer,
        answer.state != .streaming
      else { return nil }
      return answer
    }
  }

  func card() async throws -> Approval { try await wait("an approval") { await $0.pending } }

  func approve(_ card: Approval, typed: String? = nil) async throws {
    _ = try await engine.perform(.decide(card.id, .approve(hash: card.callHash, typed: typed)), from: screen.id)
  }
}
