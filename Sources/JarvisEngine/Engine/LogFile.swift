import Foundation
import JarvisAPI
import JarvisLock
import Logging

/// The structured log: one JSON object a line, owner-only, bounded by turning over once.
///
/// What is logged has gone through redaction; the log never holds a message's text, a secret or a model's answer.
public final class LogFile: Sendable {
  /// Bytes of one file; the one before it is kept as `jarvis.log.1`.
  public static let maximumBytes = 8 << 20

  public let path: String
  private let redact: @Sendable (String) -> String
  private let state: Guarded<State>

  private struct State {
    var descriptor: Int32
    var written: Int
  }

  /// Opens or creates `path`. Where that fails the log is silent: a full disk must not stop the screen; `doctor` tells.
  public init(path: String, redact: @escaping @Sendable (String) -> String) {
    self.path = path
    self.redact = redact
    state = Guarded(Self.open(path))
  }

  private static func open(_ path: String) -> State {
    let descriptor = Foundation.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    var status = stat()
    let size = descriptor >= 0 && fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    return State(descriptor: descriptor, written: size)
  }

  deinit {
    let descriptor = state.withLock { $0.descriptor }
    if descriptor >= 0 { close(descriptor) }
  }

  /// Appends one line.
  func write(at date: Date, level: Logger.Level, label: String, message: String, fields: [String: String]) {
    var object: [String: JSONValue] = [
      "at": .string(date.formatted(.iso8601)), "level": .string(level.rawValue), "part": .string(label),
      "message": .string(redact(Sanitiser.clean(message, keepingNewlines: false))),
    ]
    for (key, value) in fields { object[key] = .string(redact(Sanitiser.clean(value, keepingNewlines: false))) }
    let line = Array((JSONValue.object(object).text + "\n").utf8)
    state.withLock { state in
      guard state.descriptor >= 0 else { return }
      if state.written + line.count > Self.maximumBytes {
        close(state.descriptor)
        // Losing the turned-over file is no reason to lose the new one.
        _ = rename(path, path + ".1")
        state = Self.open(path)
      }
      let count = line.withUnsafeBytes { Foundation.write(state.descriptor, $0.baseAddress, $0.count) }
      if count > 0 { state.written += count }
    }
  }

  /// A logger of this file for one part of the program, e.g. "cluster".
  public func logger(_ label: String, level: LogConfiguration.Level, now: @escaping @Sendable () -> Date) -> Logger {
    var logger = Logger(label: label) { LogFileHandler(label: $0, file: self, now: now) }
    logger.logLevel = Logger.Level(rawValue: level.rawValue) ?? .info
    return logger
  }
}

/// swift-log's end of a `LogFile`.
private struct LogFileHandler: LogHandler {
  let label: String
  let file: LogFile
  let now: @Sendable () -> Date
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .info

  init(label: String, file: LogFile, now: @escaping @Sendable () -> Date) {
    self.label = label
    self.file = file
    self.now = now
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var fields: [String: String] = [:]
    for (key, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { _, new in new }) {
      fields[key] = "\(value)"
    }
    file.write(at: now(), level: event.level, label: label, message: "\(event.message)", fields: fields)
  }
}
