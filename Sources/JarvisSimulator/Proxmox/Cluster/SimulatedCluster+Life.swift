/// What happens in the cluster by itself.
extension SimulatedCluster {
  /// The first things happen early, so that a demo need not wait for them. Seconds after the start.
  private static let firstCrash = 150.0
  private static let firstOutage = 330.0
  private static let firstBackup = 25.0
  private static let firstHousekeeping = 70.0
  private static let firstScrub = 5.0
  /// Guests that may lie crashed at one time.
  private static let crashedAtOnce = 2

  mutating func scheduleLife() {
    let life = configuration.life
    func at(_ first: Double) -> Double { now + first / life.pace }
    if life.crash != nil { events.add(.crash, at: at(Self.firstCrash)) }
    if life.outage != nil { events.add(.outage, at: at(Self.firstOutage)) }
    if life.backup != nil { events.add(.backup, at: at(Self.firstBackup)) }
    if life.housekeeping != nil { events.add(.housekeeping, at: at(Self.firstHousekeeping)) }
    if life.scrub != nil { events.add(.scrub, at: at(Self.firstScrub)) }
  }

  mutating func happen(_ kind: EventQueue.Kind) {
    let life = configuration.life
    switch kind {
    case .taskEnds(let upid): finish(upid)
    case .nodeReturns(let name): setNode(name, online: true)
    case .crash:
      crashSomebody()
      again(.crash, life.crash)
    case .outage:
      loseSomeNode()
      again(.outage, life.outage)
    case .backup:
      backUpSomebody()
      again(.backup, life.backup)
    case .housekeeping:
      keepHouse()
      again(.housekeeping, life.housekeeping)
    case .scrub:
      scrubSomePool()
      again(.scrub, life.scrub)
    }
  }

  private mutating func again(_ kind: EventQueue.Kind, _ mean: Double?) {
    guard let mean else { return }
    events.add(kind, at: now + random.wait(mean: mean) / configuration.life.pace)
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value? {
    values.isEmpty ? nil : values[Int(random.unit() * Double(values.count))]
  }

  private mutating func crashSomebody() {
    guard guests.values.filter(\.crashed).count < Self.crashedAtOnce else { return }
    let able = guests.values.filter {
      $0.configuration.crashProne && $0.power == .running && $0.lock == nil && isOnline($0.node)
    }
    if let victim = pick(able.map(\.vmid).sorted()) { crash(victim) }
  }

  private mutating func loseSomeNode() {
    let able = nodes.filter { $0.configuration.unsteady && $0.online }.map(\.name)
    guard nodes.allSatisfy(\.online), let victim = pick(able) else { return }
    setNode(victim, online: false)
    let length = configuration.life.outageLength * (0.7 + random.unit() * 0.6) / configuration.life.pace
    events.add(.nodeReturns(victim), at: now + length)
  }

  private mutating func backUpSomebody() {
    let able = guests.values.filter {
      $0.lock == nil && !$0.configuration.template && $0.power == .running && isOnline($0.node)
    }
    guard let vmid = pick(able.map(\.vmid).sorted()) else { return }
    backUp(vmid, user: "root@pam")
  }

  private mutating func keepHouse() {
    guard let node = pick(nodes.filter(\.online).map(\.name)) else { return }
    switch Int(random.unit() * 4) {
    case 0:
      _ = updatePackageLists(on: node, user: "root@pam")
    case 1: begin("srvreload", target: "networking", on: node, user: "root@pam", seconds: 2)
    case 2: begin("vncshell", target: "", on: node, user: "root@pam", seconds: 40)
    default:
      if let vmid = pick(guests.values.filter { $0.node == node && $0.power == .running }.map(\.vmid).sorted()) {
        begin("vncproxy", target: "\(vmid)", on: node, user: "root@pam", seconds: 55)
      }
    }
  }

  private mutating func scrubSomePool() {
    let pools = storages.filter { $0.plugin == "zfspool" }.map(\.name).filter { scrub(of: $0) == nil }
    guard let pool = pick(pools) else { return }
    scrubs[pool] = (from: now, to: now + 2400 / configuration.life.pace)
  }

  /// The scrub of a pool that is under way now.
  func scrub(of pool: String) -> (from: Double, to: Double)? {
    scrubs[pool].flatMap { $0.from <= now && now < $0.to ? $0 : nil }
  }
}
