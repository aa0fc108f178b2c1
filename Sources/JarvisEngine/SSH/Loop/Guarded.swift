import Foundation

/// A value behind a lock, as `Mutex`. ThreadSanitizer sees this lock; of a contended `Mutex`, which on Linux the kernel
/// hands over, it sees nothing and reports races that are none – and the loop's lock is contended all the time.
///
/// Sendable: `value` is touched inside `withLock` only.
final class Guarded<Value>: @unchecked Sendable {  // See above.
  private let lock = NSLock()
  private var value: Value

  init(_ value: Value) { self.value = value }

  func withLock<Result>(_ body: (inout Value) -> Result) -> Result {
    lock.lock()
    defer { lock.unlock() }
    return body(&value)
  }
}
