import Foundation
import GRDB
import JarvisAPI
import JarvisChat
import JarvisCluster
import JarvisCost
import JarvisHTTP
import JarvisMemory
import JarvisModels
import JarvisRouting
import JarvisSafety
import JarvisStorage
import JarvisTools
import Logging

extension Engine {
  /// Tokens of Claude's system text and tool schemas, for the counterfactual; counted as bytes/3.
  private static func prefixTokens(_ tools: ToolBox) -> Int {
    tools.schemas.reduce(ChatService.systemPromptBytes) { $0 + $1.summary.utf8.count + $1.inputSchema.text.utf8.count }
      / 3
  }

  /// Starts an engine: storage first, then what needs it; the network last, in the background.
  /// - Parameter onStep: told each real step as it is done, for the boot text.
  /// - Throws: `UserFacingError` where it cannot serve at all: storage, prices, a token that is none.
  public static func start(
    _ options: EngineOptions, onStep: @escaping @Sendable (BootStep) -> Void
  ) async throws(UserFacingError) -> Engine {
    let data = try openData(options)
    onStep(BootStep("database \(data.previousStop.words)", ok: true))
    for path in data.setAside { onStep(BootStep("damaged database kept aside: \(path)", ok: false)) }
    do {
      let engine = try await assemble(options, data, onStep)
      onStep(BootStep("engine ready", ok: true))
      return engine
    } catch {
      // The start failed; its error is the one to tell, and the lock goes with the process at the latest.
      try? await data.close()
      throw error
    }
  }

  /// The schema of all modules, in order.
  public static var migrations: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    ConversationSchema.register(in: &migrator)
    AuditSchema.register(in: &migrator)
    CostSchema.register(in: &migrator)
    MemorySchema.register(in: &migrator)
    return migrator
  }

  private static func openData(_ options: EngineOptions) throws(UserFacingError) -> DataStore {
    let migrator = migrations
    do {
      guard let path = options.dataDirectory else {
        return try DataStore.throwAway(under: options.temporaryDirectory, migrations: migrator)
      }
      return try DataStore.openForEngine(
        in: DataDirectory(path: path), migrations: migrator, damage: options.setDamagedAside ? .setAside : .refuse,
        now: options.now)
    } catch {
      throw error.userFacing
    }
  }

  private static func assemble(
    _ options: EngineOptions, _ data: DataStore, _ onStep: @escaping @Sendable (BootStep) -> Void
  ) async throws(UserFacingError) -> Engine {
    let configuration = options.configuration
    // A token's secret is one also where it stands without its name.
    let secrets = [
      configuration.cluster?.token, configuration.cluster?.token.split(separator: "=").last.map(String.init),
      configuration.claude?.apiKey, configuration.local?.apiKey, configuration.ssh?.passphrase,
    ].compactMap { $0 }
    let redactor = Redactor(salt: RedactionSalt.load(data.directory), known: secrets)
    let file = LogFile(path: data.directory.path + "/jarvis.log") { redactor.redact($0) }
    let log = file.logger("engine", level: configuration.log.level, now: options.now)
    let hub = EventHub()
    let store = ConversationStore(store: data, now: options.now)
    let records = AuditLog(store: data)
    let safety = try await SafetyFoundation.lay(options, data, records)
    do {
      let interrupted = try await store.recover()
      if interrupted > 0 { onStep(BootStep("\(interrupted) interrupted messages put right", ok: true)) }
      for action in try await records.recover(at: options.now()) {
        log.warning(
          "outcome unknown after an unclean stop", metadata: ["tool": "\(action.tool)", "target": "\(action.target)"])
      }
    } catch {
      throw error.userFacing
    }
    await removeExpired(data, options, log)
    let transport = CurlTransport(environment: options.environment)
    let cluster = try liveCluster(options, transport)
    let names = MemoryNames()
    let gate = safety.gate(options, redactor, cluster, names)
    let memory = MemoryKeeper(
      store: MemoryStore(
        store: data, now: options.now, zone: options.zone, inventory: { names.inventory },
        redact: { redactor.redact($0) }, steady: options.clock.stopwatch()),
      names: names, cluster: cluster, zone: options.zone, now: options.now, log: log)
    do {
      try await memory.begin()
    } catch {
      throw error.userFacing
    }
    let safetyDesk = SafetyDesk(safety, gate: gate, options: options, emit: { hub.emit($0) }, log: log)
    try await safetyDesk.begin()
    let shells = try ShellDesk.make(options, data.directory) { hub.emit($0) }
    let tools = ToolBox(
      tools: StandardTools.all(
        ToolContext(
          cluster: cluster, now: options.now, clock: options.clock, timeZone: options.zone,
          shell: options.shell ?? shells, classifier: CommandJudge(safety))),
      gate: gate, redactor: redactor, now: options.now, clock: options.clock,
      ended: { await memory.did($0, $1) })
    let costs = try costDesk(options, data, tools, hub, log)
    let (claude, fast, qwen) = models(configuration, transport, options)
    let desk = ProviderDesk(
      claude: claude, qwen: qwen, budget: { await costs.budgetState() }, atLimit: configuration.budget.atLimit,
      now: options.now, emit: { hub.emit($0) })
    let rules = RoutingRuleStore(Ledger(database: data.pool))
    let money = MoneyCommands(
      rules: rules, costs: costs, store: store, tools: tools.schemas.map(\.name),
      budgetChanged: { await desk.tellBudget() }, emit: { hub.emit($0) }, now: options.now)
    var surroundings = ChatSurroundings(
      store: store, tools: tools, cluster: cluster,
      providers: Providers(
        claude: claude, fast: fast, qwen: qwen, gate: { await desk.gate($0) }, report: { await desk.report($0, $1) }),
      book: { call in
        let booked = await costs.book(call)
        await desk.tellBudget()
        return booked
      },
      cost: { await costs.report() }, redact: { redactor.redact($0) }, emit: { hub.emit($0) }, now: options.now,
      clock: options.clock, zone: options.zone, memory: chatMemory(memory, options, hub, log))
    surroundings.routing = routingMemory(rules, costs, log)
    surroundings.commands = OwnCommands(infos: MoneyCommands.infos) { await money.run($0, $1) }
    let chat = ChatService(surroundings)
    let current = try await currentConversation(store)
    onStep(BootStep("\(tools.schemas.count) tools, gate \(options.readOnly ? "read-only" : "armed")", ok: true))
    let parts = EngineParts(
      options: options, data: data, store: store, cluster: cluster, gate: gate, safety: safetyDesk, shells: shells,
      tools: tools,
      chat: chat, memory: memory, desk: desk, costs: costs, money: money,
      hub: hub, log: log,
      tasks: background(options, cluster, gate, desk, costs, hub, data, log) + [
        Task { await safetyDesk.run() }, Task { await safetyDesk.follow(cluster) },
        Task { await safetyDesk.followAllowances() },
        Task { for await update in await cluster.updates() { await memory.took(update) } },
        Task {
          await MemoryRounds(
            keeper: memory, summariser: summariser(qwen, desk), isBusy: { await chat.isBusy }, clock: options.clock
          ).run()
        },
      ])
    log.notice("started", metadata: ["demo": "\(options.simulated)", "read_only": "\(options.readOnly)"])
    let engine = Engine(parts: parts, current: current)
    await engine.followDropped()
    return engine
  }

  /// Memory as the chat uses it; what goes wrong with it costs no answer and is told.
  private static func chatMemory(
    _ memory: MemoryKeeper, _ options: EngineOptions, _ hub: EventHub, _ log: Logger
  ) -> ChatMemory {
    ChatMemory(
      store: memory.store, now: options.now, zone: options.zone, learned: { await memory.changed() },
      trouble: { error in
        log.error("memory failed", metadata: ["error": "\(error)"])
        hub.emit(.system(.notice(Notice(id: "memory", severity: .warning, text: "Memory failed: \(error.reason)."))))
      })
  }

  /// nil where there is no local model: rules then.
  private static func summariser(_ qwen: (any LLMProvider)?, _ desk: ProviderDesk) -> QwenSummariser? {
    qwen.map { provider in
      QwenSummariser(provider: provider) {
        if case .open = await desk.gate(.qwen) { true } else { false }
      }
    }
  }

  /// What the ledger keeps is bounded by time (`Ledger.retentionDays`).
  private static func removeExpired(_ data: DataStore, _ options: EngineOptions, _ log: Logger) async {
    do {
      _ = try await Ledger(database: data.pool).removeExpired(now: options.now())
    } catch {
      log.error("old rows of the ledger were not removed", metadata: ["error": "\(error)"])
    }
  }

  private static func liveCluster(_ options: EngineOptions, _ transport: CurlTransport) throws(UserFacingError)
    -> LiveCluster
  {
    // Without a cluster the client has no endpoint: every call says so, and chat works all the same.
    let configuration =
      options.configuration.cluster
      ?? ClusterConfiguration(entrances: [], token: "none@pve!none=00000000-0000-0000-0000-000000000000")
    let client = try ClusterAssembly.client(configuration, transport: transport, now: options.now)
    return LiveCluster(
      client: client, pace: PollPace(interval: .seconds(configuration.pollInterval)), clock: options.clock,
      now: options.now, link: options.configuration.cluster == nil ? .none : .connecting,
      simulated: options.simulated)
  }

  /// What routing asks of rules and ledger. Rules that cannot be read are none for that message, which is logged.
  private static func routingMemory(_ rules: RoutingRuleStore, _ costs: CostDesk, _ log: Logger) -> RoutingMemory {
    var memory = RoutingMemory()
    memory.rules = {
      do {
        return try await rules.all()
      } catch {
        log.error("the routing rules could not be read", metadata: ["error": "\(error)"])
        return []
      }
    }
    memory.learn = { try await rules.add($0) }
    memory.misrouted = { await costs.misrouted($0, $1, from: $2) }
    memory.estimates = { await costs.estimates(for: $0, historyBytes: $1) }
    return memory
  }

  private static func costDesk(
    _ options: EngineOptions, _ data: DataStore, _ tools: ToolBox, _ hub: EventHub, _ log: Logger
  ) throws(UserFacingError) -> CostDesk {
    let claude = options.configuration.claude ?? ClaudeConfiguration()
    return CostDesk(
      ledger: Ledger(database: data.pool), prices: try prices(options),
      strong: StrongRoute(model: claude.strong, prefixTokens: prefixTokens(tools)), fast: claude.fast,
      limits: options.configuration.budget, zone: options.zone, now: options.now, emit: { hub.emit($0) }, log: log)
  }

  /// The shipped prices with the operator's laid over them.
  public static func prices(_ options: EngineOptions) throws(UserFacingError) -> PriceTable {
    do {
      var table = try PriceTable.embedded()
      guard let path = options.pricesFile, FileManager.default.fileExists(atPath: path) else { return table }
      try table.add(yaml: String(contentsOfFile: path, encoding: .utf8), file: path)
      return table
    } catch {
      throw UserFacingError(.configuration, attempted: "read the prices", reason: "\(error)")
    }
  }

  /// The models that a configuration names, each behind its retries and its breaker; `fast` is nil where the strong one is
  /// configured for both.
  public static func models(
    _ configuration: Configuration, _ transport: CurlTransport, _ options: EngineOptions
  ) -> (claude: (any LLMProvider)?, fast: (any LLMProvider)?, qwen: (any LLMProvider)?) {
    func guarded(_ provider: any LLMProvider) -> any LLMProvider {
      RetryingProvider(provider, clock: options.clock) { Double.random(in: 0..<1) }
    }
    func claude(_ model: (ClaudeConfiguration) -> String?) -> (any LLMProvider)? {
      guard let settings = configuration.claude, let key = settings.apiKey.flatMap(APIKey.init),
        let model = model(settings)
      else { return nil }
      return guarded(
        AnthropicProvider(model: model, key: key, base: settings.url, transport: transport, now: options.now))
    }
    let qwen = configuration.local.map { settings in
      guarded(
        OpenAICompatibleProvider(
          base: settings.url, model: settings.model, key: settings.apiKey.flatMap(APIKey.init), window: settings.window,
          transport: transport, now: options.now))
    }
    return (claude { $0.strong }, claude { $0.fast == $0.strong ? nil : $0.fast }, qwen)
  }

  /// The conversation last used; a new one where there is none.
  static func currentConversation(_ store: ConversationStore) async throws(UserFacingError) -> ConversationID {
    do {
      if let last = try await store.list(limit: 1).first { return last.id }
      return try await store.create(title: ChatService.untitled).id
    } catch {
      throw error.userFacing
    }
  }

  /// What runs for as long as the engine does: polls, announcements, the first health check, the check after an unclean stop.
  private static func background(
    _ options: EngineOptions, _ cluster: LiveCluster, _ gate: Gate, _ desk: ProviderDesk, _ costs: CostDesk,
    _ hub: EventHub,
    _ data: DataStore, _ log: Logger
  ) -> [Task<Void, Never>] {
    var tasks = [
      Task {
        for await update in await cluster.updates() {
          hub.emit(.monitoring(.cluster(update.snapshot)))
          for event in update.events { hub.emit(.monitoring(.happened(event))) }
        }
      },
      Task { for await approval in gate.changes { hub.emit(.monitoring(.approval(approval))) } },
      Task {
        while !Task.isCancelled {
          await desk.check()
          // A day that has ended may take a notice with it.
          await costs.look()
          await desk.tellBudget()
          // Cancellation is how checking ends.
          guard (try? await options.clock.sleep(for: desk.untilNextCheck)) != nil else { return }
        }
      },
    ]
    if options.configuration.cluster != nil { tasks.append(Task { await cluster.run() }) }
    if data.previousStop == .unclean {
      tasks.append(
        Task {
          do {
            if case .damaged(let fault) = try await data.checkIntegrity() {
              let text =
                "the database is damaged (\(fault)): stop Jarvis and start it with --set-damaged-aside; nothing is deleted"
              hub.emit(.system(.notice(Notice(id: "database", severity: .critical, text: text))))
            }
          } catch {
            log.error("the database could not be checked", metadata: ["error": "\(error)"])
          }
        })
    }
    return tasks
  }
}

extension PreviousStop {
  fileprivate var words: String {
    switch self {
    case .clean: "open"
    case .unclean: "open after an unclean stop; checked in the background"
    case .damaged: "checked"
    case .none: "open"
    }
  }
}
