/// Turns a message into features. Pure, and the same code when the model is trained and when it decides.
public enum FeatureExtractor {
  /// Changes whenever the same message yields other features: weights learned before are then void.
  public static let version = 1
  /// Bits of an index.
  static let indexBits = 17
  /// Messages of at most so many words are also read together with what came before.
  static let shortMessage = 8
  /// Words whose pieces are read, from the front and the back.
  private static let piecedFront = 110
  private static let piecedBack = 40

  public static func features(of text: String, inventory: Inventory, after preceding: Preceding) -> FeatureVector {
    features(of: MessageText(text), names: inventory.index, after: preceding)
  }

  static func features(of text: MessageText, names: NameIndex, after preceding: Preceding) -> FeatureVector {
    var reading = Reading(text: text, names: names, preceding: preceding)
    reading.readWords()
    reading.addWords()
    reading.addTraits()
    return reading.features
  }

  /// The stand-ins for words whose class matters and not their letters.
  private enum Stand {
    static let guest = Hash64("<guest>").value
    static let node = Hash64("<node>").value
    static let storage = Hash64("<storage>").value
    static let vmid = Hash64("<vmid>").value
    static let nearly = Hash64("<nearly>").value
    static let service = Hash64("<service>").value
    static let number = Hash64("<number>").value
    static let size = Hash64("<size>").value
    static let address = Hash64("<address>").value
    static let path = Hash64("<path>").value
    static let flag = Hash64("<flag>").value
    static let start = Hash64("<start>").value
    static let end = Hash64("<end>").value
  }

  private enum Tag: UInt64 {
    case word = 1
    case pair, gap, follow, piece, trait
  }

  /// One message being read.
  private struct Reading {
    let text: MessageText
    let names: NameIndex
    let preceding: Preceding
    var features = FeatureVector()
    /// Each word's stand-in or itself.
    private var stands: [UInt64] = []
    /// Ordinary words that are also names: read both ways.
    private var alternatives: [Int: UInt64] = [:]
    private var senses: [Lexicon.Sense] = []
    private var named: UInt32 = 0
    private var namesFound = 0

    init(text: MessageText, names: NameIndex, preceding: Preceding) {
      self.text = text
      self.names = names
      self.preceding = preceding
      features.words.reserveCapacity(text.words.count * 4 + 8)
      features.pieces.reserveCapacity(min(text.bytes.count * 3, 2_400))
      features.traits.reserveCapacity(48)
      stands.reserveCapacity(text.words.count)
      senses.reserveCapacity(text.words.count)
    }

    mutating func readWords() {
      for (position, word) in text.words.enumerated() {
        var kind = names[word.hash]
        if kind == 0 { kind = joined(position) }
        var sense = Lexicon.Sense(rawValue: Lexicon.words[word.hash])
        sense.formUnion(stem(of: word))
        if kind != 0 {
          named |= kind
          namesFound += 1
          let stand = Self.stand(for: kind)
          if kind & NameIndex.Kind.ordinary != 0 {
            alternatives[position] = stand
            stands.append(word.hash)
          } else {
            stands.append(stand)
            sense.remove(.service)
          }
        } else {
          stands.append(stand(for: word, sense: sense, position: position))
        }
        senses.append(sense)
      }
    }

    /// "docker host" for a guest `docker-host`: the word with the one after or before it.
    private func joined(_ position: Int) -> UInt32 {
      func pair(_ first: Int) -> UInt32 {
        guard first >= 0, first + 1 < text.words.count else { return 0 }
        var hash = Hash64()
        for index in [first, first + 1] {
          for byte in text.bytes[Int(text.words[index].start)..<Int(text.words[index].end)] { hash.add(byte) }
        }
        return names[hash.value]
      }
      let kind = pair(position)
      return kind != 0 ? kind : pair(position - 1)
    }

    private func stem(of word: MessageText.Word) -> Lexicon.Sense {
      var hash = Hash64()
      var bits: UInt32 = 0
      let length = Int(word.end - word.start)
      for index in 0..<min(length, Lexicon.stemLengths.upperBound) {
        hash.add(text.bytes[Int(word.start) + index])
        if index + 1 >= Lexicon.stemLengths.lowerBound { bits |= Lexicon.stems[hash.value] }
      }
      return Lexicon.Sense(rawValue: bits)
    }

    private static func stand(for kind: UInt32) -> UInt64 {
      if kind & NameIndex.Kind.guest != 0 { return Stand.guest }
      if kind & NameIndex.Kind.node != 0 { return Stand.node }
      if kind & NameIndex.Kind.storage != 0 { return Stand.storage }
      return Stand.vmid
    }

    private func stand(for word: MessageText.Word, sense: Lexicon.Sense, position: Int) -> UInt64 {
      if sense.contains(.service) { return Stand.service }
      switch word.shape {
      case .number: return Stand.number
      case .size: return Stand.size
      case .address: return Stand.address
      case .path: return Stand.path
      case .flag: return Stand.flag
      case .mixed, .word:
        // Only unknown words are compared with names: "home" is not a slip of "hone".
        if sense.isEmpty, position < FeatureExtractor.piecedFront,
          names.nearly(text.bytes[Int(word.start)..<Int(word.end)])
        {
          return Stand.nearly
        }
        return word.hash
      }
    }

    mutating func addWords() {
      let count = stands.count
      let short = count <= FeatureExtractor.shortMessage
      let follow = UInt64(preceding.rawValue) + 1
      for position in 0..<count {
        let stand = stands[position]
        let next = position + 1 < count ? stands[position + 1] : Stand.end
        add(.word, stand)
        add(.pair, stand, next)
        if position + 2 < count { add(.gap, stand, stands[position + 2]) }
        if position == 0 {
          add(.pair, Stand.start, stand)
          if count > 1 { add(.gap, Stand.start, next, stand) }
        }
        if let other = alternatives[position] {
          add(.word, other)
          add(.pair, position > 0 ? stands[position - 1] : Stand.start, other)
          add(.pair, other, next)
        }
        if short {
          add(.follow, stand, follow)
          add(.follow, stand, next, follow)
          if let other = alternatives[position] { add(.follow, other, follow) }
        }
        if position < FeatureExtractor.piecedFront || position >= count - FeatureExtractor.piecedBack {
          addPieces(text.words[position], stand: stand)
        }
      }
    }

    /// Pieces of three to five letters of a word with its ends marked; of a stand-in none: its letters are anybody's.
    private mutating func addPieces(_ word: MessageText.Word, stand: UInt64) {
      guard stand == word.hash else { return }
      let (start, end) = (Int(word.start), Int(word.end))
      // From the mark before the word to the mark behind it, at most twenty letters.
      let last = min(end, start + 20)
      for first in (start - 1)..<last {
        var hash = Hash64()
        for offset in 0..<5 where first + offset <= last {
          let place = first + offset
          hash.add(place < start || place >= last ? 0x23 : text.bytes[place])
          if offset >= 2 { features.pieces.append(Self.index(.piece, hash.value)) }
        }
      }
    }

    mutating func addTraits() {
      let count = text.words.count
      let follow = UInt64(preceding.rawValue)
      trait(1, follow)
      let size = Self.bucket(count)
      trait(2, size)
      trait(3, follow, size)
      if text.questions > 0 { trait(4, text.endsWithQuestion ? 1 : 0) } else { trait(5) }
      if text.lines > 1 {
        trait(6, Self.bucket(text.lines))
        trait(7, text.machineMarks > 2 ? 2 : text.machineMarks > 0 ? 1 : 0)
      }
      if text.quotes > 0 { trait(8) }
      if text.backticks > 0 { trait(9) }
      if text.brackets > 2 { trait(10) }
      if text.endsWithColon { trait(11) }
      if text.cut { trait(12) }
      let sure = named & ~NameIndex.Kind.ordinary
      trait(13, UInt64(min(namesFound, 3)), named & NameIndex.Kind.ordinary != 0 ? 1 : 0)
      for bit in 0..<4 where sure & (1 << bit) != 0 { trait(14, UInt64(bit)) }
      var all = Lexicon.Sense()
      for sense in senses.prefix(40) { all.formUnion(sense) }
      let hasName: UInt64 = namesFound > 0 ? 1 : 0
      features.aboutCluster =
        namesFound > 0 || !all.isDisjoint(with: Lexicon.trade) || preceding == .tools || preceding == .offer
      let kinds = Lexicon.Sense.kinds
      for (index, kind) in kinds.enumerated() where all.contains(kind) {
        trait(15, UInt64(index))
        trait(16, UInt64(index), hasName)
        for (other, second) in kinds.enumerated() where other > index && all.contains(second) {
          trait(17, UInt64(index), UInt64(other))
        }
      }
      if let first = senses.first {
        for (index, kind) in kinds.enumerated() where first.contains(kind) {
          trait(18, UInt64(index))
          trait(19, UInt64(index), hasName)
        }
      }
      trait(20, language())
      trait(21, language(), hasName)
    }

    /// The language whose small words are most; 5 where there are none.
    private func language() -> UInt64 {
      var best = (count: 0, index: Lexicon.Sense.languages.count)
      for (index, language) in Lexicon.Sense.languages.enumerated() {
        let count = senses.prefix(40).reduce(0) { $0 + ($1.contains(language) ? 1 : 0) }
        if count > best.count { best = (count, index) }
      }
      return UInt64(best.index)
    }

    private static func bucket(_ count: Int) -> UInt64 {
      switch count {
      case 0...4: UInt64(count)
      case 5...6: 5
      case 7...9: 6
      case 10...14: 7
      case 15...25: 8
      case 26...60: 9
      default: 10
      }
    }

    private mutating func trait(_ number: UInt64, _ a: UInt64 = 0, _ b: UInt64 = 0) {
      features.traits.append(Self.index(.trait, number &* 0x1_0001 &+ 17, a &+ 3, b &+ 5))
    }

    private mutating func add(_ tag: Tag, _ a: UInt64, _ b: UInt64 = 0, _ c: UInt64 = 0) {
      features.words.append(Self.index(tag, a, b, c))
    }

    private static func index(_ tag: Tag, _ a: UInt64, _ b: UInt64 = 0, _ c: UInt64 = 0) -> UInt32 {
      var hash = Hash64()
      hash.add(tag.rawValue)
      hash.add(a)
      hash.add(b)
      hash.add(c)
      return UInt32(
        truncatingIfNeeded: (hash.value &* 0xD6E8_FEB8_6659_FD93) >> UInt64(64 - FeatureExtractor.indexBits))
    }
  }
}
