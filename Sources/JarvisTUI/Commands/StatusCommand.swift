import ArgumentParser
import Foundation
import JarvisAPI
import JarvisCluster
import JarvisEngine
import JarvisHTTP

/// `status`: the cluster in plain text. Needs no engine and no database; works beside a running one.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "status", abstract: "The cluster in plain text.")

  @OptionGroup var common: CommonOptions
  @Flag(help: "Print one JSON object.") var json = false

  func run() throws {
    let common = common
    let (snapshot, zone) = try blockingRun {
      let session = try await CommandSession.open(common, environment: ProcessInfo.processInfo.environment)
      let result = await Task {
        try session.requireCluster(for: "read the cluster's status")
        return (try await Self.picture(session), session.options.zone)
      }.result
      await session.close()
      return try result.get()
    }
    if json {
      try Output.json(StatusReport(snapshot), zone: zone)
    } else {
      Output.line(StatusText.lines(snapshot, zone: zone).joined(separator: "\n"))
    }
  }

  private static func picture(_ session: CommandSession) async throws -> ClusterSnapshot {
    guard let configuration = session.options.configuration.cluster else { return ClusterSnapshot() }
    let client = try ClusterAssembly.client(configuration, transport: session.transport, now: session.options.now)
    let cluster = LiveCluster(client: client, now: session.options.now, simulated: session.options.simulated)
    do throws(ProxmoxError) {
      return try await cluster.lookOnce()
    } catch {
      throw error.userFacing
    }
  }
}
