import Foundation
import JarvisLock

/// How the engine that owned the data directory before this one came to its end.
public enum PreviousStop: Sendable, Hashable {
  /// No engine ran here before.
  case none
  case clean
  /// It was killed, crashed, or the power failed: the database deserves a check.
  case unclean
  /// A check found the database damaged before the engine stopped.
  case damaged
}

/// The engine's role on a data directory: one process at a time.
///
/// The lock is the kernel's (`flock`), so it dies with its holder: a `kill -9` leaves nothing stale. The file's text is
/// only for people and for the next start: the holder's process id, and whether it is running, damaged or stopped.
final class EngineLock: Sendable {
  let previousStop: PreviousStop
  private let path: String
  private let state: Guarded<State>

  private struct State {
    /// nil once released.
    var file: Int32?
    var mark: Mark
  }

  /// Takes the role.
  /// - Throws: `.locked` with the holder's process id where another engine has it.
  init(path: String) throws(StorageError) {
    let attempted = "take over the data directory"
    let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    if opened < 0 { throw StorageError(code: errno, attempted: attempted, path: path) }
    let text = Self.read(opened)
    if flock(opened, LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      close(opened)
      throw code == EWOULDBLOCK
        ? Self.held(text, attempted: attempted, path: path)
        : StorageError(code: code, attempted: attempted, path: path)
    }
    // Read again: the holder may have written its last word between the first look and the lock.
    previousStop = Self.previousStop(Self.read(opened))
    self.path = path
    state = Guarded(State(file: opened, mark: .running))
    try write(.running)
  }

  deinit {
    // Not released: the file still says "running", and the next start knows.
    state.withLock { if let file = $0.file { close(file) } }
  }

  /// The mark written last.
  var mark: Mark { state.withLock { $0.mark } }

  /// What the file says about its holder.
  enum Mark: String { case running, damaged, stopped }

  /// Writes the mark and forces it to the disk.
  func write(_ mark: Mark) throws(StorageError) {
    let code: Int32 = state.withLock { state in
      state.mark = mark
      guard let file = state.file else { return 0 }
      let text = "\(getpid()) \(mark.rawValue)\n"
      if ftruncate(file, 0) != 0 || pwrite(file, text, text.utf8.count, 0) != text.utf8.count || fsync(file) != 0 {
        return errno
      }
      return 0
    }
    if code != 0 { throw StorageError(code: code, attempted: "write \(path)", path: path) }
  }

  /// Gives the role back, leaving `mark` for the next start.
  func release(_ mark: Mark) throws(StorageError) {
    defer {
      state.withLock {
        if let file = $0.file { close(file) }
        $0.file = nil
      }
    }
    try write(mark)
  }

  private static func held(_ text: String, attempted: String, path: String) -> StorageError {
    let holder = text.split(separator: " ").first.flatMap { Int32($0) }
    let who = holder.map { "another Jarvis (process \($0)) owns it" } ?? "another Jarvis owns it"
    let advice =
      holder.map {
        "use the Jarvis that runs as process \($0) or stop it first (kill \($0)); `jarvis-tui status` works beside it"
      } ?? "use the Jarvis that runs, or stop it first"
    return StorageError(.locked(processID: holder), attempted: attempted, reason: "\(who) (\(path))", advice: advice)
  }

  private static func previousStop(_ text: String) -> PreviousStop {
    let words = text.split(whereSeparator: \.isWhitespace)
    if words.isEmpty { return .none }
    switch words.last.flatMap({ Mark(rawValue: String($0)) }) {
    case .stopped: return .clean
    case .damaged: return .damaged
    case .running, nil: return .unclean
    }
  }

  /// At most this much of the lock file is read: it holds one short line.
  private static let maximumText = 64

  private static func read(_ file: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: maximumText)
    let count = pread(file, &bytes, maximumText, 0)
    return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : ""
  }
}
