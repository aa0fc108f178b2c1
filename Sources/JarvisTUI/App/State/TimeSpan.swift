import Foundation

/// A span of time as a person types it: "90s", "30m", "2h", "1d".
enum TimeSpan {
  private static let units: [Character: TimeInterval] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
  /// Longer is a slip of the finger.
  static let longest: TimeInterval = 30 * 86_400

  /// Seconds; nil where the word is no span.
  static func seconds(_ word: some StringProtocol) -> TimeInterval? {
    guard let unit = word.last.flatMap({ units[$0] }), let count = Int(word.dropLast()), count > 0 else { return nil }
    let seconds = Double(count) * unit
    return seconds <= longest ? seconds : nil
  }

  /// A span at the front of a line, with or without "for", and what stands behind it.
  static func leading(_ line: String) -> (seconds: TimeInterval?, rest: String) {
    var words = line.split(separator: " ")
    if words.first == "for", words.count > 1, seconds(words[1]) != nil { words.removeFirst() }
    guard let first = words.first, let seconds = seconds(first) else { return (nil, line.trimmed) }
    return (seconds, words.dropFirst().joined(separator: " "))
  }
}
