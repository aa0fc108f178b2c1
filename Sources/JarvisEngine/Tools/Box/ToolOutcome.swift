import JarvisAPI

/// What a call came to, for the three who wait for it: screen, model, person.
public struct ToolOutcome: Sendable, Hashable {
  /// The call's last state, as the chat shows it.
  public var activity: ToolActivity
  /// For a model: compact JSON, sanitised, redacted, bounded; text from outside between marks.
  public var content: String
  /// True where the call was refused, failed, or its effect could not be read back.
  public var isError: Bool
  /// For a person at a typed command: plain text, sanitised and redacted, in full.
  public var text: String
  /// True where `content` holds free text from outside: allowances are then suspended for the turn.
  public var untrusted: Bool
  /// The same as `content` for a program: whole, and with text from outside bare; `.null` where it did not run.
  public var data: JSONValue
  /// What was wrong, where it did not run; decides the exit code of a command.
  public var error: UserFacingError?

  public init(
    activity: ToolActivity, content: String, isError: Bool, text: String, untrusted: Bool = false,
    data: JSONValue = .null, error: UserFacingError? = nil
  ) {
    self.activity = activity
    self.content = content
    self.isError = isError
    self.text = text
    self.untrusted = untrusted
    self.data = data
    self.error = error
  }
}
