/// Which names announce a secret, and which values can be none.
enum SecretName {
  /// Endings, lower case, without `-`, `_` and `.`: "MYSQL_ROOT_PASSWORD" ends in "password".
  private static let endings = [
    "password", "passwd", "passphrase", "secret", "token", "apikey", "accesskey", "secretkey", "privatekey",
    "presharedkey", "encryptionkey", "masterkey", "authkey", "signingkey", "csrfpreventiontoken", "authorization",
    "authcookie", "cookie", "credentials", "secretaccesskey", "clientsecret", "psk", "pgpassword",
  ].map { Array($0.utf8) }

  /// Longer names are judged by their end.
  static let maximumLength = 64

  static func isSecret(_ name: String) -> Bool {
    isSecret(Array(name.utf8.suffix(maximumLength))[...])
  }

  /// - Parameter name: letters, digits, `-`, `_`, `.`.
  static func isSecret(_ name: ArraySlice<UInt8>) -> Bool {
    let letters = name.compactMap { byte -> UInt8? in
      switch byte {
      case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): nil
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte + 32
      default: byte
      }
    }
    return endings.contains { letters.count >= $0.count && letters.suffix($0.count).elementsEqual($0) }
  }

  private static let harmless: Set<String> = [
    "null", "nil", "none", "true", "false", "yes", "no", "undef", "required", "optional", "redacted", "expired",
    "invalid", "missing", "bearer", "basic", "set", "unset", "string", "int",
  ]

  /// False for what stands where a secret would and is none: nothing, a word such as `null`, asterisks, a variable.
  static func mayBeValue(_ value: ArraySlice<UInt8>) -> Bool {
    guard let first = value.first else { return false }
    if first == UInt8(ascii: "$"), let second = value.dropFirst().first {
      // `$PASSWORD` and `${PASSWORD}` are references; `$6$…` is a hash.
      if second == UInt8(ascii: "{") || second == UInt8(ascii: "(") || isLetter(second),
        !value.dropFirst().contains(first)
      {
        return false
      }
    }
    if value.allSatisfy({ $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "x") || $0 == UInt8(ascii: ".") }) {
      return false
    }
    return !harmless.contains(String(decoding: value, as: UTF8.self).lowercased())
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || byte == UInt8(ascii: "_")
  }
}
