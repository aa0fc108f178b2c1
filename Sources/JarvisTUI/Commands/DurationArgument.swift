import ArgumentParser
import Foundation

/// A length of time on the command line: "90s", "30m", "1h30m", "2d".
struct DurationArgument: ExpressibleByArgument, Sendable, Hashable {
  /// Seconds of the longest that is taken.
  static let longest: TimeInterval = 365 * 86_400

  /// From 1 second to a year.
  let seconds: TimeInterval

  init?(argument: String) {
    let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
    var total = 0
    var digits = ""
    for character in argument.lowercased() {
      if character.isASCII, character.isNumber {
        digits.append(character)
        continue
      }
      guard let unit = units[character], let number = Int(digits), number <= Int(Self.longest) / unit else {
        return nil
      }
      total += number * unit
      digits = ""
    }
    // A number without its unit could mean anything.
    guard digits.isEmpty, total > 0, total <= Int(Self.longest) else { return nil }
    seconds = TimeInterval(total)
  }

  var defaultValueDescription: String { "\(Int(seconds))s" }
}
