/// A node as it stands now. Times are seconds since 1970.
struct NodeState: Sendable {
  var configuration: NodeConfiguration
  /// Its number in corosync, from 1.
  let number: Int
  var online = true
  /// As `ha-manager crm-command node-maintenance enable` leaves it.
  var inMaintenance = false
  var services = ServiceState.standardServices()
  var bootedAt: Double
  /// The next process id; process numbers on a node only grow.
  var nextProcess: Int
  /// Load that belongs to no guest.
  let own: LoadCurve
  /// A plausible fingerprint until a real certificate is put in its place.
  var fingerprint: String

  init(_ configuration: NodeConfiguration, number: Int, now: Double, random: inout SeededRandom, seed: UInt64) {
    self.configuration = configuration
    self.number = number
    bootedAt = now - configuration.uptime
    nextProcess = 1200 + Int(random.unit() * 3000)
    own = LoadCurve(level: 0.02, seed: SeededRandom.seed("node/" + configuration.name, seed))
    fingerprint = Fingerprint.text((0..<32).map { _ in UInt8(truncatingIfNeeded: random.next() >> 17) })
  }

  var name: String { configuration.name }
}
