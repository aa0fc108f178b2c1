/// The actor of the one thread that owns the terminal.
///
/// `@MainActor` will not do: on Linux it promises a queue, not a thread, and nothing drains that queue here. The
/// executor of this actor runs its jobs only inside `UILoop.run`, on the thread that called `UI.run`; a task that
/// waits for `UI` while no loop runs waits until one does.
@globalActor
public actor UI {
  /// The one there is: a global actor has to have one.
  public static let shared = UI()

  nonisolated let executor = UIExecutor()

  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private init() {}

  /// Makes the calling thread the one of `UI` and runs `body` on it, from the start of the screen to its end.
  /// Called once by a synchronous `main`; a second call at the same time is refused.
  public static func run<Result>(_ body: @UI () throws -> Result) throws -> Result {
    try shared.executor.claim()
    defer { shared.executor.release() }
    return try assumeIsolated(body)
  }

  /// Runs `operation` at once, for code that is known to run on the thread of `UI`; stops the program elsewhere.
  public static func assumeIsolated<Result>(_ operation: @UI () throws -> Result) rethrows -> Result {
    shared.preconditionIsolated("not on the thread of UI")
    return try withoutActuallyEscaping(operation) { operation in
      // The isolation was checked right above; only the type has to forget it (as MainActor.assumeIsolated does).
      try unsafeBitCast(operation, to: (() throws -> Result).self)()
    }
  }
}
