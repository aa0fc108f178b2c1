/// Takes a command line apart: words with their quotes, and pipes. More than that the simulated shell does not know.
enum ShellWords {
  struct Problem: Error { let text: String }

  static func pipeline(_ command: String) -> Result<[[String]], Problem> {
    var stages: [[String]] = [[]]
    var word = ""
    var inWord = false
    var quote: Character?
    var escaped = false
    func refuse(_ character: Character) -> Result<[[String]], Problem> {
      .failure(Problem(text: "the simulated shell runs single commands and pipes only, not '\(character)'"))
    }
    for character in command {
      if escaped {
        word.append(character)
        escaped = false
      } else if let open = quote {
        if character == open { quote = nil } else { word.append(character) }
      } else {
        switch character {
        case "\\":
          escaped = true
          inWord = true
        case "'", "\"":
          quote = character
          inWord = true
        case " ", "\t":
          if inWord { stages[stages.count - 1].append(word) }
          (word, inWord) = ("", false)
        case "|":
          if inWord { stages[stages.count - 1].append(word) }
          (word, inWord) = ("", false)
          stages.append([])
        case ";", "&", "<", ">", "`", "$", "(", ")", "\n": return refuse(character)
        default:
          word.append(character)
          inWord = true
        }
      }
    }
    if quote != nil { return .failure(Problem(text: "unterminated quoted string")) }
    if inWord { stages[stages.count - 1].append(word) }
    if stages.count > 1, stages.contains(where: \.isEmpty) { return .failure(Problem(text: "\"|\" unexpected")) }
    return .success(stages)
  }
}
