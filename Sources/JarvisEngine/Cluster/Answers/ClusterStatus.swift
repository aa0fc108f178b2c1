/// `GET /cluster/status`: quorum, and every node with its address.
public struct ClusterStatus: Sendable, Equatable {
  /// One node of the cluster.
  public struct Member: Sendable, Equatable {
    /// The node's name.
    public var name: String
    /// Address on the cluster network.
    public var address: String?
    /// nil where the API does not say.
    public var online: Bool?
    /// True for the node that answered.
    public var local: Bool
    /// Corosync's number.
    public var number: Int?
  }
  /// The cluster's name; nil for a node that is in no cluster.
  public var name: String?
  /// nil where the API does not say; a single node is always quorate.
  public var quorate: Bool?
  /// By name.
  public var members: [Member]

  init(_ body: AnswerBody) throws(AnswerFault) {
    enum Row {
      case cluster(String?, Bool?)
      case member(Member)
    }
    let rows = try body.rows { row -> Row? in
      switch row["type"]?.string {
      case "cluster": return .cluster(row.name("name"), row["quorate"]?.flag)
      case "node":
        guard let name = row.name("name") else { return nil }
        return .member(
          Member(
            name: name, address: row.name("ip"), online: row["online"]?.flag, local: row["local"]?.flag ?? false,
            number: row["nodeid"]?.int))
      default: return nil
      }
    }
    members = []
    for row in rows {
      switch row {
      case .cluster(let name, let quorate):
        self.name = name
        self.quorate = quorate
      case .member(let member): members.append(member)
      }
    }
    members.sort { $0.name < $1.name }
    // Without a cluster row there is no corosync: one node, which decides alone.
    if name == nil, quorate == nil, members.count == 1 { quorate = true }
  }

  /// The node that answered.
  public var local: Member? { members.first(where: \.local) }
}
