import ArgumentParser
import Foundation
import JarvisAPI
import JarvisChat
import JarvisCluster
import JarvisCost
import JarvisEngine
import JarvisHTTP
import JarvisRouting
import JarvisStorage

/// `route`: how a message would be routed, and why. Needs no configuration: what is there – inventory, rules, prices – is used.
struct RouteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "route", abstract: "How this message would be routed, and why.")

  @OptionGroup var common: CommonOptions
  @Flag(help: "Print one JSON object: {\"route\",\"model\",\"reason\",\"confidence\"}.") var json = false
  @Argument(help: "The message.") var text: [String]

  private struct Report: Encodable {
    var route: String
    /// Null where code answers, where no model is set up, and where the local server is asked for its own.
    @NullWhereUnknown var model: String?
    var reason: String
    var confidence: Double
    /// "talk", "read", "strong".
    var work: String
    /// What spoke for it, in words.
    var features: [String]
    /// Millionths of a dollar by model; null where it has no price.
    var estimate: [String: Int64?]
    /// False where no model is set up: the route is then what it would be.
    var configured: Bool
  }

  func run() throws {
    let message = text.joined(separator: " ")
    guard !message.isEmpty else { throw ValidationError("A message is needed: jarvis-tui route \"is pihole up?\"") }
    let common = common
    let (inventory, rules, models, prices) = try blockingRun { try await Self.surroundings(common) }
    let context = RoutingContext(
      inventory: inventory, claude: models.claudeGate, qwen: models.qwenGate, rules: rules,
      lookups: FactSheet.tools(for: message, inventory: inventory),
      estimates: RouteEstimates(
        prices: prices, fast: models.fast, strong: models.strong, prefixTokens: Self.usualPrefix, historyTokens: 0,
        cached: .init(isFirst: true, hasPrefix: true, hasHistory: false), at: Date()))
    let routing = Router.decide(message, in: context)
    let model: String? =
      switch routing.decision.route {
      case _ where !models.hasAny: nil
      case .claude: routing.wantsStrong ? models.strong : models.fast
      case .qwen: models.local
      case .live, .command: nil
      }
    let evidence = routing.decision.evidence
    let estimate = evidence?.estimate
    let report = Report(
      route: routing.decision.route.rawValue, model: model, reason: routing.decision.reason,
      confidence: (routing.decision.confidence * 1_000).rounded() / 1_000, work: routing.workClass.rawValue,
      features: evidence?.features ?? [],
      estimate: ["fast": estimate?.fast?.amount, "strong": estimate?.strong?.amount, "local": estimate?.local?.amount],
      configured: models.hasAny)
    if json {
      try Output.json(report, zone: .current)
    } else {
      if !models.hasAny {
        Output.line("No model is configured: nobody would answer. `jarvis-tui init` adds one; with both it would be:")
      }
      Output.line(
        "\(report.route)\(model.map { " (\($0))" } ?? ""): \(report.reason), confidence \(String(format: "%.2f", report.confidence))"
      )
      for feature in report.features { Output.line("  \(feature)") }
      Output.line(
        "  would cost about \(estimate?.fast?.text ?? "unpriced") on \(models.fast), "
          + "\(estimate?.strong?.text ?? "unpriced") on \(models.strong)")
    }
  }

  /// Tokens of system text and tool schemas, for an estimate without an engine.
  private static let usualPrefix = 8_000

  private struct Models: Sendable {
    var fast = ClaudeConfiguration().fast
    var strong = ClaudeConfiguration().strong
    var local: String?
    var hasClaude = false
    var hasLocal = false

    var hasAny: Bool { hasClaude || hasLocal }
    /// Where none is set up, the decision is what it would be with both.
    var claudeGate: ProviderGate { hasClaude || !hasAny ? .open : .closed("no key") }
    var qwenGate: ProviderGate { hasLocal || !hasAny ? .open : .closed("not configured") }
  }

  /// What is there of configuration, rules and cluster; `route` answers also where nothing is.
  private static func surroundings(_ common: CommonOptions) async throws
    -> (Inventory, [RoutingRule], Models, PriceTable)
  {
    var models = Models()
    let session: CommandSession
    do {
      session = try await CommandSession.open(common, environment: ProcessInfo.processInfo.environment)
    } catch let error as ConfigurationError {
      // A file that was asked for and cannot be read is told; that there is none is no fault here.
      if common.config != nil { throw error }
      return (Inventory(), [], models, try PriceTable.embedded())
    }
    defer { Task { await session.close() } }
    let configuration = session.options.configuration
    if let claude = configuration.claude { (models.fast, models.strong) = (claude.fast, claude.strong) }
    models.local = configuration.local?.model
    (models.hasClaude, models.hasLocal) = (configuration.claude?.apiKey != nil, configuration.local != nil)
    return (await inventory(session), await rules(session), models, try Engine.prices(session.options))
  }

  private static func inventory(_ session: CommandSession) async -> Inventory {
    guard let cluster = session.options.configuration.cluster,
      // Without the cluster the message is read by its words alone: a worse guess, not a failure.
      let client = try? ClusterAssembly.client(cluster, transport: session.transport, now: session.options.now),
      let picture = try? await LiveCluster(
        client: client, now: session.options.now, simulated: session.options.simulated
      ).lookOnce()
    else { return Inventory() }
    return Inventory(picture)
  }

  private static func rules(_ session: CommandSession) async -> [RoutingRule] {
    // No database yet, or one of another version: then there are no rules to obey.
    guard let ledger = try? CostFile.ledger(session), let rules = try? await RoutingRuleStore(ledger).all() else {
      return []
    }
    return rules
  }
}
