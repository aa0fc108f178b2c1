import Foundation

/// A value behind a lock: what `Synchronization.Mutex` is, in a form that ThreadSanitizer can follow.
///
/// A contended `Mutex` is handed over by the kernel inside the standard library, where the sanitizer sees nothing; it
/// then reports races that are none, and among fifty of those a real one drowns (docs/decisions.md).
///
/// Sendable: `value` is touched inside `withLock` only.
package final class Guarded<Value: Sendable>: @unchecked Sendable {  // See above.
  private let lock = NSLock()
  private var value: Value

  package init(_ value: Value) { self.value = value }

  /// Runs `body` with the value while no other thread has it. Not re-entrant: asking again from within `body` hangs.
  package func withLock<Result, Failure: Error>(_ body: (inout Value) throws(Failure) -> Result) throws(Failure)
    -> Result
  {
    lock.lock()
    defer { lock.unlock() }
    return try body(&value)
  }
}

/// What is behind a lock may be a secret: a dump shows that something is there, and not what.
extension Guarded: CustomReflectable {
  package var customMirror: Mirror { Mirror(self, children: []) }
}
