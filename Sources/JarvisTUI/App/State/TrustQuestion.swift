import JarvisAPI

/// A host key or certificate that a person has to look at before anything is sent to its owner.
public struct TrustQuestion: Sendable, Equatable {
  /// What makes it a question.
  public enum Kind: Sendable, Equatable {
    /// Never seen before: `y` trusts it.
    case firstContact
    /// Another one was trusted, with this fingerprint: `Y` replaces it.
    case changed(from: String)
  }

  public var kind: Kind
  /// "the SSH host key of pve (192.168.1.2:22)".
  public var subject: String
  /// "SHA256:…", as the other tools of the trade show it.
  public var fingerprint: String
  /// What else helps to decide, a sentence each: the key's type, how to compare it.
  public var details: [String]
  /// Sent through the door on a yes, and on a no; nil sends nothing.
  public var accept: Command?
  public var refuse: Command?

  public init(
    _ kind: Kind, subject: String, fingerprint: String, details: [String] = [], accept: Command?, refuse: Command? = nil
  ) {
    self.kind = kind
    self.subject = subject
    self.fingerprint = fingerprint
    self.details = details
    self.accept = accept
    self.refuse = refuse
  }
}
