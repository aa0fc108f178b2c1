import JarvisAPI

/// `awk`: GREEN where its program is proven to compute and print, and nothing else.
enum AwkRules {
  static func awk(_ call: Call, _ judge: inout Judge) -> Finding {
    var programs: [Arg] = []
    var operands: [Arg] = []
    var worst = Finding.green(call.path)
    var index = 0
    var isPast = false
    while index < call.args.count {
      let arg = call.args[index]
      index += 1
      let text = arg.text
      if isPast || text.first != "-" || text == "-" {
        if operands.isEmpty, arg.mayBeOption, !isPast {
          worst = worst.max(.red("expansion.option", "\(arg.shown) may turn into options of awk"))
        }
        operands.append(arg)
        isPast = true
        continue
      }
      if text == "--" {
        isPast = true
      } else if text == "-F" || text == "-v" || text == "--field-separator" || text == "--assign" {
        if index < call.args.count, call.args[index].canSplit {
          worst = worst.max(.red("expansion.option", "a value of awk may become options"))
        }
        index += 1
      } else if text.hasPrefix("-F") || text.hasPrefix("-v") || text.hasPrefix("--field-separator=")
        || text.hasPrefix("--assign=")
      {
        continue
      } else if text == "-e" || text == "--source" {
        if index < call.args.count { programs.append(call.args[index]) }
        index += 1
      } else if text == "--version" || text == "--help" || text == "-V", call.args.count == 1 {
        return worst
      } else if ![
        "-P", "-r", "-n", "-b", "-S", "-s", "-c", "-t", "-N", "--posix", "--sandbox", "--re-interval", "--csv", "-k",
      ].contains(text) {
        worst = worst.max(
          .red(
            "awk.option", "the option \(arg.shown) of awk is not known to be harmless", "write the program on the line")
        )
      }
    }
    if programs.isEmpty, !operands.isEmpty { programs.append(operands.removeFirst()) }
    if programs.isEmpty { worst = worst.max(.red("awk.program", "awk without a program to read")) }
    for program in programs {
      guard program.isKnown, !program.canSplit else {
        worst = worst.max(
          .red("awk.unknown", "what awk does is only known when it runs", "write its program out, in single quotes"))
        let filled = program.text.filter { $0 != Arg.hole }
        worst = worst.max(judge.programTextReading(filled))
        continue
      }
      if let danger = AwkProgram.danger(in: program.text) {
        worst = worst.max(
          .red("awk.program", "the awk program \(danger)", "leave out system, pipes, getline and redirections"))
        worst = worst.max(judge.programTextReading(program.text))
        if program.text.contains("/inet/") {
          worst = .black("reverse-shell", "awk opens a connection: that is how shells are handed out")
        }
      }
    }
    for operand in operands {
      if let text = operand.certain, let equals = text.firstIndex(of: "="),
        text[..<equals].utf8.allSatisfy(Byte.continuesName)
      {
        continue
      }
      if let finding = judge.contentFinding(operand) { worst = worst.max(finding) }
    }
    return worst
  }
}

/// Reads an awk program as far as needed to know that it runs and writes nothing.
enum AwkProgram {
  /// What in the program is not harmless; nil where all is.
  static func danger(in program: String) -> String? {
    let bytes = Array(program.utf8)
    guard bytes.count <= ShellLimits.programBytes else { return "is too long to be read" }
    for word in ["system", "getline", "ENVIRON", "PROCINFO", "ARGV", "ARGC"] where program.contains(word) {
      return "names \(word)"
    }
    var position = 0
    /// The last byte that is no blank.
    var last: UInt8 = 0
    /// A value stands before: then `/` divides, and begins no pattern.
    var afterValue = false
    /// Inside a `print` statement, outside parentheses, `>` writes.
    var printing = false
    var open = 0
    var printLevel = 0
    while position < bytes.count {
      let byte = bytes[position]
      if byte == Byte.slash, last == Byte.close || last == Byte.plus || last == 0x2D || last == Byte.slash {
        return "has a slash that can be read in two ways"
      }
      if byte != Byte.space, byte != Byte.tab { last = byte }
      switch byte {
      case Byte.doubleQuote:
        let start = position
        position += 1
        while position < bytes.count, bytes[position] != Byte.doubleQuote {
          position += bytes[position] == Byte.backslash ? 2 : 1
        }
        guard position < bytes.count else { return "has a text without an end" }
        if PrintfText.isWide([Arg(String(decoding: bytes[start..<position], as: UTF8.self))]) {
          return "has a field of more than 9,999 characters"
        }
        position += 1
        afterValue = true
      case Byte.slash where !afterValue:
        position += 1
        while position < bytes.count, bytes[position] != Byte.slash {
          if bytes[position] == Byte.newline { return "has a pattern without an end" }
          if bytes[position] == Byte.openBracket, bytes[position...].prefix(32).contains(Byte.slash) {
            // A slash in a bracket ends the pattern for some.
            guard let close = bytes[position...].prefix(256).firstIndex(of: Byte.closeBracket),
              !bytes[position..<close].contains(Byte.slash)
            else { return "has a pattern that can be read in two ways" }
          }
          position += bytes[position] == Byte.backslash ? 2 : 1
        }
        guard position < bytes.count else { return "has a pattern without an end" }
        position += 1
        afterValue = true
      case Byte.pipe:
        guard position + 1 < bytes.count, bytes[position + 1] == Byte.pipe else { return "opens a pipe" }
        position += 2
        afterValue = false
      case Byte.greater:
        if position + 1 < bytes.count, bytes[position + 1] == Byte.greater { return "writes a file" }
        if printing, open <= printLevel { return "writes a file" }
        position += 1
        afterValue = false
      case Byte.at: return "calls what is only known when it runs"
      case Byte.hash:
        while position < bytes.count, bytes[position] != Byte.newline { position += 1 }
      case Byte.open:
        open += 1
        position += 1
        afterValue = false
      case Byte.close:
        open -= 1
        position += 1
        afterValue = true
      case Byte.semicolon, Byte.newline, Byte.openBrace, Byte.closeBrace:
        printing = false
        position += 1
        afterValue = false
      case _ where Byte.beginsName(byte):
        let start = position
        while position < bytes.count, Byte.continuesName(bytes[position]) { position += 1 }
        let word = String(decoding: bytes[start..<position], as: UTF8.self)
        switch word {
        case "system": return "runs commands"
        case "getline": return "reads other files"
        case "ENVIRON", "PROCINFO", "SYMTAB": return "reads the environment"
        case "print", "printf":
          printing = true
          printLevel = open
          afterValue = false
        case "close", "fflush", "exec", "load": return "uses \(word)"
        case "while", "do", "function", "func": return "may never end"
        case "for":
          guard isBoundedLoop(bytes, position) else { return "has a loop whose end is not known" }
          afterValue = false
        case "in", "return", "else", "if", "exit", "next": afterValue = false
        default: afterValue = true
        }
      case _ where Byte.isDigit(byte), Byte.closeBracket, Byte.dollar:
        position += 1
        afterValue = byte != Byte.dollar
      case Byte.space, Byte.tab: position += 1
      case Byte.backslash:
        position += 2
      default:
        position += 1
        afterValue = false
      }
    }
    return nil
  }

  /// `(k in a)`, or `(i = 1; i <= NF; i++)` and its like: counted towards a bound that is no long number.
  private static func isBoundedLoop(_ bytes: [UInt8], _ position: Int) -> Bool {
    guard let open = bytes[position...].firstIndex(where: { $0 != Byte.space && $0 != Byte.tab }),
      bytes[open] == Byte.open
    else { return false }
    var level = 0
    var end = open
    while end < bytes.count, end - open < 256 {
      if bytes[end] == Byte.open { level += 1 } else if bytes[end] == Byte.close { level -= 1 }
      if level == 0 { break }
      end += 1
    }
    guard end < bytes.count, level == 0 else { return false }
    let parts = bytes[(open + 1)..<end].split(separator: Byte.semicolon, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    if parts.count == 1 { return parts[0].contains(" in ") }
    guard parts.count == 3, !Endless.hasLongNumber(parts[1], digits: 6),
      !parts[1].contains("e") || parts[1].contains("len")
    else { return false }
    let up = parts[2].contains("++") || parts[2].contains("+=")
    let down = parts[2].contains("--") || parts[2].contains("-=")
    return up && parts[1].contains("<") || down && parts[1].contains(">")
  }
}
