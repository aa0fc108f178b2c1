import ArgumentParser
import Foundation

/// Files of cases: one JSON object a line in, one line out.
enum BenchCases {
  static func lines(of path: String) throws -> [Data] {
    do {
      return try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: UInt8(ascii: "\n"))
        .filter { !$0.allSatisfy { $0 == 0x20 || $0 == 0x0D } }.map { Data($0) }
    } catch {
      throw ValidationError("could not read \(path): \(error.localizedDescription)")
    }
  }

  /// - Throws: `ValidationError` that names the line.
  static func decode<Value: Decodable>(_ type: Value.Type, _ path: String) throws -> [Value] {
    let decoder = JSONDecoder()
    return try lines(of: path).enumerated().map { index, line in
      do {
        return try decoder.decode(type, from: line)
      } catch {
        throw ValidationError("\(path), line \(index + 1): \(error)")
      }
    }
  }

  static func write(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    FileHandle.standardOutput.write(try encoder.encode(value) + Data("\n".utf8))
  }
}

/// RFC 3339 in and out, with the zone that a case names or its offset.
struct BenchTime {
  var date: Date
  var zone: TimeZone

  init(_ text: String, zone name: String?) throws {
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains("."))
    guard let date = try? style.parse(text) else { throw ValidationError("not an RFC 3339 time: \(text)") }
    self.date = date
    if let name {
      guard let zone = TimeZone(identifier: name) else { throw ValidationError("unknown zone: \(name)") }
      self.zone = zone
    } else {
      zone = Self.offset(text) ?? .gmt
    }
  }

  private static func offset(_ text: String) -> TimeZone? {
    guard text.count >= 6, !text.hasSuffix("Z") else { return nil }
    let parts = text.suffix(6).dropFirst().split(separator: ":").compactMap { Int($0) }
    guard parts.count == 2 else { return nil }
    let seconds = parts[0] * 3_600 + parts[1] * 60
    return TimeZone(secondsFromGMT: text.suffix(6).first == "-" ? -seconds : seconds)
  }

  static func text(_ date: Date, _ zone: TimeZone) -> String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
    let offset = zone.secondsFromGMT(for: date)
    return String(
      format: "%04d-%02d-%02dT%02d:%02d:%02d%@%02d:%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0,
      parts.hour ?? 0, parts.minute ?? 0, parts.second ?? 0, offset < 0 ? "-" : "+", abs(offset) / 3_600,
      abs(offset) % 3_600 / 60)
  }
}

/// Times a case, sorted for the summary.
struct BenchTimes {
  private var times: [Duration] = []

  mutating func add(_ time: Duration) { times.append(time) }

  /// Milliseconds, to the microsecond.
  func percentile(_ share: Double) -> Double {
    guard !times.isEmpty else { return 0 }
    let sorted = times.sorted()
    let time = sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    return (Milliseconds.of(time) * 1_000).rounded() / 1_000
  }
}
