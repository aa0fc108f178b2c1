import JarvisAPI

extension NodeShell {
  /// Runs a command on several nodes at the same time. Each has its own result, and a dead one costs only its own
  /// time limit.
  /// - Parameter atOnce: nodes that are asked at the same time.
  public func execute(
    _ command: String, onEach nodes: [String], limits: ShellLimits = ShellLimits(), atOnce: Int = 64
  ) async -> [String: Result<ShellResult, UserFacingError>] {
    await withTaskGroup(of: (String, Result<ShellResult, UserFacingError>).self) { group in
      var results: [String: Result<ShellResult, UserFacingError>] = [:]
      var waiting = Set(nodes).sorted()[...]
      func begin() {
        guard let node = waiting.popFirst() else { return }
        group.addTask {
          let result = await Result.of { () throws(UserFacingError) in
            try await self.execute(command, on: node, limits: limits)
          }
          return (node, result)
        }
      }
      for _ in 0..<max(1, atOnce) { begin() }
      while let (node, result) = await group.next() {
        results[node] = result
        begin()
      }
      return results
    }
  }
}
