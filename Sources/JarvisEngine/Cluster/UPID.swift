import Foundation

/// A task's identity: `UPID:node:pid:pstart:starttime:type:id:user:`, numbers in hexadecimal.
public struct UPID: Sendable, Hashable, CustomStringConvertible {
  /// As it was given.
  public let text: String
  /// The node it runs on.
  public let node: String
  /// Of its worker, on that node.
  public let processID: Int
  /// When it was started.
  public let startedAt: Date
  /// "qmstart", "vzdump", …
  public let type: String
  /// The guest or object worked on; may be empty.
  public let target: String
  /// "root@pam" or, by a token, "root@pam!jarvis".
  public let user: String

  /// nil where `text` is not of that form.
  public init?(_ text: String) {
    var fields = text.split(separator: ":", omittingEmptySubsequences: false)
    // Tasks about nothing in particular were seen without the empty field for it.
    if fields.count == 8 { fields.insert("", at: 6) }
    guard fields.count == 9, fields[0] == "UPID", fields[8].isEmpty, !fields[1].isEmpty, !fields[5].isEmpty,
      let process = Int(fields[2], radix: 16), Int(fields[3], radix: 16) != nil, let start = Int(fields[4], radix: 16)
    else { return nil }
    self.text = text
    node = String(fields[1])
    processID = process
    startedAt = Date(timeIntervalSince1970: TimeInterval(start))
    type = String(fields[5])
    target = String(fields[6])
    user = String(fields[7])
  }

  public var description: String { text }
}
