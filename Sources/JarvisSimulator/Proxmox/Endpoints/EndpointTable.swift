/// All methods that the simulator has. What is not here answers 501, as an unknown path does.
enum EndpointTable {
  static let all: [Endpoint] =
    ClusterEndpoints.all + NodeEndpoints.all + StorageEndpoints.all + TaskEndpoints.all + GuestListEndpoints.all
    + GuestConfigEndpoints.all + LifecycleEndpoints.all + HistoryEndpoints.all + AccessEndpoints.all
    + SnapshotEndpoints.all + MigrationEndpoints.all + BirthEndpoints.all
    + CareEndpoints.all + AgentEndpoints.all

  /// The endpoint for a request, with what its path says.
  static func find(_ method: String, _ path: [Substring]) -> (Endpoint, [(name: String, value: String)])? {
    for endpoint in all where endpoint.method == method {
      if let found = endpoint.match(path) { return (endpoint, found) }
    }
    return nil
  }
}
