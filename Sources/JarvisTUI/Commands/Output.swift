import Foundation
import JarvisAPI

/// Writes lines to standard output and error; a closed pipe ends the program quietly, as other commands do.
enum Output {
  static func line(_ text: String) {
    FileHandle.standardOutput.writeSafely(text + "\n")
  }

  /// Without a line end: a piece of a streamed answer.
  static func text(_ piece: String) {
    FileHandle.standardOutput.writeSafely(piece)
  }

  /// Cells of a line of the terminal that standard output is; nil where it is none.
  static var width: Int? {
    guard isatty(STDOUT_FILENO) == 1 else { return nil }
    var size = winsize()
    // A terminal that does not tell its size has the classical one.
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Whether the locale can show more than ASCII.
  static var isUTF8: Bool {
    setlocale(LC_CTYPE, "")
    return nl_langinfo(nl_item(CODESET)).map { String(cString: $0).uppercased() == "UTF-8" } ?? false
  }

  static func errorLine(_ text: String) {
    FileHandle.standardError.writeSafely(text + "\n")
  }

  /// "jarvis-tui: could not …" with the advice on a line of its own.
  static func error(_ error: UserFacingError) {
    errorLine("jarvis-tui: " + Sanitiser.clean(error.description))
  }

  /// Prints a value as one line of JSON with sorted snake_case keys and RFC 3339 times.
  static func json(_ value: some Encodable, zone: TimeZone) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.dateEncodingStrategy = .custom { date, encoder in
      var box = encoder.singleValueContainer()
      try box.encode(RFC3339.text(date, zone: zone))
    }
    line(String(decoding: try encoder.encode(value), as: UTF8.self))
  }
}

extension FileHandle {
  fileprivate func writeSafely(_ text: String) {
    do {
      try write(contentsOf: Data(text.utf8))
    } catch {
      // Nobody reads any more: there is nobody left to tell.
      exit(1)
    }
  }
}

/// Times with a numeric offset, as every `--json` prints them.
enum RFC3339 {
  static func text(_ date: Date, zone: TimeZone) -> String {
    let offset = zone.secondsFromGMT(for: date)
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
    func two(_ value: Int?) -> String {
      let value = value ?? 0
      return value < 10 ? "0\(value)" : "\(value)"
    }
    let sign = offset < 0 ? "-" : "+"
    let minutes = abs(offset) / 60
    return
      "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day))T\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second))"
      + "\(sign)\(two(minutes / 60)):\(two(minutes % 60))"
  }
}
