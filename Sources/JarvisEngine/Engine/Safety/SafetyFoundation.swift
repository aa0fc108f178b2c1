import Foundation
import JarvisAPI
import JarvisCluster
import JarvisSafety
import JarvisStorage
import JarvisTools

/// What safety stands on, laid before anything can act: kill switch, rules, home. A fault in it keeps the engine from
/// starting.
struct SafetyFoundation: Sendable {
  let directory: DataDirectory
  let audit: AuditLog
  let freeze: FreezeFile
  let rules: SafetyRules
  let policy: PolicyFile?
  let home: HomeKeeper
  let maintenance: MaintenanceStore
  let visits: VisitStore

  /// - Throws: a malformed policy (exit 3), or a data directory that cannot be written.
  static func lay(
    _ options: EngineOptions, _ data: DataStore, _ audit: AuditLog
  ) async throws(UserFacingError) -> SafetyFoundation {
    let freeze = FreezeFile(directory: data.directory, clock: .linux(now: options.now))
    let file = options.policyFile.map(PolicyFile.init(path:))
    let policy: Policy?
    do throws(PolicyError) {
      policy = try file?.load()
    } catch {
      throw error.userFacing
    }
    do throws(StorageError) {
      // Only where no engine ever was: later a missing record means that somebody took it away, and counts as frozen.
      if try await audit.isNew() { try freeze.prepare() }
    } catch {
      throw error.userFacing
    }
    // The demo's cluster carries nothing.
    let home = HomeKeeper(
      HomeStore(directory: data.directory),
      fixed: options.simulated ? .known(Home(place: .elsewhere, confirmedAt: options.now())) : nil)
    return SafetyFoundation(
      directory: data.directory, audit: audit, freeze: freeze, rules: SafetyRules(policy: policy), policy: file,
      home: home,
      maintenance: MaintenanceStore(store: data), visits: VisitStore(directory: data.directory))
  }

  func gate(
    _ options: EngineOptions, _ redactor: Redactor, _ cluster: LiveCluster, _ names: MemoryNames
  ) -> Gate {
    let home = home
    // The tools have the same judge; the gate does not take their word for it.
    let judge = CommandJudge(self)
    let ssh = options.configuration.ssh?.nodes ?? []
    return Gate(
      records: audit, redactor: redactor, killSwitch: freeze, rules: rules,
      context: GateContext(
        quorate: { await cluster.live().quorate.value }, home: { home.standing },
        guest: {
          let guests = await cluster.live().guests
          let known = Dictionary(
            guests.map { ($0.vmid, (name: $0.name, isContainer: $0.kind == .lxc)) }, uniquingKeysWith: { $1 })
          return { known[$0] }
        },
        node: {
          let nodes = await cluster.live().nodes
          return { NodeNames.node(of: $0, among: nodes, ssh: ssh) }
        },
        classify: { judge.read($0) },
        demand: { names.demand(about: $0, in: await cluster.live()) }),
      readOnly: options.readOnly, time: GateTime(now: options.now, clock: options.clock))
  }
}
