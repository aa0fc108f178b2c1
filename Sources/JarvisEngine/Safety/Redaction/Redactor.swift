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
    var bytes = Array(text.utf8)
    var changed = false
    // What stood behind a secret may only show itself once that is gone; more than two rounds are a riddle.
    for _ in 0..<Self.maximumRounds {
      guard let redacted = redactOnce(bytes) else { break }
      bytes = redacted
      changed = true
    }
    return changed ? String(decoding: bytes, as: UTF8.self) : text
  }

  static let maximumRounds = 8

  /// nil where there is no secret.
  private func redactOnce(_ bytes: [UInt8]) -> [UInt8]? {
    let placeholders = Self.placeholders(in: bytes)
    var secrets = SecretScanner.secrets(in: bytes) + knownSecrets(in: bytes)
    if !placeholders.isEmpty { secrets = secrets.map { Self.clip($0, before: placeholders) } }
    secrets = Self.merged(secrets.filter { !$0.isEmpty }.sorted { $0.lowerBound < $1.lowerBound })
    if secrets.isEmpty { return nil }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var position = 0
    for secret in secrets {
      result += bytes[position..<secret.lowerBound]
      result += Array(placeholder(for: bytes[secret]).utf8)
      position = secret.upperBound
    }
    return result + bytes[position...]
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
              let isPlaceholder = Self.placeholder(in: bytes, at: 0) == bytes.count
              return (key, isPlaceholder ? value : .string(placeholder(for: bytes[...])))
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
  private static let closing = Array("›".utf8)

  /// The end of the placeholder that begins at `position`; nil where none does.
  private static func placeholder(in bytes: [UInt8], at position: Int) -> Int? {
    let digits = position + opening.count
    let end = digits + 4 + closing.count
    guard end <= bytes.count, bytes[position] == opening[0], bytes[position..<digits].elementsEqual(opening),
      bytes[digits..<(digits + 4)].allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }),
      bytes[(digits + 4)..<end].elementsEqual(closing)
    else { return nil }
    return end
  }

  private static func placeholders(in bytes: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var position = 0
    while position < bytes.count {
      if bytes[position] == opening[0], let end = placeholder(in: bytes, at: position) {
        found.append(position..<end)
        position = end
      } else {
        position += 1
      }
    }
    return found
  }

  /// A placeholder is no secret, nor part of one: what reaches into one ends before it.
  private static func clip(_ range: Range<Int>, before placeholders: [Range<Int>]) -> Range<Int> {
    // The first that ends behind the range's beginning, by halving.
    var (low, high) = (0, placeholders.count)
    while low < high {
      let middle = (low + high) / 2
      if placeholders[middle].upperBound > range.lowerBound { high = middle } else { low = middle + 1 }
    }
    guard low < placeholders.count, placeholders[low].lowerBound < range.upperBound else { return range }
    return range.lowerBound..<max(range.lowerBound, placeholders[low].lowerBound)
  }

  /// Ranges in order, overlapping ones joined.
  private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for range in ranges {
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
