/// Finds where secrets stand in a text, by their form.
///
/// One pass in linear time: what a rule has looked at far from its anchor, the pass does not look at again, and whatever
/// else a rule looks at is bounded.
enum SecretScanner {
  /// How far a URL's authority and a word are followed.
  static let maximumWord = 8_192
  /// How far before `| chpasswd` the line is read.
  static let maximumLookBack = 256

  /// The ranges of secrets, in no order; they may overlap.
  static func secrets(in bytes: [UInt8]) -> [Range<Int>] {
    var scan = SecretScan(bytes: bytes)
    scan.run()
    return scan.found
  }
}

/// The pass itself: looks at each byte for the anchor of a rule.
struct SecretScan {
  let bytes: [UInt8]
  private(set) var found: [Range<Int>] = []
  /// Nothing before this is looked at again: a long secret costs its length once.
  private var resumeAt = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func run() {
    var position = 0
    while position < bytes.count {
      look(at: position)
      position = max(position + 1, resumeAt)
    }
  }

  private mutating func look(at position: Int) {
    switch bytes[position] {
    case UInt8(ascii: "-"):
      privateKey(at: position)
      option(at: position)
    case UInt8(ascii: ":"):
      urlPassword(at: position)
      namedValue(at: position)
    case UInt8(ascii: "="): namedValue(at: position)
    case UInt8(ascii: "!"): apiToken(at: position)
    case UInt8(ascii: "$"): cryptHash(at: position)
    case UInt8(ascii: "|"): changedPassword(at: position)
    case UInt8(ascii: "P"): ticket(at: position)
    case UInt8(ascii: "v"): tokenValue(at: position)
    default: break
    }
    if Self.spokenInitials.contains(bytes[position]), let spoken = spokenSecret(at: position) {
      // What stands between the noun and its value is looked at as well.
      found.append(spoken)
    }
    if Self.prefixInitials.contains(bytes[position]), isWordStart(position) { knownPrefix(at: position) }
  }

  // MARK: Rules

  /// `-----BEGIN … PRIVATE KEY-----` to its end line, or to the end of the text where that is missing.
  private mutating func privateKey(at position: Int) {
    guard matches("-----BEGIN ", at: position) else { return }
    let label = position + 11
    guard let close = find("-----", from: label, limit: 64), contains("PRIVATE KEY", in: label..<close) else { return }
    let end = find("-----END ", from: close, limit: bytes.count).flatMap { find("-----", from: $0 + 9, limit: 64) }
    take(position..<(end.map { $0 + 5 } ?? bytes.count))
  }

  /// `--password hunter2`, `--token=…` (the latter is a named value), `-u user:password`, `sshpass -p …`.
  private mutating func option(at position: Int) {
    guard position == 0 || isSpace(bytes[position - 1]) || isQuote(bytes[position - 1]) else { return }
    if matches("-u ", at: position) || matches("--user ", at: position) || matches("--proxy-user ", at: position) {
      let start = skipSpaces(from: end(ofWord: position))
      let value = value(at: start)
      if let colon = bytes[value].firstIndex(of: UInt8(ascii: ":")) { take((colon + 1)..<value.upperBound) }
    } else if matches("-p ", at: position), endsWith("sshpass", before: position) {
      take(value(at: skipSpaces(from: position + 2)))
    } else if matches("--", at: position) {
      let nameEnd = end(ofName: position + 2)
      guard nameEnd < bytes.count, bytes[nameEnd] == UInt8(ascii: " "),
        SecretName.isSecret(bytes[(position + 2)..<nameEnd])
      else { return }
      let value = value(at: skipSpaces(from: nameEnd))
      if value.lowerBound < bytes.count, bytes[value.lowerBound] != UInt8(ascii: "-") { takeIfSecret(value) }
    }
  }

  /// `scheme://user:password@host`.
  private mutating func urlPassword(at position: Int) {
    guard matches("://", at: position) else { return }
    let start = position + 3
    let limit = min(bytes.count, start + SecretScanner.maximumWord)
    var end = start
    while end < limit, !isSpace(bytes[end]), !isQuote(bytes[end]), !"/?#<>".utf8.contains(bytes[end]) { end += 1 }
    guard let at = bytes[start..<end].lastIndex(of: UInt8(ascii: "@")),
      let colon = bytes[start..<at].firstIndex(of: UInt8(ascii: ":"))
    else { return }
    take((colon + 1)..<at)
  }

  /// `name: value`, `NAME=value`, `"name":"value"` where the name announces a secret, and HTTP's authorization headers.
  private mutating func namedValue(at position: Int) {
    var nameEnd = position
    while nameEnd > 0, isSpace(bytes[nameEnd - 1]), bytes[nameEnd - 1] != 0x0A, position - nameEnd < 4 { nameEnd -= 1 }
    while nameEnd > 0, isQuote(bytes[nameEnd - 1]) || bytes[nameEnd - 1] == UInt8(ascii: "\\") { nameEnd -= 1 }
    var nameStart = nameEnd
    while nameStart > 0, isName(bytes[nameStart - 1]), nameEnd - nameStart < SecretName.maximumLength { nameStart -= 1 }
    let name = bytes[nameStart..<nameEnd]
    if name.elementsEqual("chpasswd".utf8) { return cloudInitPasswords(from: position + 1) }
    guard !name.isEmpty, SecretName.isSecret(name) else { return }
    let isHeader = endsWith("uthorization", in: name) || endsWith("ookie", in: name)
    let start = skipSpaces(from: position + 1)
    takeIfSecret(isHeader ? header(at: start) : value(at: start))
  }

  /// `pveum user token add` prints the secret beside "value", in a table or as JSON.
  private mutating func tokenValue(at position: Int) {
    guard matches("value", at: position), isWordStart(position) else { return }
    var start = position + 5
    while start < bytes.count, start < position + 32, !isHex(bytes[start]) { start += 1 }
    if let end = uuid(at: start), contains("tokenid", in: max(0, position - 512)..<min(bytes.count, end + 512)) {
      take(start..<end)
    }
  }

  /// `root@pam!jarvis=UUID`, also with a colon or a space for the sign.
  private mutating func apiToken(at position: Int) {
    guard position > 0, isName(bytes[position - 1]) else { return }
    let name = end(ofName: position + 1)
    guard name > position + 1, name < bytes.count else { return }
    var start = name
    while start < bytes.count, start < name + 4, "=: \"'".utf8.contains(bytes[start]) { start += 1 }
    if start > name, let end = uuid(at: start) { take(start..<end) }
  }

  /// `$6$salt$hash` and its kin: passwords as `/etc/shadow` and cloud-init hold them.
  private mutating func cryptHash(at position: Int) {
    let kinds = ["$1$", "$2a$", "$2b$", "$2y$", "$5$", "$6$", "$7$", "$y$", "$gy$", "$argon2"]
    guard kinds.contains(where: { matches($0, at: position) }) else { return }
    var end = position
    while end < bytes.count, end - position < SecretScanner.maximumWord, isHashCharacter(bytes[end]) { end += 1 }
    if end - position >= 20 { take(position..<end) }
  }

  /// `echo root:password | chpasswd`.
  private mutating func changedPassword(at position: Int) {
    guard let command = find("chpasswd", from: position, limit: 48),
      bytes[(position + 1)..<command].allSatisfy({ isName($0) || isSpace($0) || $0 == UInt8(ascii: "/") })
    else { return }
    var start = position
    while start > 0, bytes[start - 1] != 0x0A, position - start < SecretScanner.maximumLookBack { start -= 1 }
    var word = start
    while word < position {
      let end = min(end(ofWord: word), position)
      if let colon = bytes[word..<end].firstIndex(of: UInt8(ascii: ":")) {
        var last = end
        while last > colon + 1, isQuote(bytes[last - 1]) { last -= 1 }
        take((colon + 1)..<last)
      }
      word = skipSpaces(from: max(end, word + 1))
    }
  }

  /// cloud-init's `chpasswd:` with a list of `name:password` lines below it.
  private mutating func cloudInitPasswords(from position: Int) {
    var line = position
    for _ in 0..<Self.maximumChpasswdLines {
      guard let newline = bytes[line...].firstIndex(of: 0x0A), newline - line < SecretScanner.maximumWord else {
        return
      }
      line = newline + 1
      // The block ends with the first line that is not indented.
      guard line < bytes.count, isSpace(bytes[line]) else { return }
      var start = skipSpaces(from: line)
      if matches("- ", at: start) { start = skipSpaces(from: start + 2) }
      let nameEnd = end(ofName: start)
      // `list: |` and `expire: false` have a space behind their colon, a name and its password have none.
      guard nameEnd > start, nameEnd + 1 < bytes.count, bytes[nameEnd] == UInt8(ascii: ":"),
        !isSpace(bytes[nameEnd + 1])
      else { continue }
      take((nameEnd + 1)..<end(ofWord: nameEnd + 1))
    }
  }

  /// Lines of a `chpasswd` block that are read, at most.
  private static let maximumChpasswdLines = 64

  /// `PVE:root@pam:65A1B2C3::signature`: Proxmox tickets, also of its siblings and for VNC.
  private mutating func ticket(at position: Int) {
    guard ["PVE:", "PVEVNC:", "PVETERM:", "PBS:", "PMG:"].contains(where: { matches($0, at: position) }),
      let mark = find("::", from: position, limit: 160), !bytes[position..<mark].contains(where: isSpace)
    else { return }
    var end = mark + 2
    while end < bytes.count, isHashCharacter(bytes[end]) || bytes[end] == UInt8(ascii: "%") { end += 1 }
    if end - mark > 18 { take((mark + 2)..<end) }
  }

  private static let prefixes = [
    "sk-", "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "hf_", "tskey-", "AKIA", "eyJ",
    "AGE-SECRET-KEY-",
  ]
  private static let prefixInitials = Set(prefixes.compactMap(\.utf8.first))

  /// Keys that say by their beginning what they are, and JSON web tokens.
  private mutating func knownPrefix(at position: Int) {
    guard let prefix = Self.prefixes.first(where: { matches($0, at: position) }) else { return }
    var end = position + prefix.utf8.count
    while end < bytes.count, isName(bytes[end]) { end += 1 }
    // A word of the language can begin like a key, but is not as long, and a web token has its dots.
    let isWebToken = prefix != "eyJ" || bytes[position..<end].count { $0 == UInt8(ascii: ".") } >= 2
    if end - position >= 18, isWebToken { take(position..<end) }
  }

  // MARK: Taking

  private mutating func takeIfSecret(_ range: Range<Int>) {
    guard SecretName.mayBeValue(bytes[range]) else {
      resumeAt = max(resumeAt, range.upperBound)
      return
    }
    // Of `root@pam!jarvis=UUID` only what stands behind the sign is secret; who it is should stay readable.
    let value = bytes[range]
    if let mark = value.firstIndex(of: UInt8(ascii: "!")), let sign = value[mark...].firstIndex(of: UInt8(ascii: "=")),
      value[..<mark].contains(UInt8(ascii: "@"))
    {
      take((sign + 1)..<range.upperBound)
    } else {
      take(range)
    }
  }

  private mutating func take(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    found.append(range)
    resumeAt = max(resumeAt, range.upperBound)
  }
}
