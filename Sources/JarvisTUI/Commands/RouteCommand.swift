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
    var model: String?
    var reason: String
    var confidence: Double
    /// "talk", "read", "strong".
    var work: String
    /// What spoke for it, in words.
    var features: [String]
    /// Millionths of a dollar by model; null where it has no price.
    var estimate: [String: Int64?]

    enum CodingKeys: String, CodingKey { case route, model, reason, confidence, work, features, estimate }
    func encode(to encoder: any Encoder) throws {
      var box = encoder.container(keyedBy: CodingKeys.self)
      try box.encode(route, forKey: .route)
      // A stable key: null where code answers.
      try box.encode(model, forKey: .model)
      try box.encode(reason, forKey: .reason)
      try box.encode(confidence, forKey: .confidence)
      try box.encode(work, forKey: .work)
      try box.encode(features, forKey: .features)
      try box.encode(estimate, forKey: .estimate)
    }
  }

  func run() throws {
    let message = text.joined(separator: " ")
    guard !message.isEmpty else { throw ValidationError("A message is needed: jarvis-tui route \"is pihole up?\"") }
    let common = common
    let (inventory, rules, models, prices) = try blockingRun { try await Self.surroundings(common) }
    let context = RoutingContext(
      inventory: inventory, rules: rules, lookups: FactSheet.tools(for: message, inventory: inventory),
      estimates: RouteEstimates(
        prices: prices, fast: models.fast, strong: models.strong, prefixTokens: Self.usualPrefix, historyTokens: 0,
        cacheWarm: true, at: Date()))
    let routing = Router.decide(message, in: context)
    let model: String? =
      switch routing.decision.route {
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
      estimate: ["fast": estimate?.fast?.amount, "strong": estimate?.strong?.amount, "local": estimate?.local?.amount])
    if json {
      try Output.json(report, zone: .current)
    } else {
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
