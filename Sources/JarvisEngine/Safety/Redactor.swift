import JarvisAPI

/// Takes secrets out of text on its way in – before model, memory, log, transcript or screen – and puts a stable
/// placeholder in their place: `‹secret:3f2a›`, the same for the same secret, so that a model can still refer to it.
///
/// Pure and linear in the text's length. It knows what secrets look like (`SecretScanner`) and the program's own ones.
public struct Redactor: Sendable {
  /// Known secrets shorter than this are not searched for: they would be found in words that are none.
  static let shortestKnown = 8

  private let salt: [UInt8]
  private let known: [[UInt8]]

  /// - Parameters:
  ///   - salt: makes the four digits of a placeholder say nothing about the secret; random, one for a data directory.
  ///   - known: the program's own secrets, e.g. its API token, taken out wherever and however they appear.
  public init(salt: [UInt8], known: [String] = []) {
    self.salt = salt
    self.known = known.map { Array($0.utf8) }.filter { $0.count >= Self.shortestKnown }.sorted { $0.count > $1.count }
  }

  /// The text without its secrets. Redacting twice changes nothing more.
  public func redact(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var secrets = SecretScanner.secrets(in: bytes)
    secrets += knownSecrets(in: bytes)
    if secrets.isEmpty { return text }
    secrets.sort { $0.lowerBound < $1.lowerBound }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var position = 0
    for var secret in Self.merged(secrets) {
      // A placeholder is no secret, nor is a part of one.
      if Self.isPlaceholder(bytes[secret]) { continue }
      secret = max(secret.lowerBound, position)..<secret.upperBound
      result += bytes[position..<secret.lowerBound]
      result += Array(placeholder(for: bytes[secret]).utf8)
      position = secret.upperBound
    }
    result += bytes[position...]
    return String(decoding: result, as: UTF8.self)
  }

  /// The value with every string in it redacted; a string under a key such as "password" is taken out whole.
  public func redact(_ value: JSONValue) -> JSONValue {
    switch value {
    case .string(let text): .string(redact(text))
    case .array(let values): .array(values.map(redact))
    case .object(let fields):
      .object(
        Dictionary(
          uniqueKeysWithValues: fields.map { key, value in
            if case .string(let text) = value, SecretName.isSecret(key), SecretName.mayBeValue(Array(text.utf8)[...]) {
              let bytes = Array(text.utf8)
              return (key, Self.isPlaceholder(bytes[...]) ? value : .string(placeholder(for: bytes[...])))
            }
            return (key, redact(value))
          }))
    case .null, .bool, .int, .double: value
    }
  }

  private func placeholder(for secret: ArraySlice<UInt8>) -> String {
    let digest = SHA256.digest(salt + secret)
    let digits = digest.prefix(2).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }
    return "‹secret:\(digits.joined())›"
  }

  private static let opening = Array("‹secret:".utf8)

  static func isPlaceholder(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.starts(with: opening)
  }

  /// Ranges in order, overlapping ones joined.
  private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for range in ranges where !range.isEmpty {
      if let last = result.last, range.lowerBound < last.upperBound {
        result[result.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        result.append(range)
      }
    }
    return result
  }

  private func knownSecrets(in bytes: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    for secret in known where secret.count <= bytes.count {
      var position = 0
      while position + secret.count <= bytes.count {
        if bytes[position] == secret[0], bytes[position..<(position + secret.count)].elementsEqual(secret) {
          found.append(position..<(position + secret.count))
          position += secret.count
        } else {
          position += 1
        }
      }
    }
    return found
  }
}
