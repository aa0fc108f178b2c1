import JarvisAPI
import JarvisSafety

/// A tool: what it is called, what it takes, how dangerous a call of it is, and what it does.
///
/// Tools never run by themselves: `ToolBox.call` passes each call through the gate.
public protocol Tool: Sendable {
  /// Snake case, as models and MCP clients call it: "reboot_guest".
  var name: String { get }
  /// For models and help: one or two sentences.
  var summary: String { get }
  /// JSON Schema of type object, `additionalProperties: false`.
  var inputSchema: JSONValue { get }
  /// The highest tier a call may have that needs no consent: GREEN tools run side by side, others one at a time.
  var readsOnly: Bool { get }
  /// The typed command that stands for it: "reboot", taking its arguments in the order of `typedArguments`.
  var typedName: String { get }
  var typedArguments: [String] { get }
  /// Those of them that a typed command must give: what the schema requires, as a rule.
  var typedRequired: Set<String> { get }
  /// The list that further words of a typed command go into, beside the first argument; nil where there is none.
  var typedMore: String? { get }
  /// The argument that takes the rest of a typed line as it stands; nil where each word is an argument of its own.
  var typedRest: String? { get }
  /// The arguments as they are bound to a consent: names become what they stand for now, e.g. a guest's vmid, so that a
  /// rename between card and key cannot turn the call to another target.
  func canonical(_ arguments: JSONValue) async throws(UserFacingError) -> JSONValue
  /// Reads the target and says what the call would do. Changes nothing.
  func assess(_ arguments: JSONValue) async throws(UserFacingError) -> CallAssessment
  /// Does it: look up → act → follow → read back. Reports success only for what was read back.
  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport
  /// The same for a call that was weighed: it changes nothing that is no longer as it was weighed, and passes the safe point
  /// before each of several steps, so that a freeze stops it there. What calls the box calls this one.
  /// - Parameter weighed: what consent was given to.
  func run(
    _ arguments: JSONValue, as weighed: CallAssessment, passing safePoint: SafePoint
  ) async throws(UserFacingError) -> ToolReport
}

/// What a tool found or did.
public struct ToolReport: Sendable, Hashable {
  /// Compact JSON for a model.
  public var content: JSONValue
  /// A few words for the screen: "14 guests", "running, up 4 s".
  public var summary: String
  /// For a person at a typed command: lines of plain text.
  public var text: String
  /// True for a mutation whose effect was read back; false for one whose effect could not be; nil for reads.
  public var verified: Bool?
  /// True where the content holds free text from outside (logs, notes, command output).
  public var untrusted: Bool
  public init(content: JSONValue, summary: String, text: String, verified: Bool? = nil, untrusted: Bool = false) {
    self.content = content
    self.summary = summary
    self.text = text
    self.verified = verified
    self.untrusted = untrusted
  }
}

extension Tool {
  /// Most tools have nothing to look up.
  public func canonical(_ arguments: JSONValue) async throws(UserFacingError) -> JSONValue { arguments }

  /// Reads, and commands, which have no state of their own.
  public func run(
    _ arguments: JSONValue, as weighed: CallAssessment, passing safePoint: SafePoint
  ) async throws(UserFacingError) -> ToolReport {
    try await run(arguments)
  }

  public var typedRequired: Set<String> {
    Set((inputSchema["required"]?.array ?? []).compactMap(\.string))
  }

  public var typedMore: String? { nil }

  public var typedRest: String? { nil }
}
