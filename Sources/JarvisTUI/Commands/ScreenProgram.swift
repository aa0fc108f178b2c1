import Foundation
import JarvisAPI
import JarvisApp
import JarvisTerminal

/// What runs on the screen's thread: input and engine events go into the state, effects come out, frames are drawn.
@UI final class ScreenProgram: UIProgram {
  /// Bytes of text that are handed to the terminal's clipboard at most; terminals drop longer ones silently.
  static let maximumCopy = 64 << 10

  private(set) var isDone = false
  private(set) var state: AppState
  private let screen: NcursesScreen
  private let themes: ThemeLibrary
  /// Whether a new approval may ring.
  private let bell: Bool
  private let now: @Sendable () -> Date
  /// Shells on nodes; nil where there are none.
  private let shell: ShellRunner?
  private var service: (any JarvisService)?
  private var attachment: AttachmentID?
  private var changed = true
  private var panels = PanelMemo()
  private var tickDue: ContinuousClock.Instant
  private let began = ContinuousClock.now
  private var clockWatch = ClockWatch()
  /// The engine's last words where it could not start or went away: told after the screen is closed.
  private(set) var failure: UserFacingError?
  /// SIGINT ended it: scripts are told by the exit code.
  private(set) var isInterrupted = false

  init(
    state: AppState, screen: NcursesScreen, themes: ThemeLibrary, bell: Bool, shell: ShellRunner? = nil,
    now: @escaping @Sendable () -> Date
  ) {
    self.state = state
    self.screen = screen
    self.themes = themes
    self.bell = bell
    self.shell = shell
    self.now = now
    let moment = now()
    tickDue = .now + .seconds(state.nextTick(after: moment).timeIntervalSince(moment))
  }

  // MARK: UIProgram

  /// By a clock that nobody sets: a wall clock set back by an hour must not make the screen sleep for one.
  var nextDeadline: ContinuousClock.Instant? { tickDue }

  func handle(_ input: Input) { take(.terminal(input)) }

  func end(_ reason: EndReason) {
    isInterrupted = reason == .interrupted
    isDone = true
  }

  func wake() {
    guard .now >= tickDue else { return }
    take(.tick)
  }

  func draw(size: Size) -> Canvas? {
    if state.size != size { take(.terminal(.resize(size))) }
    guard changed else { return nil }
    changed = false
    return view(state, now: now(), memo: &panels)
  }

  // MARK: The engine

  /// Connects the screen to an attached engine and carries its events in until they end.
  func serve(_ service: any JarvisService, _ attachment: Attachment) async {
    self.service = service
    self.attachment = attachment.id
    take(.attached(attachment.snapshot))
    for await event in attachment.events { take(.event(event)) }
    take(.detached(nil))
  }

  func boot(_ step: BootStep) { take(.boot(step)) }

  /// The engine could not be started.
  func fail(_ error: UserFacingError) {
    failure = error
    take(.detached(error))
  }

  private func take(_ input: AppInput) {
    let moment = now()
    let jump = clockWatch.look(wall: moment, steady: began.duration(to: .now))
    if jump != 0 { _ = update(&state, .clockSet(by: jump), now: moment) }
    let effects = update(&state, input, now: moment)
    changed = true
    tickDue = .now + .seconds(state.nextTick(after: moment).timeIntervalSince(moment))
    for effect in effects { carryOut(effect) }
  }

  private func carryOut(_ effect: Effect) {
    switch effect {
    case .perform(let command, let request): perform(command, request)
    case .quit: isDone = true
    case .suspend: screen.suspend()
    case .copy(let text): copy(text)
    case .bell: if bell { screen.ringBell() }
    case .redraw: screen.invalidate()
    case .setMouse(let on): screen.capturesMouse = on
    case .setTheme(let name): theme(name)
    case .openShell(let visit): openShell(visit)
    }
  }

  /// Asks the person about a host key or certificate.
  func ask(_ question: TrustQuestion) { take(.ask(question)) }

  /// The screen stands still meanwhile; the engine does not.
  private func openShell(_ visit: ShellVisit) {
    let failure =
      shell.map { ShellHandover.run(visit, on: screen, with: $0, type: screen.actualCapabilities.terminfoName) }
      ?? "no shells in this run: SSH is not configured"
    take(.shellEnded(visit, failure: failure))
  }

  private func perform(_ command: Command, _ request: RequestID) {
    guard let service, let attachment else {
      take(.failed(request, UserFacingError(.negative, attempted: "do that", reason: "the engine is still starting")))
      return
    }
    Task { @UI in
      do throws(UserFacingError) {
        let reply = try await service.perform(command, from: attachment)
        self.take(.reply(request, reply))
      } catch {
        self.take(.failed(request, error))
      }
    }
  }

  /// OSC 52: the terminal's own clipboard, also through ssh and tmux.
  private func copy(_ text: String) {
    guard text.utf8.count <= Self.maximumCopy else {
      take(.copied(failure: "longer than \(Self.maximumCopy / 1_024) KiB: terminals drop that"))
      return
    }
    let sent = screen.copyToClipboard(base64: Data(text.utf8).base64EncodedString())
    take(.copied(failure: sent ? nil : "this terminal has no clipboard of its own"))
  }

  private func theme(_ name: String) {
    do {
      take(.themed(try themes.theme(named: name)))
    } catch {
      take(.themeRefused("\(error)"))
    }
  }
}
