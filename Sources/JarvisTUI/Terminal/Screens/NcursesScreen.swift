import CNcurses
import Glibc

/// A real terminal, drawn by ncurses; input is read and decoded by ourselves.
///
/// Owned by one thread: ncurses has one global state. Made and closed by `TerminalSession`.
public final class NcursesScreen: Screen {
  public private(set) var size: Size
  public private(set) var isGone = false

  private let input: Int32
  private let output: Int32
  private let capabilities: TerminalCapabilities
  private let screen: OpaquePointer
  private let clock: () -> ContinuousClock.Instant
  private var pairs: PairCache
  private var encoder: CellEncoder
  private let catcher: OutputCatcher?
  private var filter = RenditionFilter()
  private var decoder = InputDecoder()
  private var inputs: [Input] = []
  private var lastByte: ContinuousClock.Instant
  private var shown: Canvas?
  private var isResized = false
  private var isOpen = true
  private var isMouseOn = true
  private var isCursorOn: Bool?
  /// The terminal was given back and not taken again.
  private var isLeft = false
  /// The signal that ended our own stop is still on its way to `resume`, which has nothing to do then.
  private var expectsContinue = false

  /// Bytes taken in one read.
  private static let readSize = 4_096
  /// How long a full terminal is waited for, in milliseconds.
  private static let writePatience: Int32 = 1_000
  /// Frames with more changed cells than this are wrapped in synchronised output, where the terminal knows it:
  /// about a kilobyte.
  static let synchronisedCells = 200

  /// Opens the terminal: alternate screen, raw keys, our modes.
  /// - Throws: `TerminalError.unknownTerminalType` when ncurses cannot use it after all.
  init(
    capabilities wanted: TerminalCapabilities, isUTF8: Bool, input: Int32, output: Int32,
    clock: @escaping () -> ContinuousClock.Instant
  ) throws(TerminalError) {
    var copy: Int32 = -1
    guard let screen = jarvis_newterm(wanted.terminfoName, output, input, &copy) else {
      throw .unknownTerminalType(term: wanted.terminfoName)
    }
    // The ends of single attributes that the filter uses are those of terminals that understand modes.
    catcher = wanted.understandsModes ? OutputCatcher(descriptor: copy) : nil
    self.screen = screen
    self.input = input
    self.output = output
    self.clock = clock
    raw()
    noecho()
    nonl()
    scrollok(jarvis_stdscr(), false)
    var colours = 0
    if wanted.colour != .mono, has_colors() {
      start_color()
      use_default_colors()
      colours = Int(jarvis_colours())
    }
    capabilities = wanted.limited(toColours: colours)
    pairs = PairCache(
      colours: ColourMapper(mode: capabilities.colour, colourCount: colours), maximumPairs: Int(jarvis_pairs()))
    encoder = CellEncoder(isUTF8: isUTF8)
    lastByte = clock()
    size = Self.measure(output)
    // ncurses believes LINES and COLUMNS of the environment before it asks the terminal.
    resize_term(Int32(size.rows), Int32(size.columns))
    if capabilities.understandsModes { send(TerminalModes.enter + TerminalModes.askSynchronised) }
  }

  /// What it turned out to be able to do.
  public var actualCapabilities: TerminalCapabilities { capabilities }

  // MARK: - Output

  public var outputDescriptor: Int32? { output }

  public var isWritable: Bool {
    var polled = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
    return poll(&polled, 1, 0) > 0 && polled.revents & Int16(POLLOUT) != 0
  }

  public func invalidate() {
    shown = nil
    filter.forget()
    clearok(jarvis_curscr(), true)
  }

  public func present(_ canvas: Canvas) {
    guard isOpen, !isLeft else { return }
    guard let count = draw(canvas) ?? redraw(canvas) else { return }
    shown = canvas
    func update() {
      place(canvas.cursor)
      wnoutrefresh(jarvis_stdscr())
      doupdate()
    }
    guard let catcher else { return update() }
    let frame = filter.filter(catcher.catchOutput(update))
    guard !frame.isEmpty else { return }
    let isLarge = count > Self.synchronisedCells
    let isSynchronised = isLarge && [1, 2].contains(decoder.modes[TerminalModes.synchronised] ?? 0)
    send(
      isSynchronised ? Array(TerminalModes.beginFrame.utf8) + frame + Array(TerminalModes.endFrame.utf8) : frame)
  }

  /// All pairs are used up: start again with none.
  private func redraw(_ canvas: Canvas) -> Int? {
    pairs.reset()
    invalidate()
    return draw(canvas)
  }

  /// Hands the changed cells to ncurses.
  /// - Returns: how many there were; nil when colour pairs ran out.
  private func draw(_ canvas: Canvas) -> Int? {
    let columns = canvas.size.columns
    let rows = min(canvas.size.rows, size.rows)
    let visible = min(columns, size.columns)
    if shown?.size != canvas.size { shown = nil }
    var count = 0
    for y in 0..<rows {
      if let shown, canvas.hasSameRow(y, as: shown) { continue }
      // The look of the cell left of `x` as the terminal has it, where it was written just now.
      var left: Style?
      var x = 0
      while x < visible {
        let index = y * columns + x
        let cell = canvas.cells[index]
        let isWide = x + 1 < columns && canvas.cells[index + 1].isSecondHalf
        let isSame =
          shown.map { shown in
            shown.cells[index] == cell && (!isWide || shown.cells[index + 1] == canvas.cells[index + 1])
              && (x + 1 >= columns || isWide == shown.cells[index + 1].isSecondHalf)
          } ?? false
        if isSame {
          left = nil
        } else {
          let style = cell.glyph == .space ? blankStyle(cell.style, left: left) : cell.style
          left = style
          guard let look = pairs.look(of: style) else { return nil }
          write(cell.isSecondHalf ? .space : cell.glyph, isWide: isWide && x + 1 < visible, look, x: x, y: y)
          count += 1
        }
        x += isWide ? 2 : 1
      }
    }
    return count
  }

  /// A blank shows its ground only: drawn in the colour and weight of its left neighbour it looks the same, and nobody
  /// has to be told of two changes of colour. About a third of a first frame.
  private func blankStyle(_ own: Style, left: Style?) -> Style {
    let visible: Attributes = [.reverse, .underline]
    guard let left, left.background == own.background, own.attributes.isDisjoint(with: visible),
      left.attributes.isDisjoint(with: visible)
    else { return own }
    return left
  }

  private func write(_ glyph: Glyph, isWide: Bool, _ look: PairCache.Look, x: Int, y: Int) {
    let encoded = encoder.encode(glyph, isWide: isWide)
    jarvis_put_cell(Int32(y), Int32(x), encoded.text, look.attributes, look.pair)
    if isWide, encoded.width == 1 {
      jarvis_put_cell(Int32(y), Int32(x + 1), [0x20, 0], look.attributes, look.pair)
    }
  }

  private func place(_ cursor: (x: Int, y: Int)?) {
    let isOn = cursor != nil
    if isOn != isCursorOn {
      curs_set(isOn ? 1 : 0)
      // A hidden cursor may stand anywhere: no bytes to move it.
      leaveok(jarvis_stdscr(), !isOn)
      isCursorOn = isOn
    }
    if let cursor { wmove(jarvis_stdscr(), Int32(cursor.y), Int32(cursor.x)) }
  }

  /// Bytes of our own between the frames of ncurses, whose buffer is empty then.
  private func send(_ text: String) { send(Array(text.utf8)) }

  private func send(_ all: [UInt8]) {
    var bytes = all[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(output, $0.baseAddress, $0.count) }
      if count > 0 {
        bytes = bytes.dropFirst(count)
      } else if errno == EAGAIN {
        // Somebody made the terminal non-blocking; half a frame would stay half.
        var polled = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
        if poll(&polled, 1, Self.writePatience) <= 0 { return shown = nil }
      } else if errno != EINTR {
        return  // Gone.
      }
    }
  }

  /// Rings the terminal's bell.
  public func ringBell() { send("\u{7}") }

  /// Hands text to the terminal's own clipboard (OSC 52), which works through ssh and tmux. Nobody answers whether it
  /// was taken.
  /// - Returns: false where the terminal does not understand it.
  public func copyToClipboard(base64: String) -> Bool {
    guard capabilities.understandsModes else { return false }
    send("\u{1B}]52;c;\(base64)\u{7}")
    return true
  }

  // MARK: - Input

  public var inputDescriptor: Int32? { isGone ? nil : input }

  public var hasInput: Bool { !inputs.isEmpty || isResized }

  public var inputDeadline: ContinuousClock.Instant? { decoder.pendingDelay.map { lastByte + $0 } }

  public func nextInput() -> Input? {
    if isResized {
      isResized = false
      if let resize = takeSize() { return resize }
    }
    if inputs.isEmpty { readInputs() }
    return inputs.isEmpty ? nil : inputs.removeFirst()
  }

  private func readInputs() {
    var polled = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    guard !isGone, poll(&polled, 1, 0) > 0 else {
      if let deadline = inputDeadline, deadline <= clock() { inputs = decoder.flush() }
      return
    }
    var buffer = [UInt8](repeating: 0, count: Self.readSize)
    let count = read(input, &buffer, buffer.count)
    if count > 0 {
      lastByte = clock()
      inputs = decoder.feed(buffer[..<count])
    } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
      isGone = true
    }
  }

  public func noteResize() { isResized = true }

  private func takeSize() -> Input? {
    let now = Self.measure(output)
    guard now != size else { return nil }
    size = now
    resize_term(Int32(now.rows), Int32(now.columns))
    invalidate()
    return .resize(now)
  }

  private static func measure(_ descriptor: Int32) -> Size {
    // Serial lines do not know; terminfo's guess is what ncurses took.
    TerminalSize.of(descriptor)
      ?? Size(columns: Int(getmaxx(jarvis_stdscr())), rows: Int(getmaxy(jarvis_stdscr())))
  }

  /// Lets go of the mouse, so that the terminal's own selection works, or takes it again.
  public var capturesMouse: Bool {
    get { isMouseOn }
    set {
      guard newValue != isMouseOn, capabilities.understandsModes else { return }
      isMouseOn = newValue
      send(newValue ? TerminalModes.mouseOn : TerminalModes.mouseOff)
    }
  }

  // MARK: - Leaving and coming back

  public func suspend() {
    guard isOpen else { return }
    leave()
    jarvis_guard_stop()
    expectsContinue = true
    // Continued by `bg`: the terminal is the shell's, and stays so until `fg`.
    if isInForeground { enter() }
  }

  public func resume() {
    guard isOpen else { return }
    defer { expectsContinue = false }
    if expectsContinue, !isLeft { return }
    // Whoever had the terminal meanwhile left it in its own modes; ncurses sets ours only after an end.
    if !isLeft { leave() }
    enter()
  }

  /// A descriptor that is no terminal, or whose session has another one, is nobody's to give.
  public var isInForeground: Bool {
    let group = tcgetpgrp(input)
    return group < 0 || group == getpgrp()
  }

  /// Gives the terminal to something else, a shell for instance, and takes it back afterwards.
  /// - Parameter body: gets the terminal's descriptors for input and output.
  public func released<Result>(_ body: (Int32, Int32) throws -> Result) rethrows -> Result {
    leave()
    defer { enter() }
    return try body(input, output)
  }

  private func leave() {
    // ncurses believes that nothing is switched on; the filter may not have told the terminal yet.
    if capabilities.understandsModes { send("\u{1B}[0m" + TerminalModes.leave) }
    endwin()
    jarvis_guard_set_active(0)
    isLeft = true
  }

  private func enter() {
    isLeft = false
    jarvis_guard_set_active(1)
    // A refresh after endwin() goes back to raw keys and the alternate screen.
    invalidate()
    isCursorOn = nil
    filter.forget()
    wrefresh(jarvis_stdscr())
    if capabilities.understandsModes {
      send(TerminalModes.enter)
      if !isMouseOn { send(TerminalModes.mouseOff) }
    }
    isResized = true
  }

  /// Gives the terminal back for good. Does not wait for a terminal that takes no bytes.
  func close() {
    guard isOpen else { return }
    isOpen = false
    guard isWritable, isInForeground else {
      jarvis_guard_restore()
      return
    }
    if !isLeft { leave() }
    // An answer still on its way would end up on the shell's command line.
    if capabilities.understandsModes, decoder.modes.isEmpty { tcflush(input, TCIFLUSH) }
    delscreen(screen)
  }
}
