import Foundation
import JarvisAPI
import JarvisCluster
import JarvisSafety
import JarvisStorage
import Logging

/// What Jarvis lives on: recorded when it is confirmed, looked at again with each new picture of the cluster.
extension SafetyDesk {
  /// What was confirmed while no engine ran is recorded at the next start.
  func noteHome() async {
    guard !options.simulated, case .known(let home) = foundation.home.standing else { return }
    do throws(StorageError) {
      let rows = try await foundation.audit.latestRows([.home], limit: 1)
      // A row that is not JSON is none of ours: the new one stands beside it.
      let last = rows.first?.body.flatMap { try? JSONValue(parsing: $0) }
      if last?["confirmed_at"] == home.auditBody["confirmed_at"], last?["place"] == home.auditBody["place"] { return }
    } catch {
      log.error("the audit could not be read", metadata: ["error": "\(error)"])
    }
    await note(.home, home.auditBody)
  }

  /// Each new picture may show that Jarvis has moved: then what it stands on there is read, too.
  func follow(_ picture: ClusterSnapshot, _ cluster: LiveCluster) async {
    do throws(StorageError) {
      switch try foundation.home.check(picture.guests) {
      case nil: return
      case .gone(let reason):
        await note(.home, ["found": .string(reason)])
        log.warning("home", metadata: ["found": "\(reason)"])
      case .moved(let home): await settle(home, cluster)
      }
    } catch {
      log.error("the home could not be written", metadata: ["error": "\(error)"])
    }
  }

  private func settle(_ moved: Home, _ cluster: LiveCluster) async {
    var home = moved
    var found = "Jarvis has moved: it lives on \(home.place.words) now"
    if case .guest(let vmid, _, _) = home.place {
      do throws(ProxmoxError) {
        let facts = HomeFacts(try await cluster.guestConfig(vmid), place: home.place, name: "")
        home.storages = facts.storages
        home.bridges = facts.bridges
      } catch {
        found += "; what it stands on there could not be read, and what was known stays: \(error.reason)"
      }
    }
    do throws(StorageError) {
      // Who confirmed another home while the cluster was asked has the last word.
      guard try foundation.home.keep(home, replacing: moved) else { return }
    } catch {
      log.error("the home could not be written", metadata: ["error": "\(error)"])
    }
    var body = home.auditBody.object ?? [:]
    body["found"] = .string(found)
    await note(.home, .object(body))
    log.warning("home", metadata: ["found": "\(found)"])
  }
}

extension Home {
  /// For the audit.
  var auditBody: JSONValue {
    var body: [String: JSONValue] = [
      "place": .string(place.words), "storages": .array(storages.map { .string($0) }),
      "bridges": .array(bridges.map { .string($0) }),
      "confirmed_at": .int(Int(confirmedAt.timeIntervalSince1970 * 1_000)),
    ]
    if let modelHost { body["model_host"] = .string(modelHost.words) }
    return .object(body)
  }
}
