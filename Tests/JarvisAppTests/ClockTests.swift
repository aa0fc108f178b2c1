import Foundation
import JarvisAPI
import JarvisTestSupport
import Testing

@testable import JarvisApp

@Suite("A wall clock that is set")
struct ClockTests {
  @Test("FOUND-06 a clock that was set is noticed, one that runs or is slewed is not")
  func noticed() {
    var watch = ClockWatch()
    #expect(watch.look(wall: Sample.now, steady: .seconds(5)) == 0)
    #expect(watch.look(wall: Sample.now + 10, steady: .seconds(15)) == 0)
    #expect(watch.look(wall: Sample.now + 20.5, steady: .seconds(25)) == 0)
    #expect(watch.look(wall: Sample.now - 3_600, steady: .seconds(26)) == -3_621.5)
    #expect(watch.look(wall: Sample.now - 3_599, steady: .seconds(27)) == 0)
    #expect(watch.look(wall: Sample.now, steady: .seconds(28)) == 3_598)
  }

  @Test("FOUND-06 set back by an hour, a running turn, the card's half second and a remark go on as they were")
  func spans() {
    var session = ApprovalTests.waiting()
    session.send(.event(.chat(.running(Sample.conversation, true))))
    session.wait(7)
    session.send(.tick)
    #expect(session.sees("7 s, Esc stops"))
    session.wait(-3_600)
    session.send(.clockSet(by: -3_600))
    session.wait(1)
    session.send(.tick)
    #expect(session.sees("8 s, Esc stops"))
    // Without it the card would have appeared in the future, and nobody could decide it for an hour.
    session.press("Tab n Esc Y")
    session.press("y")
    #expect(session.decisions.count == 1)
    session.wait(AppLimits.remarkSeconds + 1)
    session.send(.tick)
    #expect(session.state.remark == nil)
  }
}
