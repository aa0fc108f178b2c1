import JarvisAPI
import JarvisSafety
import JarvisStorage
import Testing

@Suite struct AuditPageTests {
  @Test("FOUND-01 the audit is read in pages from its newest row on, by kind and by words that are no patterns")
  func pages() async throws {
    let fixture = try await GateFixture()
    for index in 1...250 {
      try await fixture.records.note(
        index.isMultiple(of: 10) ? .pin : .policy, ["n": .string("row-\(index)%"), "long": "x_y"], at: noon)
    }
    var numbers: [Int] = []
    var before: Int?
    repeat {
      let (rows, next) = try await fixture.records.page(before: before)
      numbers += rows.map(\.number)
      before = next
    } while before != nil
    #expect(numbers == Array((1...250).reversed()))
    let pins = try await fixture.records.page(before: nil, kinds: [.pin])
    #expect(pins.rows.count == 25 && pins.rows.allSatisfy { $0.kind == .pin } && pins.next == nil)
    #expect(try await fixture.records.page(before: nil, words: ["ROW-17%"]).rows.map(\.number) == [17])
    #expect(try await fixture.records.page(before: nil, words: ["row-17%", "pin"]).rows.isEmpty)
    #expect(try await fixture.records.page(before: nil, words: ["x%y"]).rows.isEmpty, "% is a sign, no pattern")
    #expect(try await fixture.records.page(before: nil, words: ["x_y", "policy"], limit: 5).rows.count == 5)
    #expect(try await fixture.records.page(before: 1).rows.isEmpty)
    for before in [0, -1, Int.min] {
      let page = try await fixture.records.page(before: before)
      #expect(page.rows.isEmpty && page.next == nil)
    }
    #expect(try await fixture.records.page(before: .max).rows.first?.number == 250)
    let often = try await fixture.records.page(before: nil, kinds: Array(repeating: .pin, count: 40_000))
    #expect(often.rows == pins.rows, "more than SQLite takes values in one statement")
    try await fixture.store.close()
  }
}
