import ArgumentParser
import Foundation
import JarvisAPI
import JarvisCost
import JarvisEngine
import JarvisStorage

/// `cost`: today, week, month, by conversation and model, saved. Reads beside a running engine.
struct CostCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cost", abstract: "What was spent: today, week, month, by conversation and model, and what was saved.")

  @OptionGroup var common: CommonOptions
  @Flag(help: "Print one JSON object; amounts are millionths of a US dollar.") var json = false

  func run() throws {
    let common = common
    let (report, zone) = try blockingRun {
      let session = try await CommandSession.open(common, environment: ProcessInfo.processInfo.environment)
      defer { Task { await session.close() } }
      return (try await Self.report(session), session.options.zone)
    }
    if json {
      try Output.json(CostSheet(report), zone: zone)
    } else {
      Output.line(CostSheet.lines(report).joined(separator: "\n"))
    }
  }

  private static func report(_ session: CommandSession) async throws -> CostReport {
    let now = session.options.now()
    let limits = session.options.configuration.budget
    do {
      guard let ledger = try CostFile.ledger(session) else { return CostReport(at: now, dailyBudget: limits.day) }
      return try await ledger.report(now: now, timeZone: session.options.zone, limits: limits)
    } catch let error as StorageError {
      throw error.userFacing
    } catch let error as LedgerError {
      throw UserFacingError(
        .fault, attempted: error.attempted, reason: error.reason, advice: "run `jarvis-tui doctor`")
    }
  }
}
