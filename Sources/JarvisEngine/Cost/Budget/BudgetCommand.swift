import JarvisAPI

/// `/budget` and what may stand behind it.
public enum BudgetCommand: Sendable, Hashable {
  /// How the budgets stand.
  case show
  /// So much more for today.
  case lift(MicroDollars)

  /// The most that one lift adds: a slip of a zero is no blank cheque.
  public static let maximumLift = MicroDollars(100_000_000)

  /// Reads "+2 today", "+0.50", "". The reason is a sentence for the person.
  public static func parse(_ line: String) -> Result<BudgetCommand, CommandMistake> {
    let words = line.split(whereSeparator: \.isWhitespace).map { $0.lowercased() }
    guard let first = words.first else { return .success(.show) }
    guard first.hasPrefix("+"), words.count == 1 || words.count == 2 && words[1] == "today" else {
      return .failure(CommandMistake("`/budget` shows the budgets, `/budget +2 today` adds two dollars for today"))
    }
    let digits = first.dropFirst().drop { $0 == "$" }
    guard let amount = MicroDollars(dollars: String(digits)), amount > .zero else {
      return .failure(CommandMistake("“\(first.prefix(20))” is no amount in dollars: `/budget +2 today`"))
    }
    guard amount <= maximumLift else {
      return .failure(CommandMistake("at most \(maximumLift.text) can be added at once"))
    }
    return .success(.lift(amount))
  }
}

/// A typed command that was not understood, in a sentence for the person.
public struct CommandMistake: Error, Sendable, Hashable {
  public var sentence: String
  public init(_ sentence: String) { self.sentence = sentence }
}

extension MicroDollars {
  /// Exactly what "2", "2.5", "0.000001" say; nil for anything else, for more than six decimals, and beyond a billion.
  public init?(dollars text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first, !whole.isEmpty, whole.count <= 9,
      parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }), let dollars = Int64(whole)
    else { return nil }
    var micros: Int64 = 0
    if parts.count == 2 {
      guard (1...6).contains(parts[1].count), let fraction = Int64(parts[1]) else { return nil }
      micros = fraction
      for _ in parts[1].count..<6 { micros *= 10 }
    }
    self.init(dollars * 1_000_000 + micros)
  }
}
