import JarvisAPI

/// One call on its way to the gate.
public struct GatedCall: Sendable, Hashable {
  public var tool: String
  public var arguments: JSONValue
  public var caller: Caller
  /// Why it is asked, e.g. the person's own message.
  public var why: String
  public var conversation: ConversationID?
  public init(tool: String, arguments: JSONValue, caller: Caller, why: String, conversation: ConversationID? = nil) {
    self.tool = tool
    self.arguments = arguments
    self.caller = caller
    self.why = why
    self.conversation = conversation
  }

  /// SHA-256 over tool and arguments in their one canonical text, hexadecimal: what consent binds to.
  public var hash: String {
    SHA256.hexadecimal(JSONValue.object(["tool": .string(tool), "arguments": arguments]).text)
  }
}
