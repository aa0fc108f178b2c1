import Foundation
import JarvisAPI
import JarvisTerminal
import JarvisTestSupport
import Testing

@testable import JarvisApp

@Suite("Figures")
struct FigureTests {
  @Test("Sizes are binary, as Proxmox shows them")
  func bytes() {
    #expect(Format.bytes(0) == "0 B")
    #expect(Format.bytes(999) == "999 B")
    #expect(Format.bytes(1_536) == "1.5 KiB")
    #expect(Format.bytes(47 << 30) == "47.0 GiB")
    #expect(Format.bytes(1_000 << 30) == "1.0 TiB")
    #expect(Format.bytes(.max) == "8192 PiB")
    #expect(Format.usage(Usage(used: 47 << 30, total: 90 << 30)) == "47.0 of 90.0 GiB")
    #expect(Format.usage(Usage(used: 5 << 20, total: 0)) == "5.0 MiB")
  }

  @Test("Shares never round to nothing or to all")
  func percent() {
    #expect(Format.percent(0) == "0 %")
    #expect(Format.percent(0.003) == "<1 %")
    #expect(Format.percent(0.996) == "99 %")
    #expect(Format.percent(1) == "100 %")
    #expect(Format.percent(.nan) == "–")
  }

  @Test(
    "Money, ages and countdowns",
    arguments: [(0, "$0"), (700, "$0.0007"), (12, "$<0.0001"), (420_000, "$0.42"), (123_456_789, "$123.46")]
      as [(Int64, String)])
  func money(amount: Int64, text: String) {
    #expect(Format.money(MicroDollars(amount)) == text)
    #expect(Format.age(59.9) == "59 s")
    #expect(Format.age(41 * 86_400) == "41 d")
    #expect(Format.countdown(290.5) == "4:51")
    #expect(Format.duration(0.23) == "0.2 s")
    #expect(Format.duration(185) == "3 m 05 s")
    #expect(Format.count(1_204) == "1,204")
    #expect(Format.count(204) == "204")
  }

  @Test(
    "Times are in the user's zone",
    arguments: [("UTC", "21:07", "MON 23 NOV"), ("Pacific/Auckland", "10:07", "TUE 24 NOV")])
  func clock(zone: String, time: String, day: String) throws {
    let clock = WallClock(zone: try #require(TimeZone(identifier: zone)))
    #expect(clock.minutes(Sample.now) == time)
    #expect(clock.day(Sample.now) == day)
  }

  @Test("The calendar agrees with Foundation's over two centuries")
  func calendar() throws {
    let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let clock = WallClock(zone: zone)
    let months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
    let weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
    for step in 0..<2_000 {
      let date = Date(timeIntervalSince1970: -2_000_000_000 + Double(step) * 3_333_333)
      let parts = calendar.dateComponents([.day, .month, .weekday, .hour, .minute], from: date)
      let day = try #require(parts.day), month = try #require(parts.month), weekday = try #require(parts.weekday)
      #expect(clock.day(date) == "\(weekdays[weekday - 1]) \(day) \(months[month - 1])")
      #expect(clock.minutes(date) == "\(Format.padded(parts.hour ?? 0)):\(Format.padded(parts.minute ?? 0))")
    }
  }

  @Test("Rates come from counters; a reset gives none, a repeated reading changes none")
  func traffic() {
    var meter = TrafficMeter()
    func guest(_ bytes: Int64, _ seconds: Double) -> [Guest] {
      [Sample.guest(100, "a", on: "pve", traffic: (bytes, bytes / 2), at: Sample.now + seconds)]
    }
    #expect(meter.read(guest(1_000, 0)) == nil)
    #expect(meter.read(guest(13_000, 12)) == .init(received: 1_000, sent: 500))
    #expect(meter.read(guest(13_000, 12)) == .init(received: 1_000, sent: 500))
    #expect(meter.read(guest(10, 24)) == nil)
    #expect(meter.read(guest(1_210, 36)) == .init(received: 100, sent: 50))
  }

  @Test("Histories are bounded, and end where a node goes offline")
  func histories() {
    var histories = Histories()
    for step in 0..<(AppLimits.samplesKept + 40) {
      histories.record(Sample.cluster(step: step, at: Sample.now + Double(step) * 12))
    }
    #expect(histories.cpu["pve"]?.values.count == AppLimits.samplesKept)
    #expect(histories.cpu["pve"]?.dropped == 40)
    #expect(histories.cpu["backup"] == nil)
    let last = histories
    histories.record(Sample.cluster(step: 3, at: Sample.now))
    #expect(histories == last)
  }

  @Test("Trouble is read off the picture, worst first; a stop that was seen is a warning")
  func trouble() {
    var cluster = Sample.cluster(pihole: .stopped)
    cluster.quorate = .known(false)
    let seen = Trouble.list(in: cluster, stoppedAt: [102: Sample.now])
    #expect(seen.map(\.severity) == [.critical, .critical, .warning, .warning])
    #expect(
      seen.map(\.text) == [
        "no quorum: nothing can be changed", "node backup offline", "tank 91 % full", "102 pihole stopped",
      ])
    #expect(Trouble.list(in: cluster, stoppedAt: [:]).last?.severity == .information)
  }

  @Test("Requests are counted and bounded")
  func requests() {
    var requests = Requests()
    let ids = (0..<AppLimits.requestsOpen).compactMap { _ in requests.begin(.change) }
    #expect(requests.begin(.change) == nil)
    for id in ids { #expect(requests.end(id) == .change) }
    #expect(requests.isIdle)
    #expect(requests.end(ids[0]) == nil)
  }

  @Test("Two rates share a unit, and something never reads as nothing")
  func rates() {
    let glyphs = Glyphs.of(.braille)
    #expect(Format.rates(up: 12 * 1_048_576, down: 88 * 1_048_576, glyphs: glyphs) == "↑ 12  ↓ 88 MiB/s")
    #expect(Format.rates(up: 10, down: 88 * 1_048_576, glyphs: glyphs) == "↑ <1  ↓ 88 MiB/s")
    #expect(Format.rates(up: 0, down: 0, glyphs: glyphs) == "↑ 0  ↓ 0 B/s")
  }

  @Test("Garbage for figures is drawn somehow and never crashes the screen")
  func garbage() {
    let numbers: [Int64] = [.max, .min, -1, 0, 1]
    let shares: [Double] = [.nan, .infinity, -.infinity, -3, 1e300, 0]
    var session = Session.attached(160, 45)
    for step in 0..<30 {
      var cluster = Sample.cluster(step: step, at: session.now + Double(step) * 0.001)
      let (number, share) = (numbers[step % numbers.count], shares[step % shares.count])
      for index in cluster.nodes.indices {
        cluster.nodes[index].cpu = .known(share)
        cluster.nodes[index].cores = .known(Int(number))
        cluster.nodes[index].memory = .known(Usage(used: number, total: numbers[(step + 1) % numbers.count]))
        cluster.nodes[index].disk = cluster.nodes[index].memory
        cluster.nodes[index].uptime = .known(share)
        cluster.nodes[index].offlineSince = .distantPast
        cluster.nodes[index].seenAt = .distantFuture
      }
      for index in cluster.guests.indices {
        cluster.guests[index].cpu = .known(share)
        cluster.guests[index].memory = .known(Usage(used: number, total: 1))
        cluster.guests[index].networkIn = .known(number)
        cluster.guests[index].networkOut = .known(numbers[(step + 2) % numbers.count])
        cluster.guests[index].seenAt = session.now + Double(step) * 0.000_001
        cluster.guests[index].uptime = .known(share)
      }
      for index in cluster.storages.indices { cluster.storages[index].usage = .known(Usage(used: number, total: 1)) }
      session.send(.event(.monitoring(.cluster(cluster))))
      var report = Sample.cost
      report.today = MicroDollars(number)
      session.send(.event(.system(.cost(report))))
      for view in ["F2", "F3", "F4", "F5", "F6"] {
        session.press(view)
        #expect(session.canvas.size == session.state.size)
      }
    }
  }
}
