import CSSH2
import Foundation

/// A connection to one node: one libssh2 session and the channels in it. All of it happens on the loop's thread; while
/// one task waits for the network the others go on.
actor SSHConnection {
  let node: SSHNode
  let loop: SSHLoop
  let times: SSHTimes
  let session: SSHSession
  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  /// Set once the connection is of no more use.
  private(set) var failure: SSHError?
  /// The operation that has half a packet out.
  private var sender: SSHLoop.WaitID?
  /// Operations that wait for the socket: any of them may find that another one has read what it waits for.
  private var waiting: Set<SSHLoop.WaitID> = []
  /// libssh2 opens one channel at a time.
  private var opening: Turnstile
  private var commands: Turnstile
  /// The second channels that end processes, and signs of life: with `SSHBounds.channels` these stay below ten.
  private var helpers = Turnstile(places: 1, queueLimit: .max)
  /// Between libssh2's wish for a signature and the agent's answer.
  var signing = jarvis_ssh_signing()
  private var keeper: Task<Void, Never>?
  private var lastUse = ContinuousClock.now

  /// Takes over the connected socket.
  init(node: SSHNode, descriptor: Int32, loop: SSHLoop, times: SSHTimes, bounds: SSHBounds) throws(SSHError) {
    guard let session = SSHSession(descriptor: descriptor) else {
      throw .outOfResources("no memory for an SSH session")
    }
    self.session = session
    self.node = node
    self.loop = loop
    self.times = times
    opening = Turnstile(places: 1, queueLimit: .max)
    commands = Turnstile(places: bounds.channels, queueLimit: bounds.queue)
  }

  deinit { keeper?.cancel() }

  // MARK: The end

  /// Gives the connection up: everything under way in it fails.
  func drop(_ reason: String) {
    guard failure == nil else { return }
    failure = .dropped(reason: reason, mayHaveRun: false)
    session.disconnect()
    keeper?.cancel()
    wakeOthers()
  }

  var isUsable: Bool { failure == nil }

  // MARK: Steps of libssh2

  /// Repeats a step of libssh2 until it no longer would block.
  /// - Returns: what the step returned, never `LIBSSH2_ERROR_EAGAIN`.
  /// - Throws: `timeout(.response)` and `cancelled` when the wait ends first; the connection's own failure.
  func settle(
    until deadline: SSHLoop.Instant, cancellable: Bool = false, _ step: () -> Int
  ) async throws(SSHError) -> Int {
    let id = loop.reserve()
    var deadline = deadline
    var cancellable = cancellable
    var isCancelled = false
    while true {
      if let failure { throw failure }
      let mayStep = sender == nil || sender == id
      if mayStep {
        let before = session.received
        let code = step()
        let wasSender = sender == id
        sender = code == Int(LIBSSH2_ERROR_EAGAIN) && session.isSending ? id : nil
        if session.received != before || (wasSender && sender == nil) { wakeOthers() }
        if code != Int(LIBSSH2_ERROR_EAGAIN) { return code }
      }
      if isCancelled && sender != id { throw .cancelled(ended: false) }
      waiting.insert(id)
      let outcome = await loop.wait(
        id, descriptor: mayStep ? session.descriptor : -1, events: sender == id ? POLLOUT : POLLIN, until: deadline,
        cancellable: cancellable)
      waiting.remove(id)
      switch outcome {
      case .ready, .woken: continue
      case .cancelled:
        guard sender == id else { throw .cancelled(ended: false) }
        // Half a packet can neither be taken back nor completed by anybody else: it goes out first.
        isCancelled = true
        cancellable = false
        deadline = min(deadline, .now + times.response)
      case .expired:
        if sender == id { drop("it takes no more data") }
        throw .timeout(.response)
      }
    }
  }

  private func wakeOthers() {
    for id in waiting { loop.wake(id) }
  }

  /// As `settle`, for steps that must not be left half done: if there is no answer in time the connection is given up.
  func complete(
    until deadline: SSHLoop.Instant? = nil, _ step: () -> Int
  ) async throws(SSHError) -> Int {
    do throws(SSHError) {
      return try await settle(until: deadline ?? .now + times.response, step)
    } catch .timeout {
      drop("the server does not answer")
      throw failure ?? .timeout(.response)
    }
  }

  /// Gives the connection up where a step's code says that it is broken.
  func check(_ code: Int) throws(SSHError) {
    switch Int32(clamping: code) {
    case 0...: return
    case LIBSSH2_ERROR_CHANNEL_FAILURE, LIBSSH2_ERROR_CHANNEL_REQUEST_DENIED, LIBSSH2_ERROR_REQUEST_DENIED:
      throw .channelRefused(session.lastMessage)
    default:
      drop(session.lastMessage)
      throw failure ?? .dropped(reason: session.lastMessage, mayHaveRun: false)
    }
  }

  // MARK: Turns

  enum Turn { case opening, command, helper }

  /// Waits for a place; each is given back by `leave`.
  func enter(_ turn: Turn, cancellable: Bool) async throws(SSHError) {
    let id = loop.reserve()
    switch change(turn, { $0.enter(id) }) {
    case .entered: return
    case .full: throw .busy(limit: commands.queueLimit)
    case .queued: break
    }
    // The queue moves: whoever is in it has a deadline of its own.
    let outcome = await loop.wait(id, until: .now + .seconds(86_400), cancellable: cancellable)
    if outcome == .woken { return }
    if !change(turn, { $0.giveUp(id) }) { leave(turn) }
    throw outcome == .cancelled ? .cancelled(ended: true) : .timeout(.response)
  }

  func leave(_ turn: Turn) {
    lastUse = .now
    if let next = change(turn, { $0.leave() }) { loop.wake(next) }
  }

  private func change<Value>(_ turn: Turn, _ body: (inout Turnstile) -> Value) -> Value {
    switch turn {
    case .opening: body(&opening)
    case .command: body(&commands)
    case .helper: body(&helpers)
    }
  }

  /// Whether nothing is under way, and since when.
  var idleTime: Duration? {
    guard commands.isIdle && helpers.isIdle && opening.isIdle && waiting.isEmpty else { return nil }
    return lastUse.duration(to: .now)
  }

  /// Has the watch over the connection run until the connection ends.
  func keep() {
    keeper = Task { [weak self, loop, descriptor = session.descriptor, times] in
      var isIdle = true
      while !Task.isCancelled {
        // While commands are under way they read what comes; to wake for each byte of it would only cost.
        let outcome = await loop.wait(
          loop.reserve(), descriptor: isIdle ? descriptor : -1, events: POLLIN,
          until: .now + (isIdle ? times.keepAlive : times.idleAfter), cancellable: true)
        guard outcome != .cancelled, let self else { return }
        isIdle = await self.lookAfter(hasWord: outcome == .ready)
      }
    }
  }
}
