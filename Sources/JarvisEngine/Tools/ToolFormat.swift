import Foundation
import JarvisAPI

/// How results write figures and times: one way for all tools.
public struct ToolFormat: Sendable, Hashable {
  let timeZone: TimeZone

  public init(timeZone: TimeZone) {
    self.timeZone = timeZone
  }

  /// RFC 3339 with a numeric offset; null for a time that nobody knows.
  func time(_ date: Date?) -> JSONValue {
    guard let date, date > .distantPast else { return .null }
    let text = date.formatted(Date.ISO8601FormatStyle(timeZoneSeparator: .colon, timeZone: timeZone))
    return .string(text.hasSuffix("Z") ? text.dropLast() + "+00:00" : text)
  }

  /// "18:02" on the day of `now`, else "2026-11-20 18:02".
  func clock(_ date: Date?, now: Date) -> String {
    guard case .string(let text) = time(date), let date else { return "–" }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = timeZone
    let short = text.prefix(16).replacing("T", with: " ")
    return calendar.isDate(date, inSameDayAs: now) ? String(short.suffix(5)) : String(short)
  }

  /// "18:02:51" on the day of `now`, else "2026-11-20 18:02:51".
  func seconds(_ date: Date, now: Date) -> String {
    guard case .string(let text) = time(date) else { return "–" }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = timeZone
    let long = text.prefix(19).replacing("T", with: " ")
    return calendar.isDate(date, inSameDayAs: now) ? String(long.suffix(8)) : String(long)
  }

  /// Tenths of a GiB.
  static func gib(_ bytes: Int64) -> JSONValue { .double((Double(bytes) / 1_073_741_824 * 10).rounded() / 10) }

  /// Tenths of a percent.
  static func percent(_ fraction: Double) -> JSONValue { .double((fraction * 1_000).rounded() / 10) }

  /// The whole part of a figure from outside, which may be any number.
  static func whole(_ figure: Double) -> Int {
    figure.isFinite && abs(figure) < 1e15 ? Int(figure) : 0
  }

  static func json<Value>(_ reading: Reading<Value>, _ transform: (Value) -> JSONValue) -> JSONValue {
    switch reading {
    case .known(let value): transform(value)
    case .withheld(let right): ["no_right": .string(right)]
    case .unknown: .null
    }
  }

  static func json(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

  /// For people: "3 d 4 h", "12 min", "4 s".
  static func duration(_ seconds: TimeInterval) -> String {
    // What is no time a person could mean is shown as none.
    guard seconds.isFinite, seconds >= 0, seconds < 1e10 else { return "?" }
    let whole = Int(seconds)
    switch whole {
    case ..<60: return "\(whole) s"
    case ..<3_600: return "\(whole / 60) min"
    case ..<86_400: return "\(whole / 3_600) h \(whole % 3_600 / 60) min"
    default: return "\(whole / 86_400) d \(whole % 86_400 / 3_600) h"
    }
  }

  /// For people: the figure, "no right: …" or "?".
  static func text<Value>(_ reading: Reading<Value>, _ transform: (Value) -> String) -> String {
    switch reading {
    case .known(let value): transform(value)
    case .withheld(let right): "no right: \(right)"
    case .unknown: "?"
    }
  }

  static func text(_ usage: Usage) -> String { ByteFormat.text(usage) }

  static func percentText(_ fraction: Double) -> String { PercentFormat.text(fraction) }
}
