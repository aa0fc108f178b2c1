/// How people really type: small letters, no stops, a courtesy before or behind, a slip of a finger.
enum Disguise {
  private static let before = [
    "hey jarvis, ", "jarvis ", "please ", "hi, ", "can you ", "could you please ", "so ", "ok, ", "hm, ", "quick one: ",
    "hello, ", "kannst du bitte ", "bitte ", "hallo, ", "du, ", "sag mal, ", "dis, ", "s'il te plaît ", "oye, ",
    "por favor ", "um, ", "btw ", "also ", "and ",
  ]
  private static let behind = [
    " please", " thanks", ", thanks!", " asap", " bitte", " danke", " s'il te plaît", " stp", " merci", " por favor",
    " gracias", "?", "!", "...", " :)", " jarvis", ".", " thx", " mate",
  ]

  static func apply(to original: String, talk: Bool, isFollowUp: Bool, _ random: inout SplitMix) -> String {
    var text = original
    if !isFollowUp, !text.contains("\n") {
      if random.chance(7) { text = random.pick(before) + text }
      if random.chance(9) { text += random.pick(behind) }
    }
    if random.chance(25), let last = text.last, "?!.".contains(last) { text.removeLast() }
    if random.chance(8), let last = text.last, last.isLetter { text += random.pick(["?", ".", "!"]) }
    if random.chance(30) { text = text.prefix(1).uppercased() + text.dropFirst() }
    if random.chance(30) { text = text.lowercased() }
    if random.chance(8) { text = slip(text, &random) }
    return text
  }

  /// One slip in one longer word.
  private static func slip(_ text: String, _ random: inout SplitMix) -> String {
    var letters = Array(text)
    guard letters.count > 5 else { return text }
    for _ in 0..<4 {
      let place = 1 + random.below(letters.count - 3)
      guard letters[place].isLetter, letters[place + 1].isLetter, letters[place - 1].isLetter else { continue }
      switch random.below(3) {
      case 0: letters.swapAt(place, place + 1)
      case 1: letters.remove(at: place)
      default: letters.insert(letters[place], at: place)
      }
      break
    }
    return String(letters)
  }
}
