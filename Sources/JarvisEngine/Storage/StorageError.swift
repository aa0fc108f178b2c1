/// Why Jarvis could not use its data: what was tried, on what, why it failed, what to do.
public struct StorageError: Error, Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// The directory or file cannot be created or written.
    case unwritable
    /// Others may read what must be owner-only.
    case exposed
    /// Another engine owns the data directory; its process id where it could be read.
    case locked(processID: Int32?)
    /// The file was written by a newer program, with changes this one does not know.
    case newerSchema
    /// The file is damaged or no database.
    case corrupt
    case diskFull
    /// A write through a store that was opened for reading.
    case readOnly
    /// Another process held the file for longer than the busy timeout.
    case busy
    /// The store has been closed.
    case closed
    /// The caller was cancelled before anything was done.
    case cancelled
    /// What SQLite says in other cases.
    case failed
  }

  public var kind: Kind
  /// "save a message", "open /home/ada/.local/share/jarvis/jarvis.sqlite".
  public var attempted: String
  public var reason: String
  /// What the person can do; empty where nothing helps.
  public var advice: String

  public init(_ kind: Kind, attempted: String, reason: String, advice: String = "") {
    self.kind = kind
    self.attempted = attempted
    self.reason = reason
    self.advice = advice
  }
}

extension StorageError: CustomStringConvertible {
  public var description: String {
    let first = "could not \(attempted): \(reason)"
    return advice.isEmpty ? first : first + "\n  → " + advice
  }
}
