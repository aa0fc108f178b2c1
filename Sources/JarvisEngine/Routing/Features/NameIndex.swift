/// The inventory's names made ready for look-up: built once per picture, read by every decision.
struct NameIndex: Sendable, Hashable {
  /// What a word names: bits.
  enum Kind {
    static let node: UInt32 = 1
    static let guest: UInt32 = 2
    static let storage: UInt32 = 4
    static let vmid: UInt32 = 8
    /// Also an everyday word: "home", "backup".
    static let ordinary: UInt32 = 16
  }

  private let map: WordMap
  /// Folded names as given, for equality.
  private let names: [String]
  /// Long names by length, for one slip of the keyboard.
  private let byLength: [Int: [[UInt8]]]

  /// Shorter names are not guessed at.
  static let shortestGuess = 5
  /// Names that are compared letter by letter; a cluster with more has its first ones compared.
  static let maximumGuesses = 256

  init(nodes: [String], guests: [String], vmids: [Int], storages: [String]) {
    var entries: [(UInt64, UInt32)] = []
    var byLength: [Int: [[UInt8]]] = [:]
    var guesses = 0
    func add(_ name: String, _ kind: UInt32) {
      let folded = MessageText(name)
      guard let first = folded.words.first else { return }
      // A name of several words is known by the words put together, as `joined` looks them up.
      var hash = Hash64()
      var bytes: [UInt8] = []
      for word in folded.words {
        for index in Int(word.start)..<Int(word.end) {
          bytes.append(folded.bytes[index])
          hash.add(folded.bytes[index])
        }
      }
      let ordinary = folded.words.count == 1 && Lexicon.ordinaryNames.contains(first.hash) ? Kind.ordinary : 0
      entries.append((hash.value, kind | ordinary))
      let plain = bytes.filter { $0 != 0x2D && $0 != 0x5F && $0 != 0x2E }
      if plain.count != bytes.count {
        var joined = Hash64()
        for byte in plain { joined.add(byte) }
        entries.append((joined.value, kind))
      }
      if bytes.count >= Self.shortestGuess, ordinary == 0, guesses < Self.maximumGuesses {
        byLength[bytes.count, default: []].append(bytes)
        guesses += 1
      }
    }
    for name in nodes { add(name, Kind.node) }
    for name in guests { add(name, Kind.guest) }
    for name in storages { add(name, Kind.storage) }
    for vmid in vmids { add(String(vmid), Kind.vmid) }
    map = WordMap(entries)
    names = nodes + guests + storages + vmids.map(String.init)
    self.byLength = byLength
  }

  /// What this word names; 0 for nothing.
  subscript(hash: UInt64) -> UInt32 { map[hash] }

  /// True where a name differs from these folded bytes by one slip: a letter too many, too few, wrong, or two swapped.
  func nearly(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count + 1 >= Self.shortestGuess else { return false }
    for length in (bytes.count - 1)...(bytes.count + 1) {
      for name in byLength[length] ?? [] where name[0] == bytes[bytes.startIndex] && Self.oneSlip(name, bytes) {
        return true
      }
    }
    return false
  }

  private static func oneSlip(_ name: [UInt8], _ word: ArraySlice<UInt8>) -> Bool {
    let start = word.startIndex
    let shorter = min(name.count, word.count)
    var front = 0
    while front < shorter, name[front] == word[start + front] { front += 1 }
    var back = 0
    while back < shorter - front, name[name.count - 1 - back] == word[start + word.count - 1 - back] { back += 1 }
    let (left, right) = (name.count - front - back, word.count - front - back)
    if left <= 1, right <= 1 { return true }
    return left == 2 && right == 2 && name[front] == word[start + front + 1] && name[front + 1] == word[start + front]
  }

  static func == (left: Self, right: Self) -> Bool { left.names == right.names }
  func hash(into hasher: inout Hasher) { hasher.combine(names) }
}
