/// Takes a command line apart: words with their quotes, pipes, and commands joined by `;`, `&&` and `||`. Of redirections it
/// knows those that throw output away or join it. More than that the simulated shell does not know.
enum ShellWords {
  struct Problem: Error { let text: String }

  /// When a command runs, by how the one before it ended.
  enum Join: Sendable { case always, afterSuccess, afterFailure }

  /// Commands joined by pipes.
  struct Pipeline: Sendable {
    var join: Join
    var stages: [[String]] = [[]]
    /// What becomes of its output and its errors.
    var dropsOutput = false
    var dropsErrors = false
    var joinsErrors = false

    var isEmpty: Bool { stages.allSatisfy(\.isEmpty) }
  }

  /// Commands of one line, at most.
  static let maximumPipelines = 64

  static func script(_ command: String) -> Result<[Pipeline], Problem> {
    var reader = Reader(text: Array(command))
    do throws(Problem) { return .success(try reader.read()) } catch { return .failure(error) }
  }

  private struct Reader {
    let text: [Character]
    var position = 0
    var done: [Pipeline] = []
    var current = Pipeline(join: .always)
    var word = ""
    var inWord = false

    init(text: [Character]) { self.text = text }

    mutating func read() throws(Problem) -> [Pipeline] {
      while position < text.count {
        let character = text[position]
        position += 1
        switch character {
        case "\\":
          if position < text.count { word.append(text[position]) }
          position += 1
          inWord = true
        case "'", "\"": try quoted(character)
        case " ", "\t": endWord()
        case "|":
          if take("|") { try endPipeline(.afterFailure) } else { try endStage() }
        case ";", "\n": try endPipeline(.always, mayBeEmpty: character == "\n")
        case "&":
          guard take("&") else { throw refused(character) }
          try endPipeline(.afterSuccess)
        case ">": try redirection()
        case "<", "`", "$", "(", ")": throw refused(character)
        default:
          word.append(character)
          inWord = true
        }
      }
      try endPipeline(.always, mayBeEmpty: true)
      return done
    }

    private func refused(_ character: Character) -> Problem {
      Problem(text: "the simulated shell runs plain commands, pipes and lists only, not '\(character)'")
    }

    private mutating func take(_ character: Character) -> Bool {
      guard position < text.count, text[position] == character else { return false }
      position += 1
      return true
    }

    private mutating func quoted(_ quote: Character) throws(Problem) {
      inWord = true
      while position < text.count {
        let character = text[position]
        position += 1
        if character == quote { return }
        word.append(character)
      }
      throw Problem(text: "unterminated quoted string")
    }

    /// `>/dev/null`, `2>/dev/null`, `2>&1`.
    private mutating func redirection() throws(Problem) {
      let descriptor = inWord ? word : "1"
      (word, inWord) = ("", false)
      while take(" ") {}
      var target = ""
      while position < text.count, !" \t|;&\n".contains(text[position]) || (target.isEmpty && text[position] == "&") {
        target.append(text[position])
        position += 1
      }
      switch (descriptor, target) {
      case ("1", "/dev/null"): current.dropsOutput = true
      case ("2", "/dev/null"): current.dropsErrors = true
      case ("2", "&1"): current.joinsErrors = true
      default: throw refused(">")
      }
    }

    private mutating func endWord() {
      if inWord { current.stages[current.stages.count - 1].append(word) }
      (word, inWord) = ("", false)
    }

    private mutating func endStage() throws(Problem) {
      endWord()
      guard current.stages.last?.isEmpty == false else { throw Problem(text: "\"|\" unexpected") }
      current.stages.append([])
    }

    private mutating func endPipeline(_ next: Join, mayBeEmpty: Bool = false) throws(Problem) {
      endWord()
      if current.isEmpty {
        guard mayBeEmpty, current.join == .always else { throw Problem(text: "end of list unexpected") }
      } else {
        guard current.stages.last?.isEmpty == false else { throw Problem(text: "\"|\" unexpected") }
        done.append(current)
      }
      guard done.count <= ShellWords.maximumPipelines else { throw Problem(text: "too many commands") }
      current = Pipeline(join: next)
    }
  }
}
