import Testing

@testable import JarvisModels

@Suite struct CircuitBreakerTests {
  @Test("ROUTE-02 Three failures open it for 5 s; each failed probe doubles that to at most 5 min; a success closes it")
  func cycle() {
    var breaker = CircuitBreaker()
    var now = Duration.zero
    for _ in 0..<3 {
      #expect(breaker.ask(at: now) == .allowed)
      breaker.failed(at: now)
    }
    #expect(breaker.ask(at: now) == .refused(wait: .seconds(5)))
    now += .seconds(4)
    #expect(breaker.ask(at: now) == .refused(wait: .seconds(1)))
    var pauses: [Duration] = []
    for _ in 0..<8 {
      guard case .open(let until, let pause) = breaker.state else { break }
      pauses.append(pause)
      now = until
      #expect(breaker.ask(at: now) == .allowed)
      #expect(breaker.ask(at: now) == .refused(wait: .zero), "only one probe")
      breaker.failed(at: now)
    }
    #expect(pauses == [5, 10, 20, 40, 80, 160, 300, 300].map { Duration.seconds($0) })
    now += .seconds(300)
    #expect(breaker.ask(at: now) == .allowed)
    breaker.succeeded()
    #expect(breaker.state == .closed(failures: 0))
  }

  @Test("ROUTE-02 A success between failures starts the count again; an abandoned probe lets the next one go")
  func counting() {
    var breaker = CircuitBreaker()
    breaker.failed(at: .zero)
    breaker.failed(at: .zero)
    breaker.succeeded()
    breaker.failed(at: .zero)
    #expect(breaker.state == .closed(failures: 1))
    breaker.failed(at: .zero)
    breaker.failed(at: .zero)
    breaker.failed(at: .zero)
    #expect(breaker.ask(at: .seconds(5)) == .allowed)
    breaker.abandoned(at: .seconds(6))
    #expect(breaker.ask(at: .seconds(6)) == .allowed)
  }
}
