import JarvisAPI

/// A question to the cluster that only reads: a route of the table with everything that it needs.
///
/// Tools ask by values, so that a scripted cluster can answer each of them from a recording, through the same decoder.
public struct ClusterQuery<Answer: Sendable>: Sendable {
  let route: APIRoute<Answer>
  let path: [String: String]
  let parameters: [(name: String, value: String)]
  let attempted: String

  init(
    _ route: APIRoute<Answer>, _ path: [String: String] = [:], _ parameters: [(name: String, value: String)] = [],
    attempted: String
  ) {
    self.route = route
    self.path = path
    self.parameters = parameters
    self.attempted = attempted
  }

  /// Path and query below `/api2/json`: "/nodes/pve/services".
  package var target: String {
    String(route.call(path, parameters: parameters, attempted: attempted).target.dropFirst("/api2/json".count))
  }

  /// Reads an answer's bytes as the client would.
  /// - Throws: `AnswerFault` where they are not what the route answers.
  package func decode(_ bytes: [UInt8]) throws(AnswerFault) -> Answer {
    try route.decode(AnswerBody(bytes))
  }
}

/// A call that changes something, with what is needed to find its task again should its answer be lost.
public struct ClusterChange: Sendable {
  let route: APIRoute<UPID?>
  let path: [String: String]
  let parameters: [(name: String, value: String)]
  let attempted: String
  /// Types of the tasks that it makes, those that only record a wish for HA among them; empty where it makes none.
  public let taskTypes: Set<String>
  /// What its task is about, as the task's id says; empty for none.
  public let taskTarget: String

  init(
    _ route: APIRoute<UPID?>, _ path: [String: String], _ parameters: [(name: String, value: String)] = [],
    attempted: String, taskTypes: Set<String> = [], taskTarget: String = ""
  ) {
    self.route = route
    self.path = path
    self.parameters = parameters
    self.attempted = attempted
    self.taskTypes = taskTypes
    self.taskTarget = taskTarget
  }

  private var call: APICall { route.call(path, parameters: parameters, attempted: attempted) }

  /// "POST /nodes/agent/lxc/102/snapshot", without its parameters: for the plan on a card.
  public var line: String {
    let target = call.target.dropFirst("/api2/json".count).prefix { $0 != "?" }
    return "\(route.method) \(target)"
  }

  /// What goes with it, in order: "snapname=before-upgrade". Values are shown as they are sent.
  public var arguments: [String] { parameters.map { "\($0.name)=\($0.value)" } }
}
