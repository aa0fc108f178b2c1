import JarvisAPI
import JarvisSSH

/// Shells on the simulated nodes: a handful of commands that read, answered from the cluster's state as it is now.
///
/// Commands and lists of them, with simple pipes into `grep`, `head`, `tail`, `wc` and `sort`; nothing can be changed by it.
public final class SimulatedNodeShell: NodeShell {
  /// Longer commands are refused, as a shell's argument list is limited. Bytes.
  static let commandLimit = 64 << 10

  private let cluster: LiveCluster

  public init(cluster: LiveCluster) {
    self.cluster = cluster
  }

  public func execute(
    _ command: String, on node: String, limits: ShellLimits
  ) async throws(UserFacingError) -> ShellResult {
    let state = cluster.snapshot()
    guard let machine = state.nodes.first(where: { $0.name == node }) else {
      throw UserFacingError(
        .usage, attempted: "run a command on node \(node)", reason: "there is no node of that name",
        advice: "The nodes are " + state.nodes.map(\.name).joined(separator: ", ") + ".")
    }
    guard machine.online else {
      throw UserFacingError(
        .unreachable, attempted: "run a command on node \(node)", reason: "No route to host",
        advice: "The node is offline: wait for it, or wake it up.")
    }
    guard command.utf8.count <= Self.commandLimit else {
      return Self.cut(ShellOutput(error: "sh: Argument list too long\n", code: 126), to: limits)
    }
    return Self.cut(run(command, ShellScene(cluster: state, node: machine)), to: limits)
  }

  private func run(_ command: String, _ scene: ShellScene) -> ShellOutput {
    let script: [ShellWords.Pipeline]
    switch ShellWords.script(command) {
    case .success(let found): script = found
    case .failure(let problem): return ShellOutput(error: "sh: \(problem.text)\n", code: 2)
    }
    var whole = ShellOutput()
    for pipeline in script {
      switch pipeline.join {
      case .afterSuccess where whole.code != 0, .afterFailure where whole.code == 0: continue
      case .always, .afterSuccess, .afterFailure: break
      }
      let output = run(pipeline.stages, scene)
      if !pipeline.dropsOutput { whole.text += output.text + (pipeline.joinsErrors ? output.error : "") }
      if !pipeline.dropsErrors, !pipeline.joinsErrors { whole.error += output.error }
      whole.code = output.code
    }
    return whole
  }

  private func run(_ stages: [[String]], _ scene: ShellScene) -> ShellOutput {
    guard let first = stages.first, let program = first.first else { return ShellOutput() }
    guard let command = ShellCommands.all[program] else {
      return ShellOutput(error: "sh: 1: \(program): not found\n", code: 127)
    }
    var output = command(Array(first.dropFirst()), scene)
    for stage in stages.dropFirst() {
      guard let name = stage.first, let filter = ShellFilters.all[name] else {
        return ShellOutput(error: "sh: 1: \(stage.first ?? ""): not found\n", code: 127)
      }
      let next = filter(Array(stage.dropFirst()), output.text)
      output = ShellOutput(next.text, error: output.error + next.error, code: next.code)
    }
    return output
  }

  private static func cut(_ output: ShellOutput, to limits: ShellLimits) -> ShellResult {
    let text = Array(output.text.utf8)
    let error = Array(output.error.utf8)
    return ShellResult(
      standardOutput: Array(text.prefix(limits.bytes)), standardError: Array(error.prefix(limits.bytes)),
      exitCode: output.code, truncated: text.count > limits.bytes || error.count > limits.bytes)
  }
}

/// What a simulated command writes and how it ends.
struct ShellOutput: Sendable {
  var text: String
  var error: String
  var code: Int32

  init(_ text: String = "", error: String = "", code: Int32 = 0) {
    self.text = text
    self.error = error
    self.code = code
  }
}

/// Where a simulated command runs: the cluster as it was when it began, and the node.
struct ShellScene: Sendable {
  let cluster: SimulatedCluster
  let node: NodeState
  var now: Double { cluster.now }
}
