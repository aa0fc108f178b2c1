/// What checking the audit found.
public struct AuditVerdict: Sendable, Hashable {
  /// One thing that is not as it was written.
  public struct Fault: Codable, Sendable, Hashable {
    /// The row it was found at; nil where it concerns the audit as a whole.
    public var row: Int?
    public var problem: String
    public init(row: Int?, problem: String) {
      self.row = row
      self.problem = problem
    }

    /// "row 17: its content was changed".
    public var words: String { row.map { "row \($0): \(problem)" } ?? problem }
  }

  /// Faults that are listed at most; beyond that only their number is told.
  public static let maximumFaults = 20

  /// Rows that were looked at.
  public var checked = 0
  /// The newest row.
  public var head: AuditHead
  public private(set) var faults: [Fault] = []
  /// All that were found.
  public private(set) var faultCount = 0

  public init(head: AuditHead = .empty) {
    self.head = head
  }

  public var isSound: Bool { faultCount == 0 }

  mutating func add(_ row: Int?, _ problem: String) {
    faultCount += 1
    if faults.count < Self.maximumFaults { faults.append(Fault(row: row, problem: problem)) }
  }
}
