import Foundation
import JarvisAPI
import JarvisCluster
import JarvisEngine
import JarvisSafety
import JarvisStorage

/// What `doctor` says of the home: whether it is known, and whether the cluster still bears it out.
struct HomeCheckup: Sendable {
  let session: CommandSession

  private static let cure = "run `jarvis-tui init --only-home` and confirm where it lives"

  func run() async -> [Check] {
    // Without a cluster there is nothing to live on; the demo's carries nothing.
    guard let configuration = session.options.configuration.cluster else { return [] }
    guard !session.options.simulated, let path = session.options.dataDirectory else {
      return [Check("home", .good, "the simulated cluster carries nothing of Jarvis")]
    }
    switch HomeStore(directory: DataDirectory(path: path)).load() {
    case .unknown(let reason):
      return [
        Check("home", .less, "Jarvis does not know what it lives on (\(reason)): no autonomous action", cure: Self.cure)
      ]
    case .known(let home): return [await compare(home, configuration)]
    }
  }

  private func compare(_ home: Home, _ configuration: ClusterConfiguration) async -> Check {
    let stands = "\(home.place.words), confirmed \(RFC3339.text(home.confirmedAt, zone: session.options.zone))"
    do {
      let client = try ClusterAssembly.client(configuration, transport: session.transport, now: session.options.now)
      switch HomeCheck.compare(
        home, with: try await LiveCluster(client: client, now: session.options.now).refresh().guests)
      {
      case .same: return Check("home", .good, stands)
      case .moved(let moved):
        return Check(
          "home", .less, "it lives on \(moved.place.words) now, and was confirmed on \(home.place.words)",
          cure: "a running Jarvis takes that over by itself")
      case .gone(let reason): return Check("home", .bad, reason, cure: Self.cure)
      }
    } catch {
      return Check("home", .less, "\(stands); not compared with the cluster, which does not answer")
    }
  }
}
