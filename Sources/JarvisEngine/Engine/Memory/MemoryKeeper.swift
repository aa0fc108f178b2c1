import Foundation
import JarvisAPI
import JarvisChat
import JarvisCluster
import JarvisMemory
import JarvisSafety
import JarvisStorage
import JarvisTools
import Logging

/// The engine's own hand on memory: writes down what happens and what is done, keeps the preferences in force where they act,
/// and cleans up.
actor MemoryKeeper {
  /// Characters of the reason that is kept with an action.
  static let maximumReason = 160

  let store: MemoryStore
  private let names: MemoryNames
  private let cluster: LiveCluster
  private let now: @Sendable () -> Date
  private let log: Logger
  private var outages: OutageBook
  private var noted = MemoryInventory()

  init(
    store: MemoryStore, names: MemoryNames, cluster: LiveCluster, zone: TimeZone, now: @escaping @Sendable () -> Date,
    log: Logger
  ) {
    self.store = store
    self.names = names
    self.cluster = cluster
    self.now = now
    self.log = log
    outages = OutageBook(zone: zone)
  }

  /// Takes up what the last engine left: preferences in force, outages that had not ended.
  func begin() async throws(StorageError) {
    names.take(noted: try await store.knownNames())
    outages.resume(try await store.lastOutages())
    try await reload()
  }

  /// Puts the preferences in force where they act: names, gate, live picture.
  func reload() async throws(StorageError) {
    let book = try await store.preferences()
    names.take(book)
    let off = book.entries.compactMap { entry -> String? in
      if case .offOnPurpose(let guest) = entry.preference { guest } else { nil }
    }
    await cluster.take(offOnPurpose: Set(off))
  }

  /// After somebody's words, or the memory view, changed what is in force.
  func changed() async {
    await safely("read the preferences") { () async throws(StorageError) in try await reload() }
  }

  /// Writes down what a look at the cluster told.
  func took(_ update: ClusterUpdate) async {
    names.take(update.snapshot)
    await noteNames()
    let drafts = outages.drafts(for: update.events, in: update.snapshot, at: now())
    guard !drafts.isEmpty else { return }
    await safely("remember events") { () async throws(StorageError) in try await store.add(drafts) }
  }

  /// Keeps the names for the command line, which asks memory while no engine runs.
  private func noteNames() async {
    let inventory = names.inventory
    guard inventory != noted else { return }
    noted = inventory
    await safely("note the cluster's names") { () async throws(StorageError) in try await store.know(inventory) }
  }

  /// Writes down a call that was made, with its outcome; what did not run is in the audit.
  func did(_ call: GatedCall, _ outcome: ToolOutcome) async {
    guard outcome.activity.tier > .green else { return }
    let result: String
    switch outcome.activity.state {
    case .verified(let words): result = "verified: \(words)"
    case .done(let words): result = "done: \(words)"
    case .failed(let words): result = "failed: \(words)"
    case .running, .waitingForApproval, .refused, .cancelled: return
    }
    let what = call.tool.replacing("_", with: " ")
    let target = outcome.activity.summary
    let text = "Jarvis did \(what)\(target.isEmpty ? "" : " \(target)"), \(Self.whoAsked(call)); \(result)"
    let at = outcome.activity.endedAt ?? now()
    // A task of its own: whoever asked may be gone, what was done stays done.
    await Task {
      await safely("remember an action") { () async throws(StorageError) in _ = try await store.did(text, at: at) }
    }.value
  }

  private static func whoAsked(_ call: GatedCall) -> String {
    let why = Sanitiser.clean(String(call.why.prefix(maximumReason)), keepingNewlines: false)
    let because = why.isEmpty ? "" : " (\"\(why)\")"
    if call.isAutonomous { return "on its own\(call.runbook.map { ", by runbook \($0.runbook)" } ?? "")\(because)" }
    return switch call.caller {
    case .human: "asked by the operator\(because)"
    case .model: "asked by the operator in a conversation\(because)"
    case .mcp: "asked by an MCP client\(because)"
    case .runbook: "asked by a runbook\(because)"
    }
  }

  /// - Returns: nil where it failed; that is in the log.
  @discardableResult
  func safely<Value: Sendable>(
    _ attempted: String, _ body: () async throws(StorageError) -> Value
  ) async -> Value? {
    do throws(StorageError) {
      return try await body()
    } catch {
      log.error("memory: could not \(attempted)", metadata: ["error": "\(error)"])
      return nil
    }
  }
}
