import JarvisAPI

/// A guest as it stands now. Times are seconds since 1970.
struct GuestState: Sendable {
  enum Power: String, Sendable { case stopped, running, paused }

  /// A span in which it ran, for graphs of the past. `to` is nil while it still runs.
  struct Run: Sendable {
    var from: Double
    var to: Double?
  }

  /// Spans kept for graphs.
  static let runLimit = 32

  var configuration: GuestConfiguration
  var power: Power
  var lock: String?
  /// Process id of its KVM or its container's init.
  var process: Int?
  /// What the API shows as its configuration, without the digest.
  var config: [String: JSONValue]
  var runs: [Run] = []
  /// Oldest first.
  var snapshots: [SnapshotState] = []
  /// What HA was asked for; nil where it was asked nothing.
  var wished: Bool?
  /// True after a crash, until it is started again.
  var crashed = false
  let cpu: LoadCurve
  let memory: LoadCurve
  let traffic: LoadCurve
  let reads: LoadCurve

  var vmid: Int { configuration.vmid }
  var node: String { configuration.node }
  var kind: GuestConfiguration.Kind { configuration.kind }
  /// When it was started; nil while it is stopped.
  var startedAt: Double? {
    guard let last = runs.last, last.to == nil else { return nil }
    return last.from
  }

  init(
    _ configuration: GuestConfiguration, bootedAt: Double, random: inout SeededRandom, seed: UInt64, begunAt: Double
  ) {
    func curve(_ what: String, _ level: Double) -> LoadCurve {
      LoadCurve(level: level, seed: SeededRandom.seed("\(what)/\(configuration.vmid)", seed))
    }
    self.configuration = configuration
    power = configuration.running ? .running : .stopped
    lock = configuration.lock
    config = GuestConfigText.initial(configuration, random: &random)
    snapshots = Self.snapshots(configuration.snapshots, config: config, begunAt: begunAt)
    cpu = curve("cpu", configuration.cpuLoad)
    memory = curve("mem", configuration.memoryLoad)
    traffic = curve("net", configuration.traffic)
    reads = curve("disk", configuration.traffic * 0.6)
    if configuration.running {
      runs = [Run(from: bootedAt)]
      process = 2000 + Int(random.unit() * 200_000)
    }
  }

  mutating func begin(at time: Double, process: Int) {
    power = .running
    crashed = false
    adoptHardware()
    self.process = process
    runs.append(Run(from: time))
    runs.removeFirst(max(0, runs.count - Self.runLimit))
  }

  mutating func end(at time: Double) {
    power = .stopped
    process = nil
    if let last = runs.indices.last, runs[last].to == nil { runs[last].to = time }
  }

  /// True where it was running at that time.
  func ran(at time: Double) -> Bool {
    runs.contains { $0.from <= time && time < ($0.to ?? .infinity) }
  }

  /// HA's word for what it was asked to do.
  var wishedWord: String { wished ?? (power != .stopped) ? "started" : "stopped" }
}
