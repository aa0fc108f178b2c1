/// The ledger could not be written or read.
public struct LedgerError: Error, Sendable, Hashable, CustomStringConvertible {
  /// "book a call of claude-haiku-5-5".
  public var attempted: String
  /// In the database's words.
  public var reason: String
  public var description: String {
    "could not \(attempted): \(reason) – run `jarvis-tui doctor` to check the database and the disk"
  }
}
