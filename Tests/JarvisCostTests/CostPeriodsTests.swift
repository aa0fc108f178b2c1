import Foundation
import Testing

@testable import JarvisCost

@Suite struct CostPeriodsTests {
  private func date(_ text: String) throws -> Date { try Date.ISO8601FormatStyle().parse(text) }

  @Test(
    "ROUTE-05 Day, week from Monday and month in the operator's zone, over clock changes and edges",
    arguments: [
      // An ordinary Monday, one second after midnight in Berlin and still Sunday in UTC.
      (
        "2026-11-22T23:00:01Z", "Europe/Berlin", "2026-11-22T23:00:00Z", "2026-11-22T23:00:00Z", "2026-10-31T23:00:00Z",
        24
      ),
      // The second before: Sunday belongs to the week of the Monday before.
      (
        "2026-11-22T22:59:59Z", "Europe/Berlin", "2026-11-21T23:00:00Z", "2026-11-15T23:00:00Z", "2026-10-31T23:00:00Z",
        24
      ),
      // Clocks go forward (23 hours) and back (25 hours).
      (
        "2026-03-29T10:00:00Z", "Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-22T23:00:00Z", "2026-02-28T23:00:00Z",
        23
      ),
      (
        "2026-10-25T10:00:00Z", "Europe/Berlin", "2026-10-24T22:00:00Z", "2026-10-18T22:00:00Z", "2026-09-30T22:00:00Z",
        25
      ),
      // A midnight that does not exist: Cairo begins summer time at 00:00 on the last Friday of April.
      (
        "2026-04-24T12:00:00Z", "Africa/Cairo", "2026-04-23T22:00:00Z", "2026-04-19T22:00:00Z", "2026-03-31T22:00:00Z",
        23
      ),
      // A week that began in the month before, and in the year before.
      ("2027-01-01T12:00:00Z", "UTC", "2027-01-01T00:00:00Z", "2026-12-28T00:00:00Z", "2027-01-01T00:00:00Z", 24),
      // Zones off the hour, and on the other side of the date line.
      (
        "2026-11-23T18:14:59Z", "Asia/Kathmandu", "2026-11-22T18:15:00Z", "2026-11-22T18:15:00Z",
        "2026-10-31T18:15:00Z", 24
      ),
      (
        "2026-11-23T09:59:59Z", "Pacific/Kiritimati", "2026-11-22T10:00:00Z", "2026-11-22T10:00:00Z",
        "2026-10-31T10:00:00Z", 24
      ),
    ])
  func periods(_ now: String, _ zone: String, _ day: String, _ week: String, _ month: String, _ hours: Int) throws {
    let timeZone = try #require(TimeZone(identifier: zone))
    let periods = CostPeriods(now: try date(now), timeZone: timeZone)
    #expect(periods.day.start == (try date(day)))
    #expect(periods.week.start == (try date(week)))
    #expect(periods.month.start == (try date(month)))
    #expect(periods.day.duration == Double(hours) * 3_600)
    let moment = try date(now)
    #expect(periods.week.contains(moment) && periods.month.contains(moment))
  }

  @Test("ROUTE-05 Periods meet without gap or overlap through a whole year")
  func seamless() throws {
    for zone in ["Europe/Berlin", "America/Santiago", "Australia/Lord_Howe", "Africa/Cairo", "America/New_York"] {
      let timeZone = try #require(TimeZone(identifier: zone))
      var periods = CostPeriods(now: try date("2026-01-01T12:00:00Z"), timeZone: timeZone)
      for _ in 0..<366 {
        let next = CostPeriods(now: periods.day.end, timeZone: timeZone)
        #expect(next.day.start == periods.day.end, "\(zone) \(periods.day)")
        #expect(next.week == periods.week || next.week.start == periods.week.end, "\(zone) \(periods.day)")
        #expect(next.month == periods.month || next.month.start == periods.month.end, "\(zone) \(periods.day)")
        periods = next
      }
    }
  }
}
