/// A line of the cluster's log and of a node's journal.
struct LogEntry: Sendable {
  let number: Int
  /// Seconds since 1970.
  let at: Double
  let node: String
  /// The program: "pvedaemon", "kernel".
  let tag: String
  let process: Int
  let user: String
  /// syslog's priority: 3 error, 4 warning, 6 information.
  let priority: Int
  let text: String
}
