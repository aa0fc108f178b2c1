/// Secrets as people say them: "the password of tank is hunter2", "das Passwort lautet …".
extension SecretScan {
  /// How far behind the noun the value is looked for, in bytes; sentences that go on longer say something else.
  static let maximumSentence = 96

  private static let nouns = [
    "password", "passphrase", "passcode", "passwort", "kennwort", "mot de passe", "contrase\u{F1}a", "clave", "pin",
  ].map { Array($0.utf8) }
  static let spokenInitials = Set("pPkKmMcC".utf8)

  /// What stands between the noun and its value.
  private static let copulas = [" is ", " was ", " to ", " ist ", " lautet ", " auf ", " est ", " es ", ": ", " = "].map
  {
    Array($0.utf8)
  }
  /// Words before the value that say nothing of it.
  private static let fillers: Set<String> = [
    "now", "still", "set", "to", "jetzt", "nun", "maintenant", "ahora", "the", "just",
  ]

  /// What a password is said to be, and is none.
  private static let states: Set<String> = [
    "wrong", "right", "correct", "incorrect", "expired", "expiring", "weak", "strong", "short", "long", "changed",
    "needed",
    "required", "missing", "empty", "stored", "kept", "unknown", "secret", "safe", "secure", "here", "there", "same",
    "different", "invalid", "valid", "lost", "forgotten", "gone", "known", "saved", "ready", "done", "fine", "okay",
    "good",
    "bad", "mandatory", "optional", "disabled", "enabled", "rotated", "encrypted", "hashed", "hidden", "asked", "sent",
    "falsch", "richtig", "abgelaufen", "schwach", "leer", "gleich", "sicher", "weg", "bekannt", "unbekannt", "verloren",
    "vergessen", "faux", "fausse", "incorrecte", "perdu", "vide", "faible", "incorrecta", "correcta", "caducada",
    "vacia",
    "perdida", "segura",
  ]

  /// The value that a sentence gives to the secret that `position` names; nil where there is none.
  func spokenSecret(at position: Int) -> Range<Int>? {
    guard isWordStart(position), let noun = Self.nouns.first(where: { begins($0, at: position) }) else { return nil }
    let start = position + noun.count
    guard start < bytes.count, !isName(bytes[start]) || bytes[start] == UInt8(ascii: ".") else { return nil }
    let isPin = noun.count == 3
    var place = start
    let limit = min(bytes.count, start + Self.maximumSentence)
    while place < limit, bytes[place] != 0x0A, bytes[place] != UInt8(ascii: "?"), bytes[place] != UInt8(ascii: "=") {
      if let copula = Self.copulas.first(where: { bytes[place...].starts(with: $0) }) {
        if let value = spokenValue(at: place + copula.count), !isPin || isPinNumber(value) { return value }
      }
      place += 1
    }
    return nil
  }

  private func spokenValue(at start: Int) -> Range<Int>? {
    var start = skipSpaces(from: start)
    for _ in 0..<2 where Self.fillers.contains(word(at: start)) { start = skipSpaces(from: end(ofWord: start)) }
    guard start < bytes.count else { return nil }
    let isQuoted = isQuote(bytes[start])
    var range = value(at: start)
    if !isQuoted {
      // The sentence's own full stop.
      while !range.isEmpty, ".!?".utf8.contains(bytes[range.upperBound - 1]) {
        range = range.lowerBound..<range.upperBound - 1
      }
    }
    guard range.count >= 4, SecretName.mayBeValue(bytes[range]) else { return nil }
    if isQuoted || looksChosen(range) { return range }
    // A plain word is one only where the sentence ends with it, and where it tells no state.
    let endsSentence = range.upperBound == bytes.count || ".!,;)\n".utf8.contains(bytes[range.upperBound])
    return endsSentence && !Self.states.contains(text(range)) ? range : nil
  }

  /// Digits, signs or capitals within: no word of a language.
  private func looksChosen(_ range: Range<Int>) -> Bool {
    let value = bytes[range]
    if value.contains(where: { (0x30...0x39).contains($0) || "!#$%&*+=@^_~?".utf8.contains($0) }) { return true }
    return value.dropFirst().contains { (0x41...0x5A).contains($0) } && value.contains { (0x61...0x7A).contains($0) }
  }

  private func isPinNumber(_ range: Range<Int>) -> Bool {
    (4...12).contains(range.count) && bytes[range].allSatisfy { (0x30...0x39).contains($0) }
  }

  private func word(at start: Int) -> String { text(start..<min(end(ofName: start), bytes.count)) }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self).lowercased() }

  private func begins(_ noun: [UInt8], at position: Int) -> Bool {
    guard position + noun.count <= bytes.count else { return false }
    return noun.indices.allSatisfy { offset in
      let byte = bytes[position + offset]
      return (0x41...0x5A).contains(byte) ? byte + 32 == noun[offset] : byte == noun[offset]
    }
  }
}
