import ArgumentParser
import Foundation
import JarvisAPI
import JarvisApp
import JarvisEngine
import JarvisSSH
import JarvisSafety
import JarvisTerminal

/// One run of the screen, from the terminal's opening to its restoration.
///
/// What is wrong with the operator's own files is told before the terminal is taken; the first frame is drawn before
/// database and network are touched; the engine starts beside it.
struct ScreenRun {
  var common: CommonOptions
  var screen: ScreenOptions
  var demo = DemoSettings()
  var setDamagedAside = false
  var seconds: Int?

  func run() throws {
    let environment = ProcessInfo.processInfo.environment
    // Files of a few lines cost nothing of the first frame.
    let settings = common.demo ? ScreenConfiguration() : try Self.checkedFiles(common, environment).screen
    let failure = try UI.run { try show(settings, environment) }
    if let failure { throw failure }
  }

  /// The configuration, once it and the policy are found sound.
  private static func checkedFiles(_ common: CommonOptions, _ environment: [String: String]) throws -> Configuration {
    let file = ConfigurationFile(path: common.config, environment: environment)
    let configuration = try file.load()
    if let cluster = configuration.cluster { _ = try ClusterAssembly.entrances(cluster) }
    do throws(PolicyError) {
      _ = try PolicyFile(path: file.policyPath).load()
    } catch {
      throw error.userFacing
    }
    return configuration
  }

  @UI private func show(_ settings: ScreenConfiguration, _ environment: [String: String]) throws -> UserFacingError? {
    let session: TerminalSession
    do {
      session = try TerminalSession.open(environment: environment)
    } catch {
      throw UserFacingError(.usage, attempted: "open the screen", reason: "\(error)")
    }
    defer { session.close() }
    let engine = EngineHandle()
    let program = try makeProgram(session, settings, engine, environment)
    let (common, demo, aside) = (common, demo, setDamagedAside)
    let starting = Task { @UI in
      do {
        let running = try await engine.start(common, demo, setDamagedAside: aside, environment: environment) { step in
          Task { @UI in program.boot(step) }
        }
        let attachment = try await running.attach(wantsApprovalKey: !common.readOnly)
        await program.serve(running, attachment)
      } catch let error as UserFacingError {
        program.fail(error)
      } catch let error as ConfigurationError {
        program.fail(error.userFacing)
      } catch {
        program.fail(UserFacingError(.fault, attempted: "start the engine", reason: "\(error)"))
      }
    }
    if let seconds {
      Task { @UI in
        // Cancelled never: the process ends with the loop.
        try? await Task.sleep(for: .seconds(seconds))
        program.end(.terminated)
      }
    }
    UILoop.run(program, on: session.screen, policy: FramePolicy(session.capabilities))
    // The prompt first: whoever pressed the key should not wait for the database.
    session.close()
    starting.cancel()
    try blockingRun { await engine.stop() }
    if program.isInterrupted { throw ExitCode(JarvisCommand.interrupted) }
    return program.failure
  }

  @UI private func makeProgram(
    _ session: TerminalSession, _ settings: ScreenConfiguration, _ engine: EngineHandle,
    _ environment: [String: String]
  ) throws -> ScreenProgram {
    let folder = URL(fileURLWithPath: ConfigurationFile(path: common.config, environment: environment).path)
      .deletingLastPathComponent().appendingPathComponent("themes")
    let themes = ThemeLibrary(folder: folder)
    let capabilities = session.capabilities
    let wanted = screen.theme ?? settings.theme
    let theme: Theme
    do {
      theme = try themes.theme(named: capabilities.colour == .mono ? ThemeLibrary.colourlessName : wanted)
    } catch {
      throw UserFacingError(.configuration, attempted: "use the theme '\(wanted)'", reason: "\(error)")
    }
    let ascii = screen.ascii || (settings.ascii ?? (capabilities.glyphs == .ascii))
    let state = AppState(
      size: session.screen.size, theme: theme,
      environment: AppEnvironment(
        timeZone: .current, reducedMotion: screen.reducedMotion || settings.reducedMotion, asciiOnly: ascii),
      now: Date())
    session.screen.capturesMouse = settings.mouse
    return ScreenProgram(
      state: state, screen: session.screen, themes: themes, bell: settings.bell,
      shell: { visit, terminal in try await engine.runShell(visit, terminal) }, now: { Date() })
  }
}

/// The engine of this process, started beside the screen and stopped after it.
actor EngineHandle {
  private var session: CommandSession?
  /// The start under way or done: a stop in its middle waits for it, so that the database is closed in order.
  private var starting: Task<Engine, any Error>?
  private var stopped = false

  func start(
    _ common: CommonOptions, _ demo: DemoSettings, setDamagedAside: Bool, environment: [String: String],
    onStep: @escaping @Sendable (BootStep) -> Void
  ) async throws -> Engine {
    var session = try await CommandSession.open(common, environment: environment, demo: demo)
    self.session = session
    session.options.setDamagedAside = setDamagedAside
    if common.demo { onStep(BootStep("DEMO: simulated cluster and models on loopback", ok: true)) }
    guard !stopped else { throw CancellationError() }
    let options = session.options
    let starting = Task { try await Engine.start(options, onStep: onStep) }
    self.starting = starting
    return try await starting.value
  }

  /// A shell on a node, in the terminal that the screen has let go of.
  func runShell(_ visit: ShellVisit, _ terminal: ReleasedTerminal) async throws {
    guard let engine = try await starting?.value else { return }
    let (sizes, feed) = AsyncStream.makeStream(of: RemoteTerminal.Size.self, bufferingPolicy: .bufferingNewest(1))
    let resizes = Task {
      for await size in terminal.sizes { feed.yield(RemoteTerminal.Size(columns: size.columns, rows: size.rows)) }
      feed.finish()
    }
    defer { resizes.cancel() }
    // Keys go to the node as they are pressed, Ctrl-C among them.
    let raw = RawMode(descriptor: terminal.input)
    defer { raw?.restore() }
    try await engine.runShell(
      visit,
      terminal: RemoteTerminal(
        input: terminal.input, output: terminal.output, type: terminal.type,
        size: RemoteTerminal.Size(columns: terminal.size.columns, rows: terminal.size.rows), sizes: sizes))
  }

  func stop() async {
    stopped = true
    // A start that failed has told its error and left nothing to stop.
    if let engine = try? await starting?.value { await engine.stop(reason: "the screen was closed") }
    await session?.close()
  }
}
