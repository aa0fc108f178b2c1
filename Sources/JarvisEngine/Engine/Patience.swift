/// Waits for something, but not for ever.
enum Patience {
  /// Returns when `body` is done or `limit` is over, whichever comes first; `body` goes on by itself then.
  static func wait(atMost limit: Duration, clock: any Clock<Duration>, for body: @escaping @Sendable () async -> Void)
    async
  {
    let (ends, end) = AsyncStream.makeStream(of: Void.self)
    Task {
      await body()
      end.finish()
    }
    let timer = Task {
      // Cancelled when the work was quicker.
      try? await clock.sleep(for: limit)
      end.finish()
    }
    for await _ in ends {}
    timer.cancel()
  }
}
