import CNcurses
import Foundation
import Glibc
import Testing

@testable import JarvisTerminal

/// Runs `body` on a thread of its own as the one of `UI`, as `main` does.
@discardableResult
private func onUI<Result: Sendable>(_ body: @escaping @Sendable @UI () throws -> Result) async throws -> Result {
  try await withCheckedThrowingContinuation { continuation in
    Thread { continuation.resume(with: Swift.Result { try UI.run(body) }) }.start()
  }
}

/// A program that notes what it is told.
@UI private final class Notebook: UIProgram {
  var isDone = false
  var text = ""
  var wakes = 0
  var nextDeadline: ContinuousClock.Instant?
  var ended: EndReason?
  var onInput: (Input) -> Void = { _ in }
  var onWake: () -> Void = {}
  var onDraw: () -> Void = {}
  private var isChanged = true

  func handle(_ input: Input) {
    isChanged = true
    if case .key(let key) = input, case .character(let character) = key.code {
      if character == "q" { isDone = true } else { text.append(character) }
    }
    onInput(input)
  }

  func end(_ reason: EndReason) {
    ended = reason
    isDone = true
  }

  func wake() {
    wakes += 1
    isChanged = true
    onWake()
  }

  func draw(size: Size) -> Canvas? {
    onDraw()
    guard isChanged else { return nil }
    isChanged = false
    var canvas = Canvas(size: size)
    canvas.put(text, x: 0, y: 0, style: .plain)
    canvas.cursor = (CellWidth.of(text), 0)
    return canvas
  }
}

/// One after the other: a process has one `UI` and one ncurses.
@Suite(.serialized, .timeLimit(.minutes(1))) struct TerminalTests {
  private static let environment = ["TERM": "xterm-256color"]

  // MARK: - The loop

  @Test("FOUND-06 the loop draws first, then takes what waits, then draws what came of it")
  func order() async throws {
    let lines = try await onUI {
      let screen = HeadlessScreen(size: Size(columns: 10, rows: 1))
      screen.type("abc")
      let program = Notebook()
      var isFirst = true
      program.onDraw = {
        if isFirst { #expect(program.text == "") }
        isFirst = false
        if program.text == "abc" { screen.type("q") }
      }
      UILoop.run(program, on: screen)
      return screen.frames.map { $0.lines[0] }
    }
    #expect(lines.first == "" && lines.last == "abc")
  }

  @Test("FOUND-06 a task on another thread wakes the loop through UI")
  func tasks() async throws {
    let wakes = try await onUI {
      let screen = HeadlessScreen(size: Size(columns: 10, rows: 1))
      let program = Notebook()
      var isStarted = false
      program.onDraw = {
        guard !isStarted else { return }
        isStarted = true
        Task.detached {
          await Task.yield()
          Task { @UI in
            #expect(UI.shared.executor.isIsolatingCurrentContext() == true)
            program.text = "from afar"
          }
        }
      }
      program.onWake = { if program.text == "from afar" { program.isDone = true } }
      UILoop.run(program, on: screen)
      return program.wakes
    }
    #expect(wakes >= 1)
  }

  @Test("FOUND-06 the loop sleeps until the deadline and wakes the program then")
  func deadline() async throws {
    let (wakes, early) = try await onUI {
      let screen = HeadlessScreen(size: Size(columns: 10, rows: 1))
      let program = Notebook()
      let due = ContinuousClock.now + .milliseconds(30)
      program.nextDeadline = due
      var early = false
      program.onWake = {
        early = ContinuousClock.now < due
        program.isDone = true
      }
      UILoop.run(program, on: screen)
      return (program.wakes, early)
    }
    #expect(wakes == 1 && !early)
  }

  @Test("FOUND-06 continued behind a shell nothing is drawn or read; the terminal is taken again when it is ours")
  func background() async throws {
    let (away, after, resumes, text) = try await onUI {
      let screen = HeadlessScreen(size: Size(columns: 10, rows: 1))
      let program = Notebook()
      var framesWhenAway = 0
      var turns = 0
      program.onDraw = {
        guard screen.isInForeground, program.text == "", turns == 0 else { return }
        turns = 1
        // A SIGCONT from outside, as the handler tells of it, while the shell has the terminal.
        screen.isInForeground = false
        var signal = UInt8(SIGCONT)
        _ = write(UI.shared.executor.pipe.writeEnd, &signal, 1)
        screen.type("a")
        program.nextDeadline = ContinuousClock.now
      }
      program.onWake = {
        turns += 1
        if turns == 4 {
          framesWhenAway = screen.frameCount
          #expect(program.text == "" && screen.resumeCount == 0)
          screen.isInForeground = true
          program.nextDeadline = nil
        }
        if program.text == "a" { program.isDone = true }
      }
      program.onInput = { _ in program.isDone = true }
      UILoop.run(program, on: screen)
      return (framesWhenAway, screen.frameCount, screen.resumeCount, program.text)
    }
    #expect(away == 1, "drawn \(away - 1) times over the shell")
    #expect(after >= away && resumes == 1 && text == "a")
  }

  @Test("FOUND-06 two screens cannot own one process, and a later one can")
  func claim() async throws {
    try await onUI {
      #expect(throws: TerminalError.self) { try UI.shared.executor.claim() }
    }
    try await onUI {}
  }

  // MARK: - A real terminal

  /// A frame such as the screen draws: three columns, four graphs, numbers, text.
  nonisolated private static func frame(_ theme: Theme, tick: Int, typed: String = "") -> Canvas {
    var c = Canvas(size: Size(columns: 200, rows: 50), fill: theme.style("text"))
    let g = theme.glyphs
    for column in [0, 168] {
      c.drawHeader(
        left: "PANEL", right: "SYSTEM", x: column, y: 0, width: 32, glyphs: g, text: theme.style("panel.header"),
        rule: theme.style("panel.rule"))
      for panel in 0..<6 {
        let y = 1 + panel * 8
        c.drawTitle(
          "CPU", meta: "\((tick * 7 + panel) % 100) %", x: column, y: y, width: 32, glyphs: g,
          style: theme.style("panel.title"), metaStyle: theme.style("panel.meta"))
        let samples: [Double?] = (0..<64).map { (sin(Double($0 + tick) / 5) + 1) / 2 }
        if column == 0, panel < 4 {
          c.drawGraph(
            samples, dropped: tick, in: Rect(x: 0, y: y + 1, width: 32, height: 3), glyphs: g,
            noData: theme.style("graph.empty")
          ) { theme.gradient("cpu", at: $0) }
        }
        c.drawGauge(
          Double((panel * 17 + tick) % 100) / 100, x: column, y: y + 5, width: 32, glyphs: g,
          filled: theme.style("gauge"), empty: theme.style("gauge.empty"), ends: theme.style("gauge.end"))
        c.drawRule(x: column, y: y + 7, width: 32, glyphs: g, style: theme.style("panel.rule"))
      }
    }
    let inside = c.drawFrame(
      Rect(x: 34, y: 0, width: 132, height: 49), tabs: [Tab("1 chat", isActive: true)], meta: "AUTO", glyphs: g,
      style: FrameStyle(theme)
    ).inside
    for (y, line) in Markdown.render(MarkdownTests.sample, width: inside.width, theme: theme).prefix(40).enumerated() {
      c.put(line, x: inside.x, y: inside.y + y)
    }
    c.put("> " + typed, x: inside.x, y: inside.maxY - 1, style: theme.style("input"))
    c.cursor = (inside.x + 2 + CellWidth.of(typed), inside.maxY - 1)
    return c
  }

  @Test("FOUND-06 frames cost few bytes: first ≤ 16 KB, a second's change ≤ 2 KB, a typed character ≤ 64 B")
  func bytes() async throws {
    let terminal = try PseudoTerminal(columns: 200, rows: 50)
    try await onUI {
      let session = try TerminalSession.open(
        environment: Self.environment, input: terminal.slave, output: terminal.slave)
      let theme = try ThemeLibrary().theme(named: "jarvis")
      _ = try terminal.output()
      session.screen.present(Self.frame(theme, tick: 0))
      let first = try terminal.output().utf8.count
      session.screen.present(Self.frame(theme, tick: 0))
      let same = try terminal.output().utf8.count
      session.screen.present(Self.frame(theme, tick: 1))
      let tick = try terminal.output().utf8.count
      session.screen.present(Self.frame(theme, tick: 1, typed: "x"))
      let key = try terminal.output().utf8.count
      session.close()
      #expect(first <= 16_384 && first > 2_000, "first paint \(first) B")
      #expect(same == 0, "an unchanged frame cost \(same) B")
      #expect(tick <= 2_048, "one second cost \(tick) B")
      #expect(key <= 64, "a typed character cost \(key) B")
    }
  }

  @Test("FOUND-06 the session switches its modes on and puts everything back")
  func modes() async throws {
    let terminal = try PseudoTerminal(columns: 80, rows: 24)
    var before = termios()
    tcgetattr(terminal.slave, &before)
    try await onUI {
      let session = try TerminalSession.open(
        environment: Self.environment, input: terminal.slave, output: terminal.slave)
      session.screen.present(Canvas(size: Size(columns: 80, rows: 24)))
      let opened = try terminal.output()
      for mode in ["[?1049h", "[?1006h", "[?2004h", "[?1004h"] { #expect(opened.contains(mode), "\(mode)") }
      #expect(!opened.contains("[?2026h"))
      session.close()
      session.close()
      let closed = try terminal.output()
      for mode in ["[?1049l", "[?1006l", "[?1000l", "[?2004l", "[?1004l"] { #expect(closed.contains(mode), "\(mode)") }
    }
    var after = termios()
    tcgetattr(terminal.slave, &after)
    #expect(before.c_lflag == after.c_lflag && before.c_iflag == after.c_iflag && before.c_oflag == after.c_oflag)
  }

  @Test("FOUND-06 large frames are synchronised once the terminal said that it can")
  func synchronised() async throws {
    let terminal = try PseudoTerminal(columns: 200, rows: 50)
    try await onUI {
      let session = try TerminalSession.open(
        environment: Self.environment, input: terminal.slave, output: terminal.slave)
      #expect(try terminal.output().contains(TerminalModes.askSynchronised))
      terminal.send("\u{1B}[?2026;2$yk")
      #expect(Self.awaitInput(session.screen) == .key(Key(.character("k"))))
      let theme = try ThemeLibrary().theme(named: "jarvis")
      session.screen.present(Self.frame(theme, tick: 0))
      let large = try terminal.output()
      #expect(large.hasPrefix(TerminalModes.beginFrame) && large.hasSuffix(TerminalModes.endFrame))
      session.screen.present(Self.frame(theme, tick: 0, typed: "x"))
      #expect(!(try terminal.output().contains("2026")))
      session.close()
    }
  }

  @Test("FOUND-06 keys, pastes and a new size arrive; a lone Esc after its pause")
  func input() async throws {
    let terminal = try PseudoTerminal(columns: 80, rows: 24)
    try await onUI {
      let session = try TerminalSession.open(
        environment: Self.environment, input: terminal.slave, output: terminal.slave)
      let screen = session.screen
      terminal.send("é\u{1B}[A\u{1B}[200~x\ry\u{1B}[201~")
      #expect(Self.awaitInput(screen) == .key(Key(.character("é"))))
      #expect(Self.awaitInput(screen) == .key(Key(.up)))
      #expect(Self.awaitInput(screen) == .paste("x\ny"))
      terminal.send("\u{1B}")
      #expect(Self.awaitInput(screen) == .key(Key(.escape)))
      terminal.resize(columns: 100, rows: 30)
      screen.noteResize()
      #expect(Self.awaitInput(screen) == .resize(Size(columns: 100, rows: 30)))
      #expect(screen.size == Size(columns: 100, rows: 30))
      screen.present(Canvas(size: screen.size))
      session.close()
    }
  }

  @UI private static func awaitInput(_ screen: NcursesScreen) -> Input? {
    let deadline = ContinuousClock.now + .seconds(10)
    while ContinuousClock.now < deadline {
      if let input = screen.nextInput() { return input }
      sched_yield()
    }
    return nil
  }

  @Test("FOUND-06 SIGTERM, SIGHUP and a changed size reach the program through the loop")
  func signals() async throws {
    for (signal, reason) in [(SIGTERM, EndReason.terminated), (SIGHUP, .hungUp), (SIGQUIT, .quit)] {
      let terminal = try PseudoTerminal(columns: 80, rows: 24)
      let (ended, size) = try await onUI {
        let session = try TerminalSession.open(
          environment: Self.environment, input: terminal.slave, output: terminal.slave)
        let program = Notebook()
        var size: Size?
        var isFirst = true
        program.onDraw = {
          guard isFirst else { return }
          isFirst = false
          terminal.resize(columns: 70, rows: 20)
          kill(getpid(), SIGWINCH)
        }
        program.onInput = { input in
          if case .resize(let new) = input { size = new }
          kill(getpid(), signal)
        }
        UILoop.run(program, on: session.screen)
        session.close()
        return (program.ended, size)
      }
      #expect(ended == reason && size == Size(columns: 70, rows: 20))
    }
  }

  @Test("FOUND-06 a terminal that takes no bytes neither gets frames nor holds up the end")
  func stuck() async throws {
    let terminal = try PseudoTerminal(columns: 80, rows: 24)
    try await onUI {
      let session = try TerminalSession.open(
        environment: Self.environment, input: terminal.slave, output: terminal.slave)
      _ = try terminal.output()
      #expect(session.screen.isWritable)
      terminal.stop()
      _ = fcntl(terminal.slave, F_SETFL, O_NONBLOCK)
      let filler = [UInt8](repeating: 0x2E, count: 4_096)
      // What was written moves on inside the kernel for a while; it is full when there is no room at two looks.
      var full = 0
      while full < 2 {
        _ = write(terminal.slave, filler, filler.count)
        full = session.screen.isWritable ? 0 : full + 1
        sched_yield()
      }
      let start = ContinuousClock.now
      session.close()
      #expect(ContinuousClock.now - start < .seconds(2))
    }
  }

  @Test("FOUND-06 what is not a terminal is refused, untouched")
  func refused() async throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let reader = ends[0]
    try await onUI {
      #expect(throws: TerminalError.notATerminal(descriptor: "standard input")) {
        try TerminalSession.open(environment: Self.environment, input: reader, output: reader)
      }
    }
    ends.forEach { close($0) }
  }

  @Test("FOUND-06 standard error goes to the log while the screen is up, and back afterwards")
  func standardError() async throws {
    let terminal = try PseudoTerminal(columns: 80, rows: 24)
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let (reader, writer) = (ends[0], ends[1])
    try await onUI {
      let session = try TerminalSession.open(
        environment: Self.environment, input: terminal.slave, output: terminal.slave)
      session.redirectStandardError(to: writer)
      let text = Array("complaint".utf8)
      _ = write(STDERR_FILENO, text, text.count)
      session.close()
    }
    close(writer)
    var buffer = [UInt8](repeating: 0, count: 64)
    let count = read(reader, &buffer, buffer.count)
    #expect(String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).contains("complaint"))
    close(reader)
  }

  @Test("FOUND-06 cells that libc counts otherwise are replaced, so that ncurses keeps step")
  func encoder() {
    #expect(jarvis_set_utf8_locale() == 1)
    var encoder = CellEncoder(isUTF8: true)
    #expect(encoder.encode(Glyph("a"), isWide: false).text == [0x61, 0])
    #expect(encoder.encode(Glyph("\u{1B}"), isWide: false).text == [0x20, 0])
    #expect(encoder.encode(Glyph("漢"), isWide: true).width == 2)
    #expect(encoder.encode(Glyph("e\u{301}"), isWide: false).text == [0x65, 0x301, 0])
    // A wide character in a narrow cell, and one that no libc knows.
    #expect(encoder.encode(Glyph("漢"), isWide: false).text == [0xFFFD, 0])
    #expect(encoder.encode(Glyph("\u{10FFFE}"), isWide: true).width == 1)
    var plain = CellEncoder(isUTF8: false)
    #expect(plain.encode(Glyph("é"), isWide: false).text == [0x3F, 0])
  }
}
