import ArgumentParser
import Foundation
import JarvisAPI
import JarvisCluster
import JarvisEngine
import JarvisSafety
import JarvisStorage

/// `maintenance`: silence for one target.
struct MaintenanceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "maintenance", abstract: "Silence the findings and runbooks of a node or guest.",
    discussion: """
      `maintenance pve --for 2h --reason "new fan"`, `maintenance pve --end`, `maintenance list`. It is no kill switch: who asks \
      may still act on the target. While an engine runs, begin and end it on its screen.
      """)

  @OptionGroup var common: CommonOptions
  @Argument(help: "A node's name, a guest's number or name, or \"list\".") var target: String
  @Option(name: .customLong("for"), help: ArgumentHelp("How long: 30m, 2h, 1d.", valueName: "d"))
  var duration: DurationArgument?
  @Option(help: "Why.") var reason = ""
  @Flag(help: "End it now.") var end = false
  @Flag(help: "Print one JSON object.") var json = false

  func validate() throws {
    let isList = target == "list"
    if isList, duration != nil || end { throw ValidationError("list takes neither --for nor --end") }
    if !isList, (duration != nil) == end { throw ValidationError("either --for or --end") }
    if let duration, duration.seconds > MaintenanceStore.longest {
      throw ValidationError("--for is at most \(Int(MaintenanceStore.longest / 86_400))d")
    }
  }

  func run() throws {
    let environment = ProcessInfo.processInfo.environment
    let (common, target, duration, reason) = (common, target, duration, reason)
    let items = try SafetyFiles.with(common, environment: environment) { files in
      if target == "list" { return try await Self.items(files) }
      let name = try await Self.find(target, common, environment)
      try await Self.writing(files) { store, audit in
        let now = Date()
        guard let duration else {
          guard try await store.end(name) else {
            throw UserFacingError(
              .negative, attempted: "end the maintenance of \(name)", reason: "it is in none",
              advice: "see `jarvis-tui maintenance list`")
          }
          try await audit.note(.maintenance, ["target": .string(name), "ended": true, "by": "command line"], at: now)
          return
        }
        try await store.begin(
          Maintenance(
            target: name, since: now, until: now.addingTimeInterval(duration.seconds), reason: reason,
            by: "command line"))
        let text = String(Sanitiser.clean(reason, keepingNewlines: false).prefix(200))
        try await audit.note(
          .maintenance, ["target": .string(name), "reason": .string(text), "by": "command line"], at: now)
      }
      return try await Self.items(files)
    }
    try show(items)
  }

  private static func items(_ files: SafetyFiles) async throws -> [Maintenance] {
    try await files.reading { try await MaintenanceStore(store: $0).current(at: Date()) }
  }

  private func show(_ items: [Maintenance]) throws {
    if json { return try Output.json(Items(items: items.map(Item.init)), zone: .current) }
    if items.isEmpty { Output.line("Nothing is in maintenance.") }
    for item in items {
      let until = item.until.map { "until \(RFC3339.text($0, zone: .current))" } ?? "until it is ended"
      Output.line(Sanitiser.clean("\(item.target)  \(until)  \(item.reason)", keepingNewlines: false))
    }
  }

  private struct Items: Encodable { let items: [Item] }

  private struct Item: Encodable {
    let target: String
    let since: Date
    @NullWhereUnknown var until: Date?
    let reason, by: String

    init(_ maintenance: Maintenance) {
      target = maintenance.target
      since = maintenance.since
      reason = maintenance.reason
      by = maintenance.by
      until = maintenance.until
    }
  }

  /// The target as the cluster knows it; without the cluster a guest's number is taken at its word.
  private static func find(
    _ target: String, _ common: CommonOptions, _ environment: [String: String]
  ) async throws -> String {
    let session = try await CommandSession.open(common, environment: environment)
    let found = await Task {
      try session.requireCluster(for: "find \(target)")
      return try MaintenanceTarget.find(target, in: try await StatusCommand.picture(session))
    }.result
    await session.close()
    do {
      return try found.get()
    } catch let error as UserFacingError where error.kind == .unreachable && Int(target) != nil {
      return target
    }
  }

  /// While an engine runs, its role is its own: the error then says what to do.
  private static func writing(
    _ files: SafetyFiles, _ body: (MaintenanceStore, AuditLog) async throws -> Void
  ) async throws {
    let store: DataStore
    do {
      store = try DataStore.openForEngine(in: files.directory, migrations: Engine.migrations, now: { Date() })
    } catch {
      var told = error.userFacing
      if case .locked = error.kind { told.advice = "do it on its screen, or stop it first" }
      throw told
    }
    let result: Result<Void, any Error>
    do {
      let audit = AuditLog(store: store)
      // A data directory that no engine has used yet begins with its kill switch, here too.
      if try await audit.isNew() { try files.freezeFile().prepare() }
      result = .success(try await body(MaintenanceStore(store: store), audit))
    } catch let error as StorageError {
      result = .failure(error.userFacing)
    } catch {
      result = .failure(error)
    }
    try await store.close()
    try result.get()
  }
}
