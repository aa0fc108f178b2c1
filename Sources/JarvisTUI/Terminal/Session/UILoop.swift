import Glibc

/// Why the program should end.
public enum EndReason: Sendable, Hashable {
  /// SIGTERM.
  case terminated
  /// SIGINT from outside; the key Ctrl-C is an input like any other.
  case interrupted
  /// SIGHUP, or the terminal is gone.
  case hungUp
  /// SIGQUIT.
  case quit
}

/// The program that runs on the screen. Everything is called on `UI`.
@UI public protocol UIProgram: AnyObject {
  /// Takes one input.
  func handle(_ input: Input)
  /// Asks it to end soon: it sets `isDone`, at once or when it has tidied up. A second request kills the process.
  func end(_ reason: EndReason)
  /// Jobs on `UI` have run, or `nextDeadline` has come.
  func wake()
  /// When `wake()` is wanted next; nil while there is nothing to wait for.
  var nextDeadline: ContinuousClock.Instant? { get }
  /// The frame of this moment; nil when nothing changed since the last one.
  func draw(size: Size) -> Canvas?
  /// Ends the loop.
  var isDone: Bool { get }
}

/// How often frames are sent.
public struct FramePolicy: Sendable, Hashable {
  /// Between two frames, except right after a key.
  public var interval: Duration

  /// 30 a second.
  public static let local = FramePolicy(interval: .nanoseconds(33_333_333))
  /// 10 a second, for slow lines.
  public static let remote = FramePolicy(interval: .milliseconds(100))

  public init(interval: Duration) { self.interval = interval }

  public init(_ capabilities: TerminalCapabilities) { self = capabilities.isRemote ? .remote : .local }
}

/// The loop of the thread that owns the terminal: wait, take input, run jobs, draw once.
///
/// ```swift
/// try UI.run {
///   let session = try TerminalSession.open(environment: environment)
///   defer { session.close() }
///   UILoop.run(program, on: session.screen, policy: FramePolicy(session.capabilities))
/// }
/// ```
@UI public enum UILoop {
  /// Inputs taken in one turn; more wait for the frame in between.
  static let maximumInputs = 256
  /// While a shell has the terminal, how often it is looked whether it is ours again: bash's `fg` sends no signal to a
  /// job that runs already.
  static let foregroundPause: Duration = .milliseconds(200)

  /// Runs until `program.isDone`. The first frame is drawn before anything else happens.
  public static func run(
    _ program: any UIProgram, on screen: any Screen, policy: FramePolicy = .local,
    now: () -> ContinuousClock.Instant = { .now }
  ) {
    var frame = FrameClock(interval: policy.interval)
    frame.request(isUrgent: true)
    var isAway = false
    while !program.isDone {
      var isBlocked = false
      if isAway, screen.isInForeground {
        isAway = false
        screen.resume()
        frame.request(isUrgent: true)
      }
      if frame.isDue(at: now()) {
        if !screen.isInForeground {
          isAway = true
        } else if screen.isWritable {
          let canvas = program.draw(size: screen.size)
          if let canvas { screen.present(canvas) }
          frame.drawn(at: now(), isShown: canvas != nil)
          if program.isDone { return }
        } else {
          isBlocked = true
        }
      }
      let frameDue = isAway ? now() + foregroundPause : isBlocked ? nil : frame.due(after: now())
      let deadline = [program.nextDeadline, isAway ? nil : screen.inputDeadline, frameDue].compactMap { $0 }.min()
      wait(until: deadline, for: screen, input: !isAway, output: isBlocked, now: now)
      turn(program, on: screen, isAway: &isAway, frame: &frame, now: now)
    }
  }

  /// Signals, then input, then jobs, then what is due.
  private static func turn(
    _ program: any UIProgram, on screen: any Screen, isAway: inout Bool, frame: inout FrameClock,
    now: () -> ContinuousClock.Instant
  ) {
    for signal in UI.shared.executor.pipe.drain() {
      // Continued, but perhaps behind a shell: the terminal is taken again only where it is ours.
      if signal == SIGCONT { isAway = true } else { handle(signal, program, screen) }
      frame.request(isUrgent: true)
    }
    for _ in 0..<maximumInputs {
      guard !program.isDone, !isAway, let input = screen.nextInput() else { break }
      program.handle(input)
      frame.request(isUrgent: input.wantsAnswer)
    }
    if screen.isGone { program.end(.hungUp) }
    var isAwake = UI.shared.executor.runJobs()
    if let deadline = program.nextDeadline, deadline <= now() { isAwake = true }
    if isAwake, !program.isDone {
      program.wake()
      frame.request(isUrgent: false)
    }
  }

  private static func handle(_ signal: Int32, _ program: any UIProgram, _ screen: any Screen) {
    switch signal {
    case SIGWINCH: screen.noteResize()
    case SIGTSTP: screen.suspend()
    case SIGHUP: program.end(.hungUp)
    case SIGQUIT: program.end(.quit)
    case SIGINT: program.end(.interrupted)
    default: program.end(.terminated)
    }
  }

  /// Sleeps until input, a wake-up, room for output when that was missing, or the deadline.
  private static func wait(
    until deadline: ContinuousClock.Instant?, for screen: any Screen, input: Bool, output: Bool,
    now: () -> ContinuousClock.Instant
  ) {
    if UI.shared.executor.hasJobs || (input && screen.hasInput) { return }
    var polled = [pollfd(fd: UI.shared.executor.pipe.readEnd, events: Int16(POLLIN), revents: 0)]
    if input, let descriptor = screen.inputDescriptor {
      polled.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
    }
    if output, let descriptor = screen.outputDescriptor {
      polled.append(pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0))
    }
    poll(&polled, nfds_t(polled.count), milliseconds(until: deadline, now: now()))
  }

  /// Rounded up, so that a wait does not end a moment before its deadline; -1 for ever.
  private static func milliseconds(until deadline: ContinuousClock.Instant?, now: ContinuousClock.Instant) -> Int32 {
    guard let deadline else { return -1 }
    let left = (deadline - now).components
    guard left.seconds >= 0 else { return 0 }
    let longest: Int64 = 3_600_000
    let thousandth: Int64 = 1_000_000_000_000_000
    let fraction = (max(0, left.attoseconds) + thousandth - 1) / thousandth
    return Int32(min(longest, min(left.seconds, longest) * 1_000 + fraction))
  }
}

extension Input {
  /// Whether a person waits to see what this does.
  fileprivate var wantsAnswer: Bool {
    switch self {
    case .key, .paste, .mouse: true
    case .resize, .focus: false
    }
  }
}
