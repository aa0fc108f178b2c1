import Foundation
import JarvisAPI
import JarvisTerminal

/// Everything the screen knows, as one value. Changed by `update` only, drawn by `view`.
public struct AppState: Sendable {
  /// Where the screen stands with the engine.
  enum Link: Sendable, Equatable {
    /// Not attached yet: the engine starts.
    case starting
    case attached
    /// The attachment ended; why, where it was not in good order.
    case detached(UserFacingError?)
  }

  let environment: AppEnvironment
  let keys: KeyTable
  /// The terminal's size as last told.
  public internal(set) var size: Size
  var theme: Theme
  /// Counts changes of the theme: lines made before no longer fit.
  var look = 0

  /// Counts changes of what the outer columns' panels show (`PanelMemo`).
  private(set) var panelRevision = 0

  var link: Link = .starting { didSet { panelRevision += 1 } }
  var boot: Boot
  var mirror = Mirror() { didSet { panelRevision += 1 } }
  var tabs = Tabs()
  var desk = ApprovalDesk()
  var requests = Requests()
  var memory = MemoryBoard()

  var input = InputLine()
  var focus: Focus = .input
  var overlays: [Overlay] = []
  var view: CentreView = .chat
  var lists: [CentreView: ListState] = [:]
  var remark: Remark?
  var isMouseTaken = true
  /// When Ctrl-C was pressed, while the next one would quit.
  var quitArmedAt: Date?
  /// The engine said that it stops, and why.
  var stopping: String?

  /// A screen before anything is known.
  /// - Parameters:
  ///   - theme: what to draw with until another is chosen.
  ///   - now: when the program started; the boot text counts from here.
  public init(size: Size, theme: Theme, environment: AppEnvironment, now: Date) {
    self.environment = environment
    self.size = size
    self.theme = environment.fitted(theme)
    keys = .standard
    boot = Boot(startedAt: now, shows: environment.showsBoot && !environment.reducedMotion)
  }

  // MARK: For the session

  /// True while no command waits for its answer: what a test waits for instead of sleeping.
  public var isIdle: Bool { requests.isIdle }

  /// True until the engine was attached for the first time.
  public var isStarting: Bool { link == .starting }

  /// The conversation in front; nil before the engine is attached.
  public var conversation: ConversationID? { tabs.current?.id }

  /// Where this conversation's messages go whatever they say; nil leaves it to the router.
  var pin: RouteChoice? { mirror.conversations.first { $0.id == conversation }?.pin }

  /// The name of the theme that is drawn.
  public var themeName: String { theme.name }

  /// When the clock should tick next: the next full second, the end of the boot text, when progress becomes
  /// due, or soon where lines are still to be laid out.
  /// Ticks that come late or early do no harm.
  public func nextTick(after now: Date) -> Date {
    let second = Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down) + 1)
    let progress = tabs.current?.runningSince?.addingTimeInterval(AppLimits.progressSeconds)
    let wrap = tabs.hasUnwrapped ? now.addingTimeInterval(AppLimits.wrapPause) : nil
    return [boot.isShowing ? boot.endsAt : nil, progress, wrap].compactMap { $0 }.filter { $0 > now }.min()
      .map { min($0, second) } ?? second
  }

  // MARK: Derived

  var glyphs: Glyphs { theme.glyphs }
  var layout: Layout { Layout(size: size) }
  var clock: WallClock { WallClock(zone: environment.timeZone) }

  /// Lays out the conversation for the present size and theme.
  var typesetter: Typesetter {
    Typesetter(
      edition: .init(width: max(1, layout.centre.width - 4), look: look), theme: theme, clock: clock)
  }

  /// The views that a tab leads to at this size: the outer columns are views where they are hidden.
  var views: [CentreView] {
    switch layout.shape {
    case .three, .tooSmall: [.chat, .guests, .nodes, .storage, .tasks, .events, .memory]
    case .two: [.chat, .guests, .nodes, .storage, .tasks, .events, .memory, .network]
    // A phone's width has no room for its tab; its key and its word lead there all the same.
    case .one where size.columns < AppLimits.memoryTabColumns:
      [.chat, .guests, .nodes, .storage, .tasks, .events, .system, .network]
    case .one: [.chat, .guests, .nodes, .storage, .tasks, .events, .memory, .system, .network]
    }
  }

  /// The view in the centre: the chosen one, where this size has it.
  var shownView: CentreView { has(view) ? view : .chat }

  /// The conversations have a key and no tab, the memory not everywhere.
  func has(_ view: CentreView) -> Bool { view == .conversations || view == .memory || views.contains(view) }

  /// The line that says DEMO, wherever the cluster's name stands.
  var isDemo: Bool { mirror.cluster.simulated }

  mutating func say(_ text: String, _ severity: ClusterEvent.Severity = .information, now: Date) {
    remark = Remark(text: text, severity: severity, until: now.addingTimeInterval(AppLimits.remarkSeconds))
  }
}
