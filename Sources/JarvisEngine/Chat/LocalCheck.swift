import Foundation
import JarvisRouting

/// Why a local model's answer is none.
enum LocalFault: Sendable, Hashable {
  /// It said `NEED_TOOLS`.
  case needsTools
  case empty
  case refused
  case repeated
  /// It named a guest's number that nobody has.
  case invented(String)
  case tooLong
  /// It could not be asked, for this reason.
  case out(String)

  /// One short phrase for the badge.
  var reason: String {
    switch self {
    case .needsTools: "Qwen asked for tools"
    case .empty: "Qwen gave an empty answer"
    case .refused: "Qwen said that it cannot"
    case .repeated: "Qwen repeated itself"
    case .invented(let name): "Qwen named guest \(name), which does not exist"
    case .tooLong: "too long for Qwen"
    case .out(let why): why
    }
  }

  /// True where the route was wrong, and not the local model's health or the length of a good answer.
  var isMisroute: Bool {
    switch self {
    case .needsTools, .empty, .refused, .repeated, .invented: true
    case .tooLong, .out: false
    }
  }

  /// True where nothing was said at all.
  var isSilence: Bool {
    switch self {
    case .empty, .out: true
    case .needsTools, .refused, .repeated, .invented, .tooLong: false
    }
  }

  /// True where tools may be wanted after all: nobody judged what for, so the strong model takes it.
  var mayNeedTools: Bool {
    switch self {
    case .needsTools, .empty, .refused, .invented: true
    case .repeated, .tooLong, .out: false
    }
  }
}

/// What is looked at once a local model has answered: whether somebody with tools had better do it (`models.md`, routing 6).
enum LocalCheck {
  /// The same line, or the same few words at the end, this often is a loop and no answer.
  static let repetitions = 4
  /// Shorter lines repeat in honest tables.
  static let shortestLine = 12

  /// Why the answer is none; nil where it is one.
  /// - Parameters:
  ///   - question: may name whatever it likes; so may the answer then.
  ///   - inventory: empty where no cluster is known, and then no name is wrong.
  static func fault(in answer: String, question: String, inventory: Inventory) -> LocalFault? {
    if answer.allSatisfy(\.isWhitespace) { return .empty }
    if refuses(answer) { return .refused }
    if loops(answer) { return .repeated }
    if let name = invented(in: answer, question: question, inventory: inventory) {
      return .invented(name)
    }
    return nil
  }

  /// How a model says that it would need what it has not: at the start of an answer only, since advice may well say later
  /// what somebody cannot do.
  private static let refusals = [
    "i can't access", "i cannot access", "i don't have access", "i do not have access", "i can't check",
    "i cannot check",
    "i'm unable to", "i am unable to", "i'm not able to", "i am not able to", "i don't have real-time",
    "i do not have real-time", "as an ai", "i can't help with", "i cannot help with", "i can't perform",
    "i cannot perform", "ich habe keinen zugriff", "ich kann nicht auf", "ich kann leider nicht", "als ki",
    "je n'ai pas accès", "je ne peux pas accéder", "en tant qu'ia", "no tengo acceso", "no puedo acceder", "como ia",
  ]

  private static func refuses(_ answer: String) -> Bool {
    var start = answer.prefix(120).lowercased().replacing("’", with: "'")[...]
    for opening in [
      "i'm sorry, but ", "i'm sorry. ", "sorry, but ", "sorry, ", "es tut mir leid, ", "désolé, ", "lo siento, ",
    ]
    where start.hasPrefix(opening) {
      start = start.dropFirst(opening.count)
    }
    return refusals.contains { start.hasPrefix($0) }
  }

  private static func loops(_ answer: String) -> Bool {
    var counts: [Substring: Int] = [:]
    for line in answer.split(whereSeparator: \.isNewline) where line.count >= shortestLine {
      counts[line, default: 0] += 1
      if counts[line] == repetitions { return true }
    }
    // The same words over and over without a line's end: the tail is what stands before it, again and again.
    let tail = Array(answer.utf8.suffix(400))
    for length in stride(from: shortestLine, through: tail.count / repetitions, by: 1) {
      let last = tail.suffix(length)
      var repeated = 1
      while repeated < repetitions,
        tail.dropLast(length * repeated).suffix(length).elementsEqual(last)
      {
        repeated += 1
      }
      // A ruled line or padding is one character repeated, and no words.
      if repeated == repetitions, Set(last).count > 3 { return true }
    }
    return false
  }

  /// A guest's number that nobody has: the one kind of name that can be told from prose with certainty.
  private static func invented(in answer: String, question: String, inventory: Inventory) -> String? {
    guard !inventory.vmids.isEmpty else { return nil }
    for match in answer.matches(of: /(?i)\b(?:vm|ct|vmid|guest|container)\s+#?(\d{3,9})\b/) {
      let number = match.1
      if let vmid = Int(number), !inventory.vmids.contains(vmid), !question.contains(number) { return String(number) }
    }
    return nil
  }
}
