import Foundation
import JarvisAPI
import JarvisHTTP
import JarvisLock
import Testing

@testable import JarvisCluster

@Suite("The live cluster")
struct LiveClusterTests {
  /// A small cluster whose answers a test may change while it runs.
  final class World: Sendable {
    let replies: Guarded<[String: ScriptedTransport.Reply]>

    init() {
      replies = Guarded([
        "/cluster/resources": .json(Self.resources("running")), "/cluster/tasks": .json(#"{"data":[]}"#),
        "/cluster/status": .json(
          #"{"data":[{"type":"cluster","name":"sued","quorate":1},{"type":"node","name":"pve","local":1,"online":1,"ip":"10.0.0.1"}]}"#
        ),
        "/access/permissions": .json(
          #"{"data":{"/":{"Sys.Audit":1,"VM.Audit":1,"Datastore.Audit":1,"VM.PowerMgmt":1}}}"#),
        "/version": .json(#"{"data":{"version":"9.2.11"}}"#),
      ])
    }

    static func resources(_ status: String, node: String = "agent") -> String {
      #"{"data":["#
        + [
          Fixture.node("pve"), Fixture.node("agent"), Fixture.node("home"), Fixture.guest(102, status, node: node),
        ].joined(separator: ",") + "]}"
    }

    func set(_ path: String, _ reply: ScriptedTransport.Reply) { replies.withLock { $0[path] = reply } }

    func reply(_ request: HTTPRequest) -> ScriptedTransport.Reply {
      let path = String(request.path.prefix { $0 != "?" })
      return replies.withLock { $0[path] } ?? .status(501, reason: "Method '\(request.method) \(path)' not implemented")
    }
  }

  private let world = World()
  private let clock = ManualClock()
  private let transport: ScriptedTransport

  init() {
    let world = world
    transport = ScriptedTransport { world.reply($0) }
  }

  private func cluster() throws -> LiveCluster {
    let clock = clock
    return LiveCluster(
      client: try Fixture.client(transport, clock: clock), pace: PollPace(interval: .seconds(12)), clock: clock,
      now: { clock.date })
  }

  private func count(_ path: String) -> Int { transport.sent.count { $0.path.hasPrefix(path) } }

  @Test("FOUND-03 one look at the resources an interval, everything else at its own pace")
  func pace() async throws {
    let cluster = try cluster()
    let polling = Task { await cluster.run() }
    await clock.sleepers(atLeast: 5)
    for _ in 0..<10 {
      clock.advance(by: .seconds(12))
      await clock.sleepers(atLeast: 5)
    }
    #expect(count("/cluster/resources") == 11 && count("/cluster/tasks") == 11)
    #expect(count("/cluster/ha/status/manager_status") == 6)
    #expect(count("/cluster/status") == 6 && count("/access/permissions") == 1 && count("/version") == 1)
    let live = await cluster.live()
    #expect(live.link == .connected(node: "pve") && live.name == "sued" && live.quorate == .known(true))
    #expect(live.version == "9.2.11" && live.pollInterval == 12 && live.at == ManualClock.epoch + 120)
    #expect(live.guests.first?.seenAt == ManualClock.epoch + 120)
    polling.cancel()
    await polling.value
  }

  @Test("FOUND-03 what hangs costs its own time and delays nothing else")
  func hanging() async throws {
    world.set("/cluster/status", .hang)
    world.set("/access/permissions", .hang)
    let cluster = try cluster()
    let polling = Task { await cluster.run() }
    for round in 1...3 {
      // Tasks, resources, maintenance.
      await clock.sleepers(atLeast: 3)
      #expect(count("/cluster/resources") == round)
      #expect(await cluster.live().guests.count == 1)
      clock.advance(by: .seconds(12))
    }
    #expect(await cluster.live().quorate == .unknown)
    polling.cancel()
    await polling.value
    transport.release()
  }

  @Test("FOUND-03 node details are asked side by side: one that hangs leaves the others their answers")
  func sideBySide() async throws {
    let cluster = try cluster()
    _ = try await cluster.refresh()
    for node in ["pve", "home"] {
      world.set("/nodes/\(node)/status", .json(#"{"data":{"cpu":0.5,"loadavg":["0.9","0.5",1]}}"#))
    }
    world.set("/nodes/agent/status", .hang)
    let asking = Task { await cluster.nodeStatuses() }
    await transport.wait { sent in sent.count { $0.path.hasSuffix("/status") && $0.path.hasPrefix("/nodes") } == 3 }
    transport.release()
    let answers = await asking.value
    #expect(try answers["pve"]?.get().load == [0.9, 0.5, 1] && answers["home"]?.get().node.name == "home")
    #expect(answers["agent"]?.failure?.kind == .timeout)
  }

  @Test("FOUND-03 the link is lost and regained with its events, and updates carry both")
  func updates() async throws {
    let cluster = try cluster()
    var updates = await cluster.updates().makeAsyncIterator()
    #expect(await updates.next()?.snapshot.link == .connecting)
    _ = try await cluster.refresh()
    let dead = ScriptedTransport.Reply.failure(.refused("x"))
    let before = world.replies.withLock { $0 }
    for path in ["/cluster/resources", "/cluster/tasks", "/cluster/status"] { world.set(path, dead) }
    await #expect(throws: ProxmoxError.self) { try await cluster.refresh() }
    // All answer again: a path that stays dead would have the client change its entrance at any moment.
    world.replies.withLock { $0 = before }
    world.set("/cluster/resources", .json(World.resources("stopped")))
    clock.advance(by: .seconds(30))
    _ = try await cluster.refresh()
    let update = try #require(await updates.next())
    #expect(update.snapshot.guests.first?.status == .stopped && update.snapshot.link == .connected(node: "pve"))
    #expect(
      update.events.map(\.severity) == [.critical, .good, .warning], "pictures are the newest, events are all there")
    #expect(await cluster.recentEvents() == update.events && update.droppedEvents == 0)
  }

  @Test("FOUND-03 a listener that takes nothing costs a bounded amount, and is told what it missed")
  func boundedMailbox() async throws {
    let mailbox = UpdateMailbox()
    let surplus = 25
    for number in 0..<(UpdateMailbox.maximumEvents + surplus) {
      mailbox.post(
        ClusterSnapshot(name: "\(number)"),
        [ClusterEvent(at: Fixture.start, severity: .good, subject: "", text: "\(number)")])
    }
    let update = try #require(await mailbox.next())
    #expect(update.events.count == UpdateMailbox.maximumEvents && update.droppedEvents == surplus)
    #expect(update.events.last?.text == update.snapshot.name && update.events.first?.text == "\(surplus)")
    let waiting = Task { await mailbox.next() }
    mailbox.close()
    #expect(await waiting.value == nil)
    #expect(mailbox.isClosed)
    let stream = UpdateMailbox().stream()
    let listening = Task { for await _ in stream {} }
    listening.cancel()
    await listening.value
  }

  @Test("FOUND-03 callers at the same time share one look")
  func sharedRefresh() async throws {
    world.set("/cluster/resources", .hang)
    let cluster = try cluster()
    let callers = await cluster.refreshTogether(5)
    await transport.wait { $0.contains { $0.path == "/cluster/resources" } }
    world.set("/cluster/resources", .json(World.resources("running")))
    transport.release()
    for caller in callers { #expect(try await caller.value.get().guests.count == 1) }
    #expect(count("/cluster/resources") == 2, "one node hung, the next answered, for all five")
    _ = try await cluster.refresh()
    #expect(count("/cluster/resources") == 3, "a later caller looks anew")
  }

  // MARK: Acting

  private let upid = "UPID:agent:0000030E:0005A11B:6B49D200:vzstart:102:jarvis@pve!console:"

  private let guest = GuestPlace(vmid: 102, kind: .lxc, node: "home")

  @Test("FOUND-04 a change answers with its task")
  func changes() async throws {
    world.set("/nodes/home/lxc/102/status/start", .json(#"{"data":"\#(upid)"}"#))
    let cluster = try cluster()
    #expect(try await cluster.change(.power(.start, guest))?.text == upid)
    #expect(transport.sent.last?.method == "POST")
  }

  @Test("FOUND-04 without quorum nothing is sent")
  func noQuorum() async throws {
    world.set("/cluster/status", .json(#"{"data":[{"type":"cluster","name":"sued","quorate":0}]}"#))
    let cluster = try cluster()
    _ = try await cluster.refresh()
    await #expect {
      try await cluster.change(.power(.stop, guest))
    } throws: { error in
      guard let error = error as? ProxmoxError else { return false }
      return error.kind == .noQuorum && error.userFacing.advice.contains("majority")
    }
    #expect(!transport.sent.contains { $0.method == "POST" })
  }

  private func follow(_ cluster: LiveCluster, patience: Duration) throws -> Task<
    Result<ClusterTask.Outcome, ProxmoxError>, Never
  > {
    let upid = try #require(UPID(upid))
    return Task {
      do throws(ProxmoxError) { return .success(try await cluster.follow(upid, patience: patience)) } catch {
        return .failure(error)
      }
    }
  }

  private var statusPath: String { "/nodes/agent/tasks/\(PercentEncoding.encode(upid))/status" }

  @Test(
    "FOUND-04 a task is followed to its real end",
    arguments: [
      (#""OK""#, ClusterTask.Outcome.ok), (#""WARNINGS: 3""#, .warnings(3)),
      (#""VM is locked (backup)""#, .failed("VM is locked (backup)")),
      ("null", .unknown),
    ])
  func follows(status: String, outcome: ClusterTask.Outcome) async throws {
    world.set(statusPath, .json(#"{"data":{"status":"running"}}"#))
    let cluster = try cluster()
    let following = try follow(cluster, patience: .seconds(60))
    for _ in 0..<3 {
      await clock.sleepers(atLeast: 1)
      clock.advance(by: .seconds(5))
    }
    await clock.sleepers(atLeast: 1)
    world.set(statusPath, .json(#"{"data":{"status":"stopped","exitstatus":\#(status)}}"#))
    clock.advance(by: .seconds(5))
    #expect(await following.value == .success(outcome))
  }

  @Test("FOUND-04 patience ends: the task is still running, and that is what is said")
  func patience() async throws {
    world.set(statusPath, .json(#"{"data":{"status":"running"}}"#))
    let cluster = try cluster()
    let following = try follow(cluster, patience: .seconds(10))
    let ticking = Task { [clock] in
      while !Task.isCancelled {
        await clock.sleepers(atLeast: 1)
        clock.advance(by: .seconds(5))
      }
    }
    #expect(await following.value == .success(.running))
    ticking.cancel()
    #expect(clock.now.offset >= .seconds(10))
    // Wakes the ticker where it waits for a sleeper, so that it sees its cancellation.
    let last = Task { [clock] in try? await clock.sleep(for: .seconds(1)) }
    await ticking.value
    last.cancel()
  }

  @Test("FOUND-04 when the node's own proxy is gone the cluster's list still tells the end")
  func followsElsewhere() async throws {
    world.set(statusPath, .status(595, reason: "Connection refused"))
    world.set(
      "/cluster/tasks",
      .json(
        #"{"data":[{"upid":"\#(upid)","node":"agent","type":"vzstart","starttime":1,"endtime":5,"status":"startup failed"}]}"#
      ))
    let cluster = try cluster()
    #expect(await (try follow(cluster, patience: .seconds(60))).value == .success(.failed("startup failed")))
  }

  @Test("FOUND-04 a node that stays gone ends following with the reason, bounded")
  func followsInVain() {
    var following = TaskFollowing(patience: .seconds(3_600))
    let gone = ProxmoxError(.nodeUnreachable(node: "agent"), attempted: "follow", reason: "Connection refused")
    var waits = 0
    while true {
      guard case .wait(let pause) = following.after(.failed(gone), took: .seconds(1)) else { break }
      #expect(pause <= TaskFollowing.longestPause)
      waits += 1
    }
    #expect(waits == TaskFollowing.maximumFailures - 1)
    var refused = TaskFollowing(patience: .seconds(60))
    guard case .fail = refused.after(.failed(ProxmoxError(.unauthenticated, attempted: "", reason: "")), took: .zero)
    else {
      Issue.record("a refusal does not pass by waiting")
      return
    }
  }

  // MARK: Reads

  @Test("FOUND-04 a guest that moved is found again")
  func movedGuest() async throws {
    let cluster = try cluster()
    _ = try await cluster.refresh()
    world.set("/cluster/resources", .json(World.resources("running", node: "home")))
    world.set(
      "/nodes/agent/lxc/102/status/current",
      .status(500, reason: "Configuration file 'nodes/agent/lxc/102.conf' does not exist"))
    world.set(
      "/nodes/home/lxc/102/status/current",
      .json(
        #"{"data":{"vmid":"102","name":"pihole","status":"running","cpus":"2","mem":5,"maxmem":10,"ha":{"managed":1,"state":"started"}}}"#
      ))
    let details = try await cluster.guestStatus(102)
    #expect(details.guest.node == "home" && details.guest.status == .running && details.managedByHA)
    #expect(
      details.guest.cores == .known(2) && details.guest.haState == "started"
        && details.guest.seenAt == ManualClock.epoch)
    await #expect { try await cluster.guestConfig(555) } throws: { ($0 as? ProxmoxError)?.kind == .notFound }
    await #expect { try await cluster.nodeStatus("nosuch") } throws: { ($0 as? ProxmoxError)?.kind == .notFound }
  }

  @Test("FOUND-04 the end of a long log is read, oldest line first")
  func logs() async throws {
    let upid = try #require(UPID(upid))
    let transport = ScriptedTransport { request in
      request.path.contains("start=0")
        ? .json(#"{"total":100,"data":[{"n":2,"t":"b"},{"n":1,"t":"a"}]}"#)
        : .json(#"{"total":100,"data":[{"n":100,"t":"TASK OK"},{"n":99,"t":"la\u001b[31mst"}]}"#)
    }
    let cluster = LiveCluster(client: try Fixture.client(transport), clock: clock)
    #expect(try await cluster.taskLog(upid, limit: 2) == ["last", "TASK OK"])
    #expect(transport.lines.last?.hasSuffix("/log?start=98&limit=2") == true)
  }
}

extension LiveCluster {
  /// Callers that have all asked before any of them is answered: each runs up to its first wait before the next starts.
  fileprivate func refreshTogether(_ count: Int) -> [Task<Result<ClusterSnapshot, ProxmoxError>, Never>] {
    (0..<count).map { _ in
      Task.immediate {
        do throws(ProxmoxError) { return .success(try await self.refresh()) } catch { return .failure(error) }
      }
    }
  }
}

extension Result {
  /// The error of a failure.
  var failure: Failure? { if case .failure(let error) = self { error } else { nil } }
}
