import Testing

@testable import JarvisTerminal

@Suite struct FrameClockTests {
  private let start = ContinuousClock.now

  @Test("FOUND-06 frames keep their distance, keys do not wait, and nothing is drawn unasked")
  func policy() {
    var clock = FrameClock(interval: .milliseconds(33))
    #expect(!clock.isDue(at: start) && clock.due(after: start) == nil)
    clock.request(isUrgent: false)
    #expect(clock.isDue(at: start))
    clock.drawn(at: start, isShown: true)
    #expect(clock.due(after: start) == nil)
    clock.request(isUrgent: false)
    #expect(!clock.isDue(at: start + .milliseconds(10)))
    #expect(clock.due(after: start + .milliseconds(10)) == start + .milliseconds(33))
    #expect(clock.isDue(at: start + .milliseconds(33)))
    clock.request(isUrgent: true)
    #expect(clock.isDue(at: start + .milliseconds(10)))
    clock.drawn(at: start + .milliseconds(10), isShown: false)
    clock.request(isUrgent: false)
    // The frame that was not shown did not use up the interval.
    #expect(clock.due(after: start) == start + .milliseconds(33))
  }

  @Test("FOUND-06 a slow line gets fewer frames")
  func remote() throws {
    let capabilities = try TerminalCapabilities.detect(
      environment: ["TERM": "xterm", "SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"], isUTF8: true, isUsable: { _ in true })
    #expect(FramePolicy(capabilities) == .remote)
    #expect(FramePolicy.remote.interval > FramePolicy.local.interval)
  }
}
