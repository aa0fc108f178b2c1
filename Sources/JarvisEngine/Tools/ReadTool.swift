import JarvisAPI
import JarvisSafety

/// A tool that only reads: its assessment is the same for every call.
protocol ReadTool: Tool {
  var context: ToolContext { get }
}

extension ReadTool {
  var readsOnly: Bool { true }

  func assess(_ arguments: JSONValue) async throws(UserFacingError) -> CallAssessment {
    CallAssessment(tier: .green, rule: "only reads, and reveals no secret")
  }
}
