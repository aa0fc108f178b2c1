import Foundation
import JarvisAPI
import JarvisTerminal
import JarvisTestSupport
import Testing

@testable import JarvisApp

@Suite("Whole frames")
struct ScreenTests {
  let golden = Golden()

  @Test(
    "FOUND-06 the whole screen at every size of the design",
    arguments: [(45, 20), (60, 30), (80, 24), (100, 30), (120, 40), (160, 45), (200, 50), (240, 67), (300, 100)])
  func sizes(columns: Int, rows: Int) throws {
    let snapshot = Sample.snapshot(approvals: [Sample.approval(1)])
    let session = Session.attached(columns, rows, snapshot: snapshot)
    #expect(try golden.difference(session.picture, name: "screen-\(columns)x\(rows)") == nil)
  }
}
