/// `GET /cluster/ha/status/current`.
public struct HAStatus: Sendable, Equatable {
  /// What the manager keeps running.
  public struct Service: Sendable, Equatable {
    /// "vm:101", "ct:200".
    public var id: String
    /// Where it is.
    public var node: String?
    /// The manager's word: "started", "error", "fence", …
    public var state: String?
    /// What was asked of it.
    public var requested: String?
  }
  /// nil where the API does not say.
  public var quorate: Bool?
  /// The node whose manager decides.
  public var master: String?
  /// By id.
  public var services: [Service]

  init(_ body: AnswerBody) throws(AnswerFault) {
    enum Row {
      case quorum(Bool?)
      case master(String?)
      case service(Service)
      case other
    }
    let rows = try body.rows { row -> Row? in
      switch row["type"]?.string {
      case "quorum": .quorum(row["quorate"]?.flag)
      case "master": .master(row.name("node"))
      case "service":
        row.name("sid").map {
          .service(
            Service(
              id: $0, node: row.name("node"), state: row.name("state") ?? row.name("crm_state"),
              requested: row.name("request_state")))
        }
      case nil: nil
      default: .other
      }
    }
    services = []
    for row in rows {
      switch row {
      case .quorum(let value): quorate = value
      case .master(let node): master = node
      case .service(let service): services.append(service)
      case .other: break
      }
    }
    services.sort { $0.id < $1.id }
  }
}
