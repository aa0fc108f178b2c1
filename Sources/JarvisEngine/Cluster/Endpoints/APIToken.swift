/// An API token: `USER@REALM!ID=UUID`. Its secret appears in no description and no error.
public struct APIToken: Sendable, Hashable {
  /// "jarvis@pve!console": safe to show.
  public let id: String
  private let secret: String

  /// What is wrong with a text that should be a token. Never holds the text itself.
  public struct Malformed: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String
  }

  /// Reads a token as Proxmox shows it, with or without `PVEAPIToken=` before it and white space around it.
  /// - Throws: `Malformed`, saying which part is missing.
  public init(parsing text: String) throws(Malformed) {
    var rest = text.drop(while: \.isWhitespace)
    while rest.last?.isWhitespace == true { rest.removeLast() }
    if rest.hasPrefix("PVEAPIToken=") { rest = rest.dropFirst("PVEAPIToken=".count) }
    let form = "the form is USER@REALM!ID=UUID, e.g. jarvis@pve!console=xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"
    guard let equals = rest.lastIndex(of: "=") else {
      throw Malformed(description: "no \"=\" before the secret; \(form)")
    }
    let identity = rest[..<equals]
    let secret = rest[rest.index(after: equals)...]
    guard let bang = identity.lastIndex(of: "!"), identity.index(after: bang) < identity.endIndex else {
      throw Malformed(description: "no \"!\" and token name after the user; \(form)")
    }
    guard let at = identity[..<bang].lastIndex(of: "@"), at > identity.startIndex, identity.index(after: at) < bang
    else {
      throw Malformed(description: "no \"@\" and realm after the user name; \(form)")
    }
    guard identity.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      throw Malformed(description: "white space or control characters inside; \(form)")
    }
    guard Self.isUUID(secret) else {
      throw Malformed(description: "the secret after \"=\" is not a UUID (8-4-4-4-12 hexadecimal digits); \(form)")
    }
    id = String(identity)
    self.secret = String(secret)
  }

  private static func isUUID(_ text: Substring) -> Bool {
    let groups = text.split(separator: "-", omittingEmptySubsequences: false)
    return groups.map(\.utf8.count) == [8, 4, 4, 4, 12]
      && groups.allSatisfy { group in group.utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit } }
  }

  /// The value of the `Authorization` header: the only place where the secret goes.
  var authorization: String { "PVEAPIToken=\(id)=\(secret)" }
}

extension APIToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "\(id)=‹secret›" }
  public var debugDescription: String { description }
  /// Without children: `dump` and string interpolation of what holds a token show no secret.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
